// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The product of ND4J, which is OpenBLAS's. Registered as a service. */
public final class Nd4jMatmul implements MatmulPeer {
  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public Contender open(MatmulShape shape, float[] a, float[] b, int threads) {
    Nd4j.factory().blas().setMaxThreads(threads);
    INDArray left = Nd4j.createFromArray(a).reshape('c', shape.m(), shape.k());
    INDArray right = Nd4j.createFromArray(b).reshape('c', shape.k(), shape.n());
    INDArray out =
        Nd4j.createUninitialized(DataType.FLOAT, new long[] {shape.m(), shape.n()}, 'f');
    return new Contender() {
      @Override
      public void run() {
        left.mmuli(right, out);
      }

      @Override
      public double[] answer() {
        run();
        return out.dup('c').data().asDouble();
      }

      @Override
      public void close() {}
    };
  }
}
