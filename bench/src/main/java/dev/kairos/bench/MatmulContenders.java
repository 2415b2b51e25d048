// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import ai.djl.ndarray.NDArray;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import org.ejml.data.FMatrixRBlock;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.block.MatrixOps_FDRB;
import org.ojalgo.matrix.store.R032Store;

/** A product of two matrices, by each library that is Java or reached through {@link Libtorch}. */
final class MatmulContenders {
  private MatmulContenders() {}

  static Contender open(String peer, MatmulShape shape, int threads) {
    float[] a = Values.uniform(1, shape.m() * shape.k(), -1, 1);
    float[] b = Values.uniform(2, shape.k() * shape.n(), -1, 1);
    if (Peers.isOurs(peer)) {
      return new Ours(peer, shape, a, b, threads);
    }
    return switch (peer) {
      case Peers.LIBTORCH -> new Torch(shape, a, b, threads);
      case Peers.EJML -> new Ejml(shape, a, b);
      case Peers.OJALGO -> new Ojalgo(shape, a, b);
      default ->
          MatmulPeer.find(peer).orElseThrow(() -> Peers.unknown(peer)).open(shape, a, b, threads);
    };
  }

  private static final class Ours implements Contender {
    private final Engine engine;
    private final Tensor left;
    private final Tensor right;

    Ours(String peer, MatmulShape shape, float[] a, float[] b, int threads) {
      engine = Peers.engine(peer, threads);
      left = engine.tensor(a, shape.m(), shape.k());
      right = engine.tensor(b, shape.k(), shape.n());
    }

    @Override
    public void run() {
      try (Scope scope = engine.scope()) {
        left.matmul(right);
      }
      engine.backend().finish();
    }

    @Override
    public double[] answer() {
      try (Scope scope = engine.scope()) {
        return left.matmul(right).toDoubles();
      }
    }

    @Override
    public void close() {
      engine.close();
    }
  }

  private static final class Torch implements Contender {
    private final Libtorch torch;
    private final NDArray left;
    private final NDArray right;
    private final NDArray out;

    Torch(MatmulShape shape, float[] a, float[] b, int threads) {
      torch = Libtorch.open(TorchScript.program("matmul"), threads);
      left = torch.tensor(a, shape.m(), shape.k());
      right = torch.tensor(b, shape.k(), shape.n());
      out = torch.zeros(shape.m(), shape.n());
    }

    @Override
    public void run() {
      torch.call("multiply", left, right, out).close();
    }

    @Override
    public double[] answer() {
      return Libtorch.values(torch.call("multiply", left, right, out));
    }

    @Override
    public void close() {
      torch.close();
    }
  }

  /** In blocks, the fastest of its formats. */
  private static final class Ejml implements Contender {
    private final FMatrixRBlock left;
    private final FMatrixRBlock right;
    private final FMatrixRBlock out;

    Ejml(MatmulShape shape, float[] a, float[] b) {
      left = MatrixOps_FDRB.convert(FMatrixRMaj.wrap(shape.m(), shape.k(), a));
      right = MatrixOps_FDRB.convert(FMatrixRMaj.wrap(shape.k(), shape.n(), b));
      out = new FMatrixRBlock(shape.m(), shape.n());
    }

    @Override
    public void run() {
      MatrixOps_FDRB.mult(left, right, out);
    }

    @Override
    public double[] answer() {
      run();
      return Values.toDoubles(MatrixOps_FDRB.convert(out, (FMatrixRMaj) null).data);
    }

    @Override
    public void close() {}
  }

  /** Chooses its number of threads itself, so that it takes part with all of the machine's. */
  private static final class Ojalgo implements Contender {
    private final R032Store left;
    private final R032Store right;
    private final R032Store out;

    Ojalgo(MatmulShape shape, float[] a, float[] b) {
      left = store(shape.m(), shape.k(), a);
      right = store(shape.k(), shape.n(), b);
      out = R032Store.FACTORY.make(shape.m(), shape.n());
    }

    private static R032Store store(int rows, int columns, float[] values) {
      R032Store made = R032Store.FACTORY.make(rows, columns);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          made.set(i, j, values[i * columns + j]);
        }
      }
      return made;
    }

    @Override
    public void run() {
      out.fillByMultiplying(left, right);
    }

    @Override
    public double[] answer() {
      run();
      double[] values = new double[out.getRowDim() * out.getColDim()];
      for (int i = 0; i < values.length; i++) {
        values[i] = out.doubleValue(i / out.getColDim(), i % out.getColDim());
      }
      return values;
    }

    @Override
    public void close() {}
  }
}
