// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.Lanes.COUNT;
import static dev.kairos.kernels.simd.Lanes.FLOAT;

import dev.kairos.kernels.cpu.Gemm;
import dev.kairos.kernels.cpu.Tasks;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The product of a few rows with a wide B whose columns are adjacent: nothing is packed, the rows
 * of B stream past once while those of C stay in the first-level cache. Each element of C takes one
 * fused multiply-add for every k, in order.
 */
final class FewRows {
  /** Columns at a time: with eight rows C takes 32 KB. */
  private static final int CHUNK = 1024;

  private FewRows() {}

  /**
   * {@code C_i (+)= A_i B} for i in [0, count).
   *
   * @param a first element of A
   * @param b first element of B
   * @param c first element of C
   * @param rows rows of each product
   */
  static void multiply(Gemm g, int a, int b, int c, int count, int rows, Tasks team) {
    int chunks = (g.n() + CHUNK - 1) / CHUNK;
    if (team.threads() > 1) {
      chunks = Math.max(chunks, Math.min(2 * team.threads(), (g.n() + 63) / 64));
    }
    int width = ((g.n() + chunks - 1) / chunks + COUNT - 1) / COUNT * COUNT;
    team.run(
        (g.n() + width - 1) / width,
        chunk -> {
          int j = chunk * width;
          columns(g, a, b, c, count, rows, j, Math.min(width, g.n() - j));
        });
  }

  /** Columns [j, j + width). */
  private static void columns(Gemm g, int a, int b, int c, int count, int rows, int j, int width) {
    int all = count * rows;
    if (!g.accumulate()) {
      for (int row = 0; row < all; row++) {
        int at = c + row / rows * g.cBatch() + row % rows * g.cRow() + j;
        Arrays.fill(g.c(), at, at + width, 0f);
      }
    }
    for (int term = 0; term < g.terms(); term++) {
      int at = a + term * g.aTerm();
      int bo = b + term * g.bTerm() + j * g.bColumn();
      for (int k = 0; k < g.k(); k += 4) {
        int depth = Math.min(4, g.k() - k);
        int row = 0;
        while (row < all) {
          // Four rows together where they are evenly spaced.
          int group = depth == 4 && all - row >= 4 && (count == 1 || rows == 1) ? 4 : 1;
          int product = row / rows;
          int ao = at + product * g.aBatch() + row % rows * g.aRow() + k * g.aColumn();
          int co = c + product * g.cBatch() + row % rows * g.cRow() + j;
          if (group == 4) {
            int aRow = count == 1 ? g.aRow() : g.aBatch();
            int cRow = count == 1 ? g.cRow() : g.cBatch();
            four(g, ao, aRow, bo + k * g.bRow(), co, cRow, width);
          } else if (depth == 4) {
            one(g, ao, bo + k * g.bRow(), co, width);
          } else {
            for (int i = 0; i < depth; i++) {
              float factor = g.a()[ao + i * g.aColumn()];
              add(factor, g.b(), bo + (k + i) * g.bRow(), g.c(), co, width);
            }
          }
          row += group;
        }
      }
    }
  }

