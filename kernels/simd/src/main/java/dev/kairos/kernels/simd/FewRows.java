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
 * of B stream past once while the sums of a run (see {@link Gemm}) stay in the first-level cache.
 * Each sum takes one fused multiply-add for every k, in order.
 */
final class FewRows {
  /** Up to this many rows, packing B costs more than reading it once for some rows. */
  static final int ROWS = 8;

  /** Columns at a time: the sums of eight rows take 32 KB. */
  private static final int CHUNK = 1024;

  /**
   * From one row's sums to the next: no power of 2, or all rows would share the same cache lines.
   */
  private static final int SPACING = CHUNK + 48;

  /** Where the sums begin: as the panels of B do in {@link VectorGemm}, with a cache line. */
  private static final int ORIGIN = 12;

  /** A thread's sums of a run, a chunk for each row. */
  private static final ThreadLocal<float[]> SUMS =
      ThreadLocal.withInitial(() -> new float[ORIGIN + ROWS * SPACING]);

  /** Lets go of the calling thread's sums. */
  static void leave() {
    SUMS.remove();
  }

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

  /** Columns [j, j + width), run after run. */
  private static void columns(Gemm g, int a, int b, int c, int count, int rows, int j, int width) {
    int all = count * rows;
    float[] sums = SUMS.get();
    int end;
    for (int from = 0; from < g.depth(); from = end) {
      end = g.runEnd(from);
      for (int row = 0; row < all; row++) {
        Arrays.fill(sums, ORIGIN + row * SPACING, ORIGIN + row * SPACING + width, 0f);
      }
      run(g, a, b + j * g.bColumn(), rows, all, from, end, sums, width);
      for (int row = 0; row < all; row++) {
        int at = c + row / rows * g.cBatch() + row % rows * g.cRow() + j;
        if (from == 0 && !g.accumulate()) {
          System.arraycopy(sums, ORIGIN + row * SPACING, g.c(), at, width);
        } else {
          add(1f, sums, ORIGIN + row * SPACING, g.c(), at, width);
        }
      }
    }
  }

  /** Adds the products [from, end) of all rows to their sums. */
  private static void run(
      Gemm g, int a, int b, int rows, int all, int from, int end, float[] sums, int width) {
    int depth;
    for (int k = from; k < end; k += depth) {
      int within = k % g.k();
      depth = Math.min(4, Math.min(g.k() - within, end - k));
      int term = k / g.k();
      int at = a + term * g.aTerm() + within * g.aColumn();
      int bo = b + term * g.bTerm() + within * g.bRow();
      int row = 0;
      while (row < all) {
        // Four rows together where they are evenly spaced.
        int group = depth == 4 && all - row >= 4 && (rows == all || rows == 1) ? 4 : 1;
        int ao = at + row / rows * g.aBatch() + row % rows * g.aRow();
        int so = ORIGIN + row * SPACING;
        if (group == 4) {
          four(g, ao, rows == all ? g.aRow() : g.aBatch(), bo, sums, so, width);
        } else if (depth == 4) {
          one(g, ao, bo, sums, so, width);
        } else {
          for (int i = 0; i < depth; i++) {
            add(g.a()[ao + i * g.aColumn()], g.b(), bo + i * g.bRow(), sums, so, width);
          }
        }
        row += group;
      }
    }
  }

  /** Four rows, four steps of k. */
  private static void four(Gemm g, int ao, int aRow, int bo, float[] sums, int so, int n) {
    float[] a = g.a();
    float[] b = g.b();
    int step = g.aColumn();
    int a1 = ao + aRow;
    int a2 = a1 + aRow;
    int a3 = a2 + aRow;
    int b1 = bo + g.bRow();
    int b2 = b1 + g.bRow();
    int b3 = b2 + g.bRow();
    int s1 = so + SPACING;
    int s2 = s1 + SPACING;
    int s3 = s2 + SPACING;
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
      FloatVector sum0 = v00.fma(row0, FloatVector.fromArray(FLOAT, sums, so + j));
      FloatVector sum1 = v10.fma(row0, FloatVector.fromArray(FLOAT, sums, s1 + j));
      FloatVector sum2 = v20.fma(row0, FloatVector.fromArray(FLOAT, sums, s2 + j));
      FloatVector sum3 = v30.fma(row0, FloatVector.fromArray(FLOAT, sums, s3 + j));
      sum0 = v01.fma(row1, sum0);
      sum1 = v11.fma(row1, sum1);
      sum2 = v21.fma(row1, sum2);
      sum3 = v31.fma(row1, sum3);
      sum0 = v02.fma(row2, sum0);
      sum1 = v12.fma(row2, sum1);
      sum2 = v22.fma(row2, sum2);
      sum3 = v32.fma(row2, sum3);
      v03.fma(row3, sum0).intoArray(sums, so + j);
      v13.fma(row3, sum1).intoArray(sums, s1 + j);
      v23.fma(row3, sum2).intoArray(sums, s2 + j);
      v33.fma(row3, sum3).intoArray(sums, s3 + j);
    }
    if (bound < n) {
      for (int row = 0; row < 4; row++) {
        tail(g, ao + row * aRow, bo, sums, so + row * SPACING, bound, n);
      }
    }
  }

  /** One row, four steps of k. */
  private static void one(Gemm g, int ao, int bo, float[] sums, int so, int n) {
    float[] a = g.a();
    float[] b = g.b();
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
      FloatVector sum = FloatVector.fromArray(FLOAT, sums, so + j);
      sum = v0.fma(FloatVector.fromArray(FLOAT, b, bo + j), sum);
      sum = v1.fma(FloatVector.fromArray(FLOAT, b, b1 + j), sum);
      sum = v2.fma(FloatVector.fromArray(FLOAT, b, b2 + j), sum);
      sum = v3.fma(FloatVector.fromArray(FLOAT, b, b3 + j), sum);
      sum.intoArray(sums, so + j);
    }
    tail(g, ao, bo, sums, so, bound, n);
  }

  /** Columns [from, to) of one row, four steps of k. */
  private static void tail(Gemm g, int ao, int bo, float[] sums, int so, int from, int to) {
    for (int j = from; j < to; j++) {
      float sum = sums[so + j];
      for (int k = 0; k < 4; k++) {
        sum = Math.fma(g.a()[ao + k * g.aColumn()], g.b()[bo + k * g.bRow() + j], sum);
      }
      sums[so + j] = sum;
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
