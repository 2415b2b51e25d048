// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import dev.kairos.kernels.Strided;

/**
 * Functions of each row along the last axis; a row whose elements lie apart is brought together.
 */
final class Rows {
  /** Softmax or normalisation of rows that lie together. */
  private interface Function {
    void apply(
        FloatLoops loops, float[] x, int xo, int xs, int n, float[] o, int oo, int os, int m);
  }

  private static final Function SOFTMAX =
      (loops, x, xo, xs, n, o, oo, os, m) -> loops.softmax(x, xo, xs, n, false, o, oo, os, m);

  private static final Function LOG_SOFTMAX =
      (loops, x, xo, xs, n, o, oo, os, m) -> loops.softmax(x, xo, xs, n, true, o, oo, os, m);

  private final FloatLoops loops;
  private final WorkerPool pool;
  private final Walk walk = new Walk();
  private final ThreadLocal<float[]> rows = ThreadLocal.withInitial(() -> new float[0]);

  Rows(FloatLoops loops, WorkerPool pool) {
    this.loops = loops;
    this.pool = pool;
  }

  void softmax(Strided in, boolean log, Strided out) {
    run(log ? LOG_SOFTMAX : SOFTMAX, in, out);
  }

  void normalize(Strided in, float epsilon, Strided out) {
    run(
        (loops, x, xo, xs, n, o, oo, os, m) -> loops.normalize(x, xo, xs, n, epsilon, o, oo, os, m),
        in,
        out);
  }

  private void run(Function f, Strided in, Strided out) {
    int last = in.rank() - 1;
    int n = in.size(last);
    int perTask = Blocks.perTask(n);
    walk.set(in, out, out, 0, last, perTask);
    int pieces = n == 0 ? 0 : walk.pieces();
    int piecesPerTask = Math.max(1, perTask / Math.max(1, walk.length()));
    if (pool.threads() == 1 || pieces <= piecesPerTask) {
      run(f, in, out, 0, pieces);
    } else {
      pool.run(
          Blocks.count(pieces, piecesPerTask),
          task ->
              run(f, in, out, task * piecesPerTask, Math.min(pieces, (task + 1) * piecesPerTask)));
    }
  }

  private void run(Function f, Strided in, Strided out, int from, int to) {
    int last = in.rank() - 1;
    int n = in.size(last);
    int inner = in.stride(last);
    int outInner = out.stride(last);
    boolean together = n == 1 || (inner == 1 && outInner == 1);
    float[] x = CpuBackend.reals(in);
    float[] o = CpuBackend.reals(out);
    int xs = walk.firstStep();
    int os = walk.secondStep();
    for (int piece = from; piece < to; piece++) {
      int p = walk.first(piece);
      int q = walk.second(piece);
      int m = walk.length(piece);
      if (together) {
        f.apply(loops, x, p, xs, n, o, q, os, m);
        continue;
      }
      float[] row = row(n);
      for (int i = 0; i < m; i++) {
        Elementwise.move(x, p + i * xs, inner, row, 0, 1, n);
        f.apply(loops, row, 0, n, n, row, 0, n, 1);
        Elementwise.move(row, 0, 1, o, q + i * os, outInner, n);
      }
    }
  }

  /** A thread's place for a row of that length. */
  private float[] row(int length) {
    float[] row = rows.get();
    if (row.length < length) {
      row = new float[length];
      rows.set(row);
    }
    return row;
  }
}