  /** Four rows, four steps of k. */
  private static void four(Gemm g, int ao, int aRow, int bo, int co, int cRow, int n) {
    float[] a = g.a();
    float[] b = g.b();
    float[] c = g.c();
    int step = g.aColumn();
    int a1 = ao + aRow;
    int a2 = a1 + aRow;
    int a3 = a2 + aRow;
    int b1 = bo + g.bRow();
    int b2 = b1 + g.bRow();
    int b3 = b2 + g.bRow();
    int c1 = co + cRow;
    int c2 = c1 + cRow;
    int c3 = c2 + cRow;
    FloatVector v00 = FloatVector.broadcast(FLOAT, a[ao]);
    FloatVector v01 = FloatVector.broadcast(FLOAT, a[ao + step]);
    FloatVector v02 = FloatVector.broadcast(FLOAT, a[ao + 2 * step]);
    FloatVector v03 = FloatVector.broadcast(FLOAT, a[ao + 3 * step]);
    FloatVector v10 = FloatVector.broadcast(FLOAT, a[a1]);
    FloatVector v11 = FloatVector.broadcast(FLOAT, a[a1 + step]);
    FloatVector v12 = FloatVector.broadcast(FLOAT, a[a1 + 2 * step]);
    FloatVector v13 = FloatVector.broadcast(FLOAT, a[a1 + 3 * step]);
    FloatVector v20 = FloatVector.broadcast(FLOAT, a[a2]);
    FloatVector v21 = FloatVector.broadcast(FLOAT, a[a2 + step]);
    FloatVector v22 = FloatVector.broadcast(FLOAT, a[a2 + 2 * step]);
    FloatVector v23 = FloatVector.broadcast(FLOAT, a[a2 + 3 * step]);
    FloatVector v30 = FloatVector.broadcast(FLOAT, a[a3]);
    FloatVector v31 = FloatVector.broadcast(FLOAT, a[a3 + step]);
    FloatVector v32 = FloatVector.broadcast(FLOAT, a[a3 + 2 * step]);
    FloatVector v33 = FloatVector.broadcast(FLOAT, a[a3 + 3 * step]);
    int bound = FLOAT.loopBound(n);
    for (int j = 0; j < bound; j += COUNT) {
      FloatVector row0 = FloatVector.fromArray(FLOAT, b, bo + j);
      FloatVector row1 = FloatVector.fromArray(FLOAT, b, b1 + j);
      FloatVector row2 = FloatVector.fromArray(FLOAT, b, b2 + j);
      FloatVector row3 = FloatVector.fromArray(FLOAT, b, b3 + j);
      FloatVector sum0 = v00.fma(row0, FloatVector.fromArray(FLOAT, c, co + j));
      FloatVector sum1 = v10.fma(row0, FloatVector.fromArray(FLOAT, c, c1 + j));
      FloatVector sum2 = v20.fma(row0, FloatVector.fromArray(FLOAT, c, c2 + j));
      FloatVector sum3 = v30.fma(row0, FloatVector.fromArray(FLOAT, c, c3 + j));
      sum0 = v01.fma(row1, sum0);
      sum1 = v11.fma(row1, sum1);
      sum2 = v21.fma(row1, sum2);
      sum3 = v31.fma(row1, sum3);
      sum0 = v02.fma(row2, sum0);
      sum1 = v12.fma(row2, sum1);
      sum2 = v22.fma(row2, sum2);
      sum3 = v32.fma(row2, sum3);
      v03.fma(row3, sum0).intoArray(c, co + j);
      v13.fma(row3, sum1).intoArray(c, c1 + j);
      v23.fma(row3, sum2).intoArray(c, c2 + j);
      v33.fma(row3, sum3).intoArray(c, c3 + j);
    }
    if (bound < n) {
      for (int row = 0; row < 4; row++) {
        tail(g, ao + row * aRow, bo, co + row * cRow, bound, n);
      }
    }
  }

  /** One row, four steps of k. */
  private static void one(Gemm g, int ao, int bo, int co, int n) {
    float[] a = g.a();
    float[] b = g.b();
    float[] c = g.c();
    int step = g.aColumn();
    int b1 = bo + g.bRow();
    int b2 = b1 + g.bRow();
    int b3 = b2 + g.bRow();
    FloatVector v0 = FloatVector.broadcast(FLOAT, a[ao]);
    FloatVector v1 = FloatVector.broadcast(FLOAT, a[ao + step]);
    FloatVector v2 = FloatVector.broadcast(FLOAT, a[ao + 2 * step]);
    FloatVector v3 = FloatVector.broadcast(FLOAT, a[ao + 3 * step]);
    int bound = FLOAT.loopBound(n);
    for (int j = 0; j < bound; j += COUNT) {
      FloatVector sum = FloatVector.fromArray(FLOAT, c, co + j);
      sum = v0.fma(FloatVector.fromArray(FLOAT, b, bo + j), sum);
      sum = v1.fma(FloatVector.fromArray(FLOAT, b, b1 + j), sum);
      sum = v2.fma(FloatVector.fromArray(FLOAT, b, b2 + j), sum);
      sum = v3.fma(FloatVector.fromArray(FLOAT, b, b3 + j), sum);
      sum.intoArray(c, co + j);
    }
    tail(g, ao, bo, co, bound, n);
  }

  /** Columns [from, to) of one row, four steps of k. */
  private static void tail(Gemm g, int ao, int bo, int co, int from, int to) {
    for (int j = from; j < to; j++) {
      float sum = g.c()[co + j];
      for (int k = 0; k < 4; k++) {
        sum = Math.fma(g.a()[ao + k * g.aColumn()], g.b()[bo + k * g.bRow() + j], sum);
      }
      g.c()[co + j] = sum;
    }
  }

  private static void add(float a, float[] b, int bo, float[] c, int co, int n) {
    FloatVector v = FloatVector.broadcast(FLOAT, a);
    int bound = FLOAT.loopBound(n);
    for (int j = 0; j < bound; j += COUNT) {
      FloatVector sum = FloatVector.fromArray(FLOAT, c, co + j);
      v.fma(FloatVector.fromArray(FLOAT, b, bo + j), sum).intoArray(c, co + j);
    }
    for (int j = bound; j < n; j++) {
      c[co + j] = Math.fma(a, b[bo + j], c[co + j]);
    }
  }
}
