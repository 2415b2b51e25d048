// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import java.util.Arrays;

/** The matrix product without any vector type. */
final class ScalarGemm {
  private ScalarGemm() {}

  static void multiply(Gemm g, Tasks tasks) {
    if (g.m() == 0 || g.n() == 0) {
      return;
    }
    boolean together = g.bColumn() == 1 || g.k() == 0;
    for (int batch = 0; batch < g.batch(); batch++) {
      for (int term = 0; term < g.terms(); term++) {
        boolean clear = term == 0 && !g.accumulate();
        int ao = g.aOffset() + batch * g.aBatch() + term * g.aTerm();
        int at = g.bOffset() + batch * g.bBatch() + term * g.bTerm();
        // Where the rows of B lie apart they are brought together once, so that the loops run
        // along them.
        float[] b = together ? g.b() : gatherRows(g, at);
        int bo = together ? at : 0;
        int bRow = together ? g.bRow() : g.n();
        int co = g.cOffset() + batch * g.cBatch();
        Tasks team = g.isShareable() ? tasks : Tasks.ALONE;
        int parts = Math.min(g.m(), 4 * team.threads());
        team.run(
            parts,
            part -> {
              int end = (int) ((long) g.m() * (part + 1) / parts);
              for (int i = (int) ((long) g.m() * part / parts); i < end; i++) {
                int c = co + i * g.cRow();
                if (clear) {
                  Arrays.fill(g.c(), c, c + g.n(), 0f);
                }
                row(g.a(), ao + i * g.aRow(), g.aColumn(), b, bo, bRow, g.k(), g.c(), c, g.n());
              }
            });
      }
    }
  }

  private static float[] gatherRows(Gemm g, int bAt) {
    float[] rows = new float[g.k() * g.n()];
    for (int k = 0; k < g.k(); k++) {
      for (int j = 0; j < g.n(); j++) {
        rows[k * g.n() + j] = g.b()[bAt + k * g.bRow() + j * g.bColumn()];
      }
    }
    return rows;
  }

  /** {@code c += a B} for one row, four rows of B at a time to save traffic on c. */
  private static void row(
      float[] a, int ao, int as, float[] b, int bo, int bRow, int depth, float[] c, int co, int n) {
    int k = 0;
    for (; k + 4 <= depth; k += 4) {
      float a0 = a[ao + k * as];
      float a1 = a[ao + (k + 1) * as];
      float a2 = a[ao + (k + 2) * as];
      float a3 = a[ao + (k + 3) * as];
      int b0 = bo + k * bRow;
      int b1 = b0 + bRow;
      int b2 = b1 + bRow;
      int b3 = b2 + bRow;
      for (int j = 0; j < n; j++) {
        c[co + j] = c[co + j] + a0 * b[b0 + j] + a1 * b[b1 + j] + a2 * b[b2 + j] + a3 * b[b3 + j];
      }
    }
    for (; k < depth; k++) {
      float a0 = a[ao + k * as];
      int b0 = bo + k * bRow;
      for (int j = 0; j < n; j++) {
        c[co + j] += a0 * b[b0 + j];
      }
    }
  }
}
