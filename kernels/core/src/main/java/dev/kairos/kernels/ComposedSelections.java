// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import java.util.stream.IntStream;

/** Interpolation along time as rows that are gathered or scattered, orders, and small systems. */
final class ComposedSelections {
  private ComposedSelections() {}

  /** Of the two rows that a row lies between. */
  private enum Side {
    LOWER,
    UPPER
  }

  static void resample(Backend backend, Strided in, Strided out) {
    if (out.count() == 0) {
      return;
    }
    Resampling plan = new Resampling(in.size(1), out.size(1));
    try (Scratch scratch = new Scratch(backend)) {
      backend.gather(in, places(scratch, plan, Side.LOWER, out), out);
      backend.zip(ZipFunction.MULTIPLY, weights(backend, scratch, plan, Side.LOWER, out), out, out);
      Strided upper = scratch.reals(out.sizes());
      backend.gather(in, places(scratch, plan, Side.UPPER, out), upper);
      backend.zip(
          ZipFunction.MULTIPLY, weights(backend, scratch, plan, Side.UPPER, out), upper, upper);
      backend.zip(ZipFunction.ADD, out, upper, out);
    }
  }

  static void resampleTranspose(Backend backend, Strided in, Strided out) {
    if (in.count() == 0) {
      return;
    }
    Resampling plan = new Resampling(out.size(1), in.size(1));
    try (Scratch scratch = new Scratch(backend)) {
      Strided part = scratch.reals(in.sizes());
      for (Side side : Side.values()) {
        backend.zip(ZipFunction.MULTIPLY, weights(backend, scratch, plan, side, in), in, part);
        backend.scatterAdd(part, places(scratch, plan, side, in), out);
      }
    }
  }

  /** The rows that each of some {@code [outer, T', inner]} read, {@code [outer, T']}. */
  private static Strided places(Scratch scratch, Resampling plan, Side side, Strided rows) {
    int[] places =
        IntStream.range(0, rows.size(1))
            .map(i -> side == Side.LOWER ? plan.lower(i) : plan.upper(i))
            .toArray();
    int[] sizes = {rows.size(0), rows.size(1)};
    return scratch.indices(places).view(0, sizes, new int[] {0, 1});
  }

  /** The weights of those rows, {@code [outer, T', inner]}. */
  private static Strided weights(
      Backend backend, Scratch scratch, Resampling plan, Side side, Strided rows) {
    double[] weights =
        IntStream.range(0, rows.size(1))
            .mapToDouble(i -> side == Side.LOWER ? 1 - plan.fraction(i) : plan.fraction(i))
            .toArray();
    Strided made = scratch.reals(weights.length);
    backend.write(made.buffer(), 0, weights, 0, weights.length);
    return made.view(0, rows.sizes(), new int[] {0, 1, 0});
  }

  /** On the host, for lack of a loop on the device: rows come out and their orders go in. */
  static void sortIndices(Backend backend, Strided in, boolean descending, Strided out) {
    int count = in.count();
    if (count == 0) {
      return;
    }
    int n = in.size(in.rank() - 1);
    double[] rows = new double[count];
    int[] orders = new int[count];
    try (Scratch scratch = new Scratch(backend)) {
      backend.read(scratch.copy(in).buffer(), 0, rows, 0, count);
      RowOrder order = new RowOrder(n, descending);
      for (int from = 0; from < count; from += n) {
        order.find(rows, from, orders);
      }
      Strided found = scratch.indices(orders);
      backend.copy(found.view(0, out.sizes(), Strided.contiguousStrides(out.sizes())), out);
    }
  }

  /**
   * On the host, for lack of a loop on the device: both operands come out and the result goes in.
   */
  static void solve(Backend backend, Strided a, Strided b, Strided out) {
    int n = a.size(1);
    int m = b.size(2);
    double[] matrices = new double[a.count()];
    double[] right = new double[b.count()];
    try (Scratch scratch = new Scratch(backend)) {
      backend.read(scratch.copy(a).buffer(), 0, matrices, 0, matrices.length);
      backend.read(scratch.copy(b).buffer(), 0, right, 0, right.length);
      double[] matrix = new double[n * n];
      double[] columns = new double[n * m];
      for (int batch = 0; batch < a.size(0); batch++) {
        System.arraycopy(matrices, batch * n * n, matrix, 0, matrix.length);
        System.arraycopy(right, batch * n * m, columns, 0, columns.length);
        int column = DenseSolve.solveInPlace(n, m, matrix, columns);
        if (column >= 0) {
          throw new SingularMatrixException("solve: matrix " + batch, batch, column);
        }
        System.arraycopy(columns, 0, right, batch * n * m, columns.length);
      }
      Strided solved = scratch.reals(out.sizes());
      backend.write(solved.buffer(), 0, right, 0, right.length);
      backend.copy(solved, out);
    }
  }
}
