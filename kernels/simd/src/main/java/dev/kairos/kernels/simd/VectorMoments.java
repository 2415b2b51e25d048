// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.Lanes.COUNT;
import static dev.kairos.kernels.simd.Lanes.FLOAT;
import static dev.kairos.kernels.simd.Lanes.VIRTUAL;

import jdk.incubator.vector.FloatVector;

/**
 * Sums for the mean and variance of a row, taken of what lies above its first element: at a large
 * offset a mean is rounded by more than a small spread. The order is that of {@link VectorSums}.
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
      s0 = s0.add(FloatVector.fromArray(FLOAT, x, xo + i).sub(first));
      if (COUNT <= 8) {
        s1 = s1.add(FloatVector.fromArray(FLOAT, x, xo + i + COUNT).sub(first));
      }
      if (COUNT <= 4) {
        s2 = s2.add(FloatVector.fromArray(FLOAT, x, xo + i + 2 * COUNT).sub(first));
        s3 = s3.add(FloatVector.fromArray(FLOAT, x, xo + i + 3 * COUNT).sub(first));
      }
    }
    VectorSums.store(s0, s1, s2, s3, partial);
    for (int i = bound; i < n; i++) {
      partial[i - bound] += x[xo + i] - first;
    }
    return VectorSums.tree(partial);
  }

  /** The sum of squares of {@code x - first - mean}. */
  static float squares(float first, float mean, float[] x, int xo, int n, float[] partial) {
    FloatVector s0 = FloatVector.zero(FLOAT);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int bound = n - n % VIRTUAL;
    for (int i = 0; i < bound; i += VIRTUAL) {
      FloatVector d0 = FloatVector.fromArray(FLOAT, x, xo + i).sub(first).sub(mean);
      s0 = d0.fma(d0, s0);
      if (COUNT <= 8) {
        FloatVector d1 = FloatVector.fromArray(FLOAT, x, xo + i + COUNT).sub(first).sub(mean);
        s1 = d1.fma(d1, s1);
      }
      if (COUNT <= 4) {
        FloatVector d2 = FloatVector.fromArray(FLOAT, x, xo + i + 2 * COUNT).sub(first).sub(mean);
        s2 = d2.fma(d2, s2);
        FloatVector d3 = FloatVector.fromArray(FLOAT, x, xo + i + 3 * COUNT).sub(first).sub(mean);
        s3 = d3.fma(d3, s3);
      }
    }
    VectorSums.store(s0, s1, s2, s3, partial);
    for (int i = bound; i < n; i++) {
      float d = x[xo + i] - first - mean;
      partial[i - bound] = Math.fma(d, d, partial[i - bound]);
    }
    return VectorSums.tree(partial);
  }

  /** {@code out = x - first - mean}, and the sum of the squares of that. */
  static float deviations(
      float first, float mean, float[] x, int xo, int n, float[] out, int oo, float[] partial) {
    FloatVector s0 = FloatVector.zero(FLOAT);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int bound = n - n % VIRTUAL;
    for (int i = 0; i < bound; i += VIRTUAL) {
      FloatVector d0 = FloatVector.fromArray(FLOAT, x, xo + i).sub(first).sub(mean);
      d0.intoArray(out, oo + i);
      s0 = d0.fma(d0, s0);
      if (COUNT <= 8) {
        FloatVector d1 = FloatVector.fromArray(FLOAT, x, xo + i + COUNT).sub(first).sub(mean);
        d1.intoArray(out, oo + i + COUNT);
        s1 = d1.fma(d1, s1);
      }
      if (COUNT <= 4) {
        FloatVector d2 = FloatVector.fromArray(FLOAT, x, xo + i + 2 * COUNT).sub(first).sub(mean);
        d2.intoArray(out, oo + i + 2 * COUNT);
        s2 = d2.fma(d2, s2);
        FloatVector d3 = FloatVector.fromArray(FLOAT, x, xo + i + 3 * COUNT).sub(first).sub(mean);
        d3.intoArray(out, oo + i + 3 * COUNT);
        s3 = d3.fma(d3, s3);
      }
    }
    VectorSums.store(s0, s1, s2, s3, partial);
    for (int i = bound; i < n; i++) {
      float d = x[xo + i] - first - mean;
      out[oo + i] = d;
      partial[i - bound] = Math.fma(d, d, partial[i - bound]);
    }
    return VectorSums.tree(partial);
  }

  /** The sum of {@code (x - first) * y}. */
  static float dot(float first, float[] x, int xo, float[] y, int yo, int n, float[] partial) {
    FloatVector s0 = FloatVector.zero(FLOAT);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int bound = n - n % VIRTUAL;
    for (int i = 0; i < bound; i += VIRTUAL) {
      FloatVector d0 = FloatVector.fromArray(FLOAT, x, xo + i).sub(first);
      s0 = d0.fma(FloatVector.fromArray(FLOAT, y, yo + i), s0);
      if (COUNT <= 8) {
        FloatVector d1 = FloatVector.fromArray(FLOAT, x, xo + i + COUNT).sub(first);
        s1 = d1.fma(FloatVector.fromArray(FLOAT, y, yo + i + COUNT), s1);
      }
      if (COUNT <= 4) {
        FloatVector d2 = FloatVector.fromArray(FLOAT, x, xo + i + 2 * COUNT).sub(first);
        s2 = d2.fma(FloatVector.fromArray(FLOAT, y, yo + i + 2 * COUNT), s2);
        FloatVector d3 = FloatVector.fromArray(FLOAT, x, xo + i + 3 * COUNT).sub(first);
        s3 = d3.fma(FloatVector.fromArray(FLOAT, y, yo + i + 3 * COUNT), s3);
      }
    }
    VectorSums.store(s0, s1, s2, s3, partial);
    for (int i = bound; i < n; i++) {
      partial[i - bound] = Math.fma(x[xo + i] - first, y[yo + i], partial[i - bound]);
    }
    return VectorSums.tree(partial);
  }
}
