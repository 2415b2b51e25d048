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

  /** Steps of k in a block: 512 KB. */
  private static final int DEPTH = 256;

  /** The block of B and the row of C of one thread; they are made once. */
  private static final class Scratch {
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
      for (int term = 0; term < g.terms(); term++) {
        for (int j = 0; j < g.n(); j += WIDTH) {
          for (int k = 0; k < g.k(); k += DEPTH) {
            block(g, batch, term, j, k, rows, team);
          }
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

  /** All rows of A times the block of B at k and j. */
  private void block(Gemm g, int batch, int term, int j, int k, float[][] rows, Tasks team) {
    int width = Math.min(WIDTH, g.n() - j);
    int depth = Math.min(DEPTH, g.k() - k);
    boolean clear = term == 0 && k == 0 && !g.accumulate();
    int b = g.bOffset() + batch * g.bBatch() + term * g.bTerm() + k * g.bRow() + j * g.bColumn();
    pack(g, b, depth, width, rows);
    int a = g.aOffset() + batch * g.aBatch() + term * g.aTerm() + k * g.aColumn();
    int c = g.cOffset() + batch * g.cBatch() + j;
    int parts = Math.min(g.m(), 4 * team.threads());
    team.run(
        parts,
        part -> {
          float[] sum = scratches.get().sum;
          int end = (int) ((long) g.m() * (part + 1) / parts);
          for (int i = (int) ((long) g.m() * part / parts); i < end; i++) {
            int at = c + i * g.cRow();
            if (clear) {
              Arrays.fill(sum, 0, width, 0f);
            } else {
              System.arraycopy(g.c(), at, sum, 0, width);
            }
            row(g.a(), a + i * g.aRow(), g.aColumn(), rows, depth, sum, width);
            System.arraycopy(sum, 0, g.c(), at, width);
          }
        });
  }

  private static void pack(Gemm g, int from, int depth, int width, float[][] rows) {
    if (g.bColumn() == 1) {
      for (int k = 0; k < depth; k++) {
        System.arraycopy(g.b(), from + k * g.bRow(), rows[k], 0, width);
      }
      return;
    }
    for (int j = 0; j < width; j++) {
      for (int k = 0; k < depth; k++) {
        rows[k][j] = g.b()[from + k * g.bRow() + j * g.bColumn()];
      }
    }
  }

  /** {@code sum += a B} for one row, four rows of B at a time to save traffic on sum. */
  private static void row(
      float[] a, int ao, int step, float[][] rows, int depth, float[] sum, int n) {
    int k = 0;
    for (; k + 4 <= depth; k += 4) {
      int at = ao + k * step;
      four(
          a[at],
          a[at + step],
          a[at + 2 * step],
          a[at + 3 * step],
          rows[k],
          rows[k + 1],
          rows[k + 2],
          rows[k + 3],
          sum,
          n);
    }
    for (; k < depth; k++) {
      one(a[ao + k * step], rows[k], sum, n);
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
