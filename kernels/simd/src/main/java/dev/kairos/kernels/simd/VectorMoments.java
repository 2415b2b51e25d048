// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.Lanes.COUNT;
import static dev.kairos.kernels.simd.Lanes.FLOAT;
import static dev.kairos.kernels.simd.Lanes.VIRTUAL;

import jdk.incubator.vector.FloatVector;

/**
 * Sums for the mean and variance of a row, taken of what lies above its first element: at a large
 * offset a mean is rounded by more than a small spread. The order is that of {@link VectorSums}.
 * Where two sums are needed one pass takes both, since each alone would wait for its additions.
 */
final class VectorMoments {
  private VectorMoments() {}

  /** The sum of {@code x - first}. */
  static float sum(float first, float[] x, int xo, int n, float[] partial) {
    FloatVector s0 = FloatVector.zero(FLOAT);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int bound = n - n % VIRTUAL;
    for (int i = 0; i < bound; i += VIRTUAL) {
      s0 = s0.add(above(first, x, xo + i));
      if (COUNT <= 8) {
        s1 = s1.add(above(first, x, xo + i + COUNT));
      }
      if (COUNT <= 4) {
        s2 = s2.add(above(first, x, xo + i + 2 * COUNT));
        s3 = s3.add(above(first, x, xo + i + 3 * COUNT));
      }
    }
    VectorSums.store(s0, s1, s2, s3, partial, 0);
    for (int i = bound; i < n; i++) {
      partial[i - bound] += x[xo + i] - first;
    }
    return VectorSums.tree(partial, 0);
  }

  /** The sum of squares of {@code x - first - mean}. */
  static float squares(float first, float mean, float[] x, int xo, int n, float[] partial) {
    FloatVector s0 = FloatVector.zero(FLOAT);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int bound = n - n % VIRTUAL;
    for (int i = 0; i < bound; i += VIRTUAL) {
      FloatVector d0 = above(first, x, xo + i).sub(mean);
      s0 = d0.fma(d0, s0);
      if (COUNT <= 8) {
        FloatVector d1 = above(first, x, xo + i + COUNT).sub(mean);
        s1 = d1.fma(d1, s1);
      }
      if (COUNT <= 4) {
        FloatVector d2 = above(first, x, xo + i + 2 * COUNT).sub(mean);
        s2 = d2.fma(d2, s2);
        FloatVector d3 = above(first, x, xo + i + 3 * COUNT).sub(mean);
        s3 = d3.fma(d3, s3);
      }
    }
    VectorSums.store(s0, s1, s2, s3, partial, 0);
    for (int i = bound; i < n; i++) {
      float d = x[xo + i] - first - mean;
      partial[i - bound] = Math.fma(d, d, partial[i - bound]);
    }
    return VectorSums.tree(partial, 0);
  }

  /**
   * The sums of {@code x - first} and of {@code y - base}.
   *
   * @param partial receives the partial sums of x, then those of y
   */
  static void sums(
      float first, float[] x, int xo, float base, float[] y, int yo, int n, float[] partial) {
    FloatVector s0 = FloatVector.zero(FLOAT);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector t0 = s0;
    FloatVector t1 = s0;
    FloatVector t2 = s0;
    FloatVector t3 = s0;
    int bound = n - n % VIRTUAL;
    for (int i = 0; i < bound; i += VIRTUAL) {
      s0 = s0.add(above(first, x, xo + i));
      t0 = t0.add(above(base, y, yo + i));
      if (COUNT <= 8) {
        s1 = s1.add(above(first, x, xo + i + COUNT));
        t1 = t1.add(above(base, y, yo + i + COUNT));
      }
      if (COUNT <= 4) {
        s2 = s2.add(above(first, x, xo + i + 2 * COUNT));
        t2 = t2.add(above(base, y, yo + i + 2 * COUNT));
        s3 = s3.add(above(first, x, xo + i + 3 * COUNT));
        t3 = t3.add(above(base, y, yo + i + 3 * COUNT));
      }
    }
    VectorSums.store(s0, s1, s2, s3, partial, 0);
    VectorSums.store(t0, t1, t2, t3, partial, VIRTUAL);
    for (int i = bound; i < n; i++) {
      partial[i - bound] += x[xo + i] - first;
      partial[VIRTUAL + i - bound] += y[yo + i] - base;
    }
  }

