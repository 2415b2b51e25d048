// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import java.util.Arrays;

/**
 * The matrix product without any vector type. C2 turns a loop over arrays into vector instructions
 * where all of them are indexed by the loop variable alone. So a block of B is copied into arrays
 * of their own, one for each k, and a row of C is added up in another: five times as fast as in
 * place. A product is rounded before it is added: a fused multiply-add would be slow on processors
 * that have none.
 */
final class ScalarGemm {
  /** Columns in a block: with five rows at work 10 KB, well inside the first-level cache. */
  private static final int WIDTH = 512;

  /** Steps of k in a block, which is a run (see {@link Gemm}) of these loops: 512 KB. */
  private static final int DEPTH = 256;

  /** The block of B and rows of C of one thread; they are made once. */
  private static final class Scratch {
    final float[] before = new float[WIDTH];
    final float[] sum = new float[WIDTH];
    float[][] rows = {};

    float[][] rows() {
      if (rows.length == 0) {
        rows = new float[DEPTH][WIDTH];
      }
      return rows;
    }
  }

  private final ThreadLocal<Scratch> scratches = ThreadLocal.withInitial(Scratch::new);

  /** Lets go of the calling thread's places. */
  void leave() {
    scratches.remove();
  }

  void multiply(Gemm g, Tasks tasks) {
    if (g.m() == 0 || g.n() == 0) {
      return;
    }
    Tasks team = g.isShareable() ? tasks : Tasks.ALONE;
    float[][] rows = scratches.get().rows();
    for (int batch = 0; batch < g.batch(); batch++) {
      if (g.depth() == 0 && !g.accumulate()) {
        clear(g, batch);
      }
      for (int j = 0; j < g.n(); j += WIDTH) {
        int end;
        for (int k = 0; k < g.depth(); k = end) {
          end = g.runEnd(k, DEPTH);
          block(g, batch, j, k, end, rows, team);
        }
      }
    }
  }

  private static void clear(Gemm g, int batch) {
    for (int i = 0; i < g.m(); i++) {
      int at = g.cOffset() + batch * g.cBatch() + i * g.cRow();
      Arrays.fill(g.c(), at, at + g.n(), 0f);
    }
  }

  /** All rows of A times the block of B with columns from j and products [from, end). */
  private void block(Gemm g, int batch, int j, int from, int end, float[][] rows, Tasks team) {
    int width = Math.min(WIDTH, g.n() - j);
    int b = g.bOffset() + batch * g.bBatch() + j * g.bColumn();
    int depth;
    for (int k = from; k < end; k += depth) {
      depth = Math.min(g.k() - k % g.k(), end - k);
      pack(g, b + k / g.k() * g.bTerm() + k % g.k() * g.bRow(), depth, width, rows, k - from);
    }
    int a = g.aOffset() + batch * g.aBatch();
    int c = g.cOffset() + batch * g.cBatch() + j;
    int term = from / g.k();
    int within = from % g.k();
    int parts = Math.min(g.m(), 4 * team.threads());
    team.run(
        parts,
        part -> {
          float[] before = scratches.get().before;
          float[] sum = scratches.get().sum;
          int last = (int) ((long) g.m() * (part + 1) / parts);
          for (int i = (int) ((long) g.m() * part / parts); i < last; i++) {
            Arrays.fill(sum, 0, width, 0f);
            run(g, a + i * g.aRow(), term, within, end - from, rows, sum, width);
            if (from > 0 || g.accumulate()) {
              System.arraycopy(g.c(), c + i * g.cRow(), before, 0, width);
              add(before, sum, width);
            }
            System.arraycopy(sum, 0, g.c(), c + i * g.cRow(), width);
          }
        });
  }

  /**
   * {@code sum += a B} for one row and one run, a term at a time.
   *
   * @param term the term in which the run begins
   * @param within where in it
   */
  private static void run(
      Gemm g, int a, int term, int within, int length, float[][] rows, float[] sum, int width) {
    int at = a + term * g.aTerm();
    int k = 0;
    int skipped = within;
    while (k < length) {
      int depth = Math.min(g.k() - skipped, length - k);
      row(g.a(), at + skipped * g.aColumn(), g.aColumn(), rows, k, depth, sum, width);
      k += depth;
      skipped = 0;
      at += g.aTerm();
    }
  }

  private static void add(float[] x, float[] sum, int n) {
    for (int j = 0; j < n; j++) {
      sum[j] += x[j];
    }
  }

  private static void pack(Gemm g, int from, int depth, int width, float[][] rows, int to) {
    if (g.bColumn() == 1) {
      for (int k = 0; k < depth; k++) {
        System.arraycopy(g.b(), from + k * g.bRow(), rows[to + k], 0, width);
      }
      return;
    }
    for (int j = 0; j < width; j++) {
      for (int k = 0; k < depth; k++) {
        rows[to + k][j] = g.b()[from + k * g.bRow() + j * g.bColumn()];
      }
    }
  }

  /** {@code sum += a B} for one row, four rows of B at a time to save traffic on sum. */
  private static void row(
      float[] a, int ao, int step, float[][] rows, int first, int depth, float[] sum, int n) {
    int k = 0;
    for (; k + 4 <= depth; k += 4) {
      int at = ao + k * step;
      four(
          a[at],
          a[at + step],
          a[at + 2 * step],
          a[at + 3 * step],
          rows[first + k],
          rows[first + k + 1],
          rows[first + k + 2],
          rows[first + k + 3],
          sum,
          n);
    }
    for (; k < depth; k++) {
      one(a[ao + k * step], rows[first + k], sum, n);
    }
  }

  private static void four(
      float a0,
      float a1,
      float a2,
      float a3,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      float[] sum,
      int n) {
    for (int j = 0; j < n; j++) {
      sum[j] = sum[j] + a0 * b0[j] + a1 * b1[j] + a2 * b2[j] + a3 * b3[j];
    }
  }

  private static void one(float a, float[] b, float[] sum, int n) {
    for (int j = 0; j < n; j++) {
      sum[j] += a * b[j];
    }
  }
}
