// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import dev.kairos.kernels.cpu.Gemm;
import java.util.Arrays;

/**
 * Small products one element at a time, with the bits of {@link VectorGemm}, while there are few.
 */
final class LittleGemm {
  /** Multiply-adds of a product at most: a larger one gets its loops compiled soon. */
  private static final long LITTLE = 1 << 15;

  /** Multiply-adds in all: about as long as compiling the loops of {@link GemmTiles} takes. */
  static final long BUDGET = 1L << 29;

  private final LittleWork allowed;

  /**
   * Small products.
   *
   * @param budget multiply-adds after which they are refused
   */
  LittleGemm(long budget) {
    allowed = new LittleWork(LITTLE, budget);
  }

  /** Computes a product if it is small and the budget is not spent; says whether it did. */
  boolean multiply(Gemm g) {
    if (!allowed.takes((long) g.batch() * g.m() * g.n() * g.depth())) {
      return false;
    }
    // Each row of B in an array of its own: only then does the compiler make vector instructions of
    // a loop along it.
    float[][] b = new float[g.depth()][g.n()];
    float[] a = new float[g.depth()];
    float[] sums = new float[g.n()];
    for (int i = 0; i < g.batch(); i++) {
      copyB(g, g.bOffset() + i * g.bBatch(), b);
      for (int row = 0; row < g.m(); row++) {
        copyA(g, g.aOffset() + i * g.aBatch() + row * g.aRow(), a);
        row(g, a, b, g.cOffset() + i * g.cBatch() + row * g.cRow(), sums);
      }
    }
    return true;
  }

  private static void copyB(Gemm g, int from, float[][] b) {
    for (int k = 0; k < b.length; k++) {
      int at = from + k / g.k() * g.bTerm() + k % g.k() * g.bRow();
      if (g.bColumn() == 1) {
        System.arraycopy(g.b(), at, b[k], 0, g.n());
      } else {
        copy(g.b(), at, g.bColumn(), b[k]);
      }
    }
  }

  private static void copyA(Gemm g, int from, float[] a) {
    for (int term = 0; term < g.terms(); term++) {
      for (int k = 0; k < g.k(); k++) {
        a[term * g.k() + k] = g.a()[from + term * g.aTerm() + k * g.aColumn()];
      }
    }
  }

  private static void copy(float[] x, int from, int step, float[] to) {
    for (int j = 0; j < to.length; j++) {
      to[j] = x[from + j * step];
    }
  }

  /** One row of C, a run (see {@link Gemm}) at a time. */
  private static void row(Gemm g, float[] a, float[][] b, int c, float[] sums) {
    int end;
    for (int from = 0; from < a.length; from = end) {
      end = g.runEnd(from);
      Arrays.fill(sums, 0f);
      int k = from;
      for (; k + 4 <= end; k += 4) {
        addFour(a[k], a[k + 1], a[k + 2], a[k + 3], b[k], b[k + 1], b[k + 2], b[k + 3], sums);
      }
      for (; k < end; k++) {
        add(a[k], b[k], sums);
      }
      if (from == 0 && !g.accumulate()) {
        System.arraycopy(sums, 0, g.c(), c, sums.length);
      } else {
        for (int j = 0; j < sums.length; j++) {
          g.c()[c + j] += sums[j];
        }
      }
    }
  }

  /** Four steps of k at once, to load and store sums less often. */
  private static void addFour(
      float a0,
      float a1,
      float a2,
      float a3,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      float[] sums) {
    for (int j = 0; j < sums.length; j++) {
      float one = Math.fma(a0, b0[j], sums[j]);
      float two = Math.fma(a1, b1[j], one);
      sums[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], two));
    }
  }

  private static void add(float a, float[] b, float[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] = Math.fma(a, b[j], sums[j]);
    }
  }
}