  /**
   * The sums of squares of {@code x - first - mean} and of {@code y - base - middle}.
   *
   * @param partial receives the partial sums of x, then those of y
   */
  static void squares(
      float first,
      float mean,
      float[] x,
      int xo,
      float base,
      float middle,
      float[] y,
      int yo,
      int n,
      float[] partial) {
    FloatVector s0 = FloatVector.zero(FLOAT);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector t0 = s0;
    FloatVector t1 = s0;
    FloatVector t2 = s0;
    FloatVector t3 = s0;
    int bound = n - n % VIRTUAL;
    for (int i = 0; i < bound; i += VIRTUAL) {
      FloatVector d0 = above(first, x, xo + i).sub(mean);
      s0 = d0.fma(d0, s0);
      FloatVector e0 = above(base, y, yo + i).sub(middle);
      t0 = e0.fma(e0, t0);
      if (COUNT <= 8) {
        FloatVector d1 = above(first, x, xo + i + COUNT).sub(mean);
        s1 = d1.fma(d1, s1);
        FloatVector e1 = above(base, y, yo + i + COUNT).sub(middle);
        t1 = e1.fma(e1, t1);
      }
      if (COUNT <= 4) {
        FloatVector d2 = above(first, x, xo + i + 2 * COUNT).sub(mean);
        s2 = d2.fma(d2, s2);
        FloatVector e2 = above(base, y, yo + i + 2 * COUNT).sub(middle);
        t2 = e2.fma(e2, t2);
        FloatVector d3 = above(first, x, xo + i + 3 * COUNT).sub(mean);
        s3 = d3.fma(d3, s3);
        FloatVector e3 = above(base, y, yo + i + 3 * COUNT).sub(middle);
        t3 = e3.fma(e3, t3);
      }
    }
    VectorSums.store(s0, s1, s2, s3, partial, 0);
    VectorSums.store(t0, t1, t2, t3, partial, VIRTUAL);
    for (int i = bound; i < n; i++) {
      float d = x[xo + i] - first - mean;
      partial[i - bound] = Math.fma(d, d, partial[i - bound]);
      float e = y[yo + i] - base - middle;
      partial[VIRTUAL + i - bound] = Math.fma(e, e, partial[VIRTUAL + i - bound]);
    }
  }

  /**
   * {@code out = x - first - mean}, the sum of its squares, and that of its products with {@code y
   * - base}.
   *
   * @param partial receives the partial sums of the squares, then those of the products
   */
  static void deviations(
      float first,
      float mean,
      float[] x,
      int xo,
      float base,
      float[] y,
      int yo,
      int n,
      float[] out,
      int oo,
      float[] partial) {
    FloatVector s0 = FloatVector.zero(FLOAT);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector t0 = s0;
    FloatVector t1 = s0;
    FloatVector t2 = s0;
    FloatVector t3 = s0;
    int bound = n - n % VIRTUAL;
    for (int i = 0; i < bound; i += VIRTUAL) {
      FloatVector d0 = above(first, x, xo + i).sub(mean);
      d0.intoArray(out, oo + i);
      s0 = d0.fma(d0, s0);
      t0 = above(base, y, yo + i).fma(d0, t0);
      if (COUNT <= 8) {
        FloatVector d1 = above(first, x, xo + i + COUNT).sub(mean);
        d1.intoArray(out, oo + i + COUNT);
        s1 = d1.fma(d1, s1);
        t1 = above(base, y, yo + i + COUNT).fma(d1, t1);
      }
      if (COUNT <= 4) {
        FloatVector d2 = above(first, x, xo + i + 2 * COUNT).sub(mean);
        d2.intoArray(out, oo + i + 2 * COUNT);
        s2 = d2.fma(d2, s2);
        t2 = above(base, y, yo + i + 2 * COUNT).fma(d2, t2);
        FloatVector d3 = above(first, x, xo + i + 3 * COUNT).sub(mean);
        d3.intoArray(out, oo + i + 3 * COUNT);
        s3 = d3.fma(d3, s3);
        t3 = above(base, y, yo + i + 3 * COUNT).fma(d3, t3);
      }
    }
    VectorSums.store(s0, s1, s2, s3, partial, 0);
    VectorSums.store(t0, t1, t2, t3, partial, VIRTUAL);
    for (int i = bound; i < n; i++) {
      float d = x[xo + i] - first - mean;
      out[oo + i] = d;
      partial[i - bound] = Math.fma(d, d, partial[i - bound]);
      partial[VIRTUAL + i - bound] = Math.fma(y[yo + i] - base, d, partial[VIRTUAL + i - bound]);
    }
  }

  private static FloatVector above(float first, float[] x, int at) {
    return FloatVector.fromArray(FLOAT, x, at).sub(first);
  }
}
