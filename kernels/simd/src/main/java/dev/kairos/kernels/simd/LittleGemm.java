// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import dev.kairos.kernels.cpu.Gemm;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Small products one element at a time, with the bits of {@link VectorGemm}, until there were so
 * many of them that compiling the vector loops pays: until then each vector is an object, and a
 * network of a few thousand multiply-adds would spend most of a short training on them.
 */
final class LittleGemm {
  /** Multiply-adds of a product at most: a larger one gets its loops compiled soon. */
  private static final long LITTLE = 1 << 15;

  /** Multiply-adds in all: about as long as compiling the loops of {@link GemmTiles} takes. */
  static final long BUDGET = 1L << 29;

  private final AtomicLong left;

  /**
   * Small products.
   *
   * @param budget multiply-adds after which they are refused
   */
  LittleGemm(long budget) {
    left = new AtomicLong(budget);
  }

  /** Computes a product if it is small and the budget is not spent; says whether it did. */
  boolean multiply(Gemm g) {
    long work = (long) g.batch() * g.m() * g.n() * g.depth();
    if (work > LITTLE || left.get() <= 0) {
      return false;
    }
    left.addAndGet(-work);
    float[] sums = new float[g.n()];
    for (int i = 0; i < g.batch(); i++) {
      for (int row = 0; row < g.m(); row++) {
        int a = g.aOffset() + i * g.aBatch() + row * g.aRow();
        int c = g.cOffset() + i * g.cBatch() + row * g.cRow();
        row(g, a, g.bOffset() + i * g.bBatch(), c, sums);
      }
    }
    return true;
  }

  /** One row of C, a run (see {@link Gemm}) at a time. */
  private static void row(Gemm g, int a, int b, int c, float[] sums) {
    int end;
    for (int from = 0; from < g.depth(); from = end) {
      end = g.runEnd(from);
      Arrays.fill(sums, 0f);
      for (int k = from; k < end; k++) {
        int term = k / g.k();
        int within = k - term * g.k();
        float factor = g.a()[a + term * g.aTerm() + within * g.aColumn()];
        add(factor, g.b(), b + term * g.bTerm() + within * g.bRow(), g.bColumn(), sums);
      }
      for (int j = 0; j < sums.length; j++) {
        boolean alone = from == 0 && !g.accumulate();
        g.c()[c + j] = alone ? sums[j] : g.c()[c + j] + sums[j];
      }
    }
  }

  private static void add(float factor, float[] b, int at, int step, float[] sums) {
    if (step == 1) {
      for (int j = 0; j < sums.length; j++) {
        sums[j] = Math.fma(factor, b[at + j], sums[j]);
      }
    } else {
      for (int j = 0; j < sums.length; j++) {
        sums[j] = Math.fma(factor, b[at + j * step], sums[j]);
      }
    }
  }
}
