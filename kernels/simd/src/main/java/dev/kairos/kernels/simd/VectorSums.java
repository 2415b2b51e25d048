// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.Lanes.COUNT;
import static dev.kairos.kernels.simd.Lanes.FLOAT;
import static dev.kairos.kernels.simd.Lanes.VIRTUAL;

import jdk.incubator.vector.FloatVector;

/**
 * Sums and extremes of many elements. A sum has {@link Lanes#VIRTUAL} interleaved partial sums,
 * held by one, two or four vectors, added up in a fixed tree; the conditions on the lane count are
 * constants.
 */
final class VectorSums {
  private VectorSums() {}

  /**
   * The sum in the documented order.
   *
   * @param partial a place for the partial sums
   */
  static float sum(float[] x, int xo, int n, float[] partial) {
    FloatVector s0 = FloatVector.zero(FLOAT);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int bound = n - n % VIRTUAL;
    for (int i = xo; i < xo + bound; i += VIRTUAL) {
      s0 = s0.add(FloatVector.fromArray(FLOAT, x, i));
      if (COUNT <= 8) {
        s1 = s1.add(FloatVector.fromArray(FLOAT, x, i + COUNT));
      }
      if (COUNT <= 4) {
        s2 = s2.add(FloatVector.fromArray(FLOAT, x, i + 2 * COUNT));
        s3 = s3.add(FloatVector.fromArray(FLOAT, x, i + 3 * COUNT));
      }
    }
    store(s0, s1, s2, s3, partial, 0);
    for (int i = bound; i < n; i++) {
      partial[i - bound] += x[xo + i];
    }
    return tree(partial, 0);
  }

  /** The sum of {@code x[i] * y[i]} in the same order. */
  static float dot(float[] x, int xo, float[] y, int yo, int n, float[] partial) {
    FloatVector s0 = FloatVector.zero(FLOAT);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int bound = n - n % VIRTUAL;
    for (int i = 0; i < bound; i += VIRTUAL) {
      FloatVector x0 = FloatVector.fromArray(FLOAT, x, xo + i);
      s0 = x0.fma(FloatVector.fromArray(FLOAT, y, yo + i), s0);
      if (COUNT <= 8) {
        FloatVector x1 = FloatVector.fromArray(FLOAT, x, xo + i + COUNT);
        s1 = x1.fma(FloatVector.fromArray(FLOAT, y, yo + i + COUNT), s1);
      }
      if (COUNT <= 4) {
        FloatVector x2 = FloatVector.fromArray(FLOAT, x, xo + i + 2 * COUNT);
        s2 = x2.fma(FloatVector.fromArray(FLOAT, y, yo + i + 2 * COUNT), s2);
        FloatVector x3 = FloatVector.fromArray(FLOAT, x, xo + i + 3 * COUNT);
        s3 = x3.fma(FloatVector.fromArray(FLOAT, y, yo + i + 3 * COUNT), s3);
      }
    }
    store(s0, s1, s2, s3, partial, 0);
    for (int i = bound; i < n; i++) {
      partial[i - bound] = Math.fma(x[xo + i], y[yo + i], partial[i - bound]);
    }
    return tree(partial, 0);
  }

  /** Brings the partial sums to their places from {@code at} on. */
  static void store(
      FloatVector s0, FloatVector s1, FloatVector s2, FloatVector s3, float[] partial, int at) {
    s0.intoArray(partial, at);
    if (COUNT <= 8) {
      s1.intoArray(partial, at + COUNT);
    }
    if (COUNT <= 4) {
      s2.intoArray(partial, at + 2 * COUNT);
      s3.intoArray(partial, at + 3 * COUNT);
    }
  }

  /** The upper half of the partial sums from {@code at} on added to the lower until one is left. */
  static float tree(float[] p, int at) {
    float p0 = (p[at] + p[at + 8]) + (p[at + 4] + p[at + 12]);
    float p1 = (p[at + 1] + p[at + 9]) + (p[at + 5] + p[at + 13]);
    float p2 = (p[at + 2] + p[at + 10]) + (p[at + 6] + p[at + 14]);
    float p3 = (p[at + 3] + p[at + 11]) + (p[at + 7] + p[at + 15]);
    return (p0 + p2) + (p1 + p3);
  }

  /** {@code out[i] += x[i] + x[i + step] + ..}, row by row, four at a time to save traffic. */
  static void addRows(float[] x, int xo, int step, int rows, float[] out, int oo, int n) {
    int bound = FLOAT.loopBound(n);
    int row = 0;
    for (; row + 4 <= rows; row += 4) {
      int r0 = xo + row * step;
      int r1 = r0 + step;
      int r2 = r1 + step;
      int r3 = r2 + step;
      for (int i = 0; i < bound; i += COUNT) {
        FloatVector.fromArray(FLOAT, out, oo + i)
            .add(FloatVector.fromArray(FLOAT, x, r0 + i))
            .add(FloatVector.fromArray(FLOAT, x, r1 + i))
            .add(FloatVector.fromArray(FLOAT, x, r2 + i))
            .add(FloatVector.fromArray(FLOAT, x, r3 + i))
            .intoArray(out, oo + i);
      }
      for (int i = bound; i < n; i++) {
        out[oo + i] = out[oo + i] + x[r0 + i] + x[r1 + i] + x[r2 + i] + x[r3 + i];
      }
    }
    for (; row < rows; row++) {
      int r0 = xo + row * step;
      for (int i = 0; i < bound; i += COUNT) {
        FloatVector.fromArray(FLOAT, out, oo + i)
            .add(FloatVector.fromArray(FLOAT, x, r0 + i))
            .intoArray(out, oo + i);
      }
      for (int i = bound; i < n; i++) {
        out[oo + i] += x[r0 + i];
      }
    }
  }

  /** The largest; NaN if one is NaN. */
  static float max(float[] x, int xo, int n, float[] lanes) {
    int bound = FLOAT.loopBound(n);
    FloatVector m0 = FloatVector.broadcast(FLOAT, Float.NEGATIVE_INFINITY);
    FloatVector m1 = m0;
    int i = 0;
    for (; i + 2 * COUNT <= bound; i += 2 * COUNT) {
      m0 = m0.max(FloatVector.fromArray(FLOAT, x, xo + i));
      m1 = m1.max(FloatVector.fromArray(FLOAT, x, xo + i + COUNT));
    }
    if (i < bound) {
      m0 = m0.max(FloatVector.fromArray(FLOAT, x, xo + i));
    }
    float max = Float.NEGATIVE_INFINITY;
    if (bound > 0) {
      m0.max(m1).intoArray(lanes, 0);
      for (int lane = 0; lane < COUNT; lane++) {
        max = Math.max(max, lanes[lane]);
      }
    }
    for (int j = bound; j < n; j++) {
      max = Math.max(max, x[xo + j]);
    }
    return max;
  }

  /** The smallest; NaN if one is NaN. */
  static float min(float[] x, int xo, int n, float[] lanes) {
    int bound = FLOAT.loopBound(n);
    FloatVector m0 = FloatVector.broadcast(FLOAT, Float.POSITIVE_INFINITY);
    FloatVector m1 = m0;
    int i = 0;
    for (; i + 2 * COUNT <= bound; i += 2 * COUNT) {
      m0 = m0.min(FloatVector.fromArray(FLOAT, x, xo + i));
      m1 = m1.min(FloatVector.fromArray(FLOAT, x, xo + i + COUNT));
    }
    if (i < bound) {
      m0 = m0.min(FloatVector.fromArray(FLOAT, x, xo + i));
    }
    float min = Float.POSITIVE_INFINITY;
    if (bound > 0) {
      m0.min(m1).intoArray(lanes, 0);
      for (int lane = 0; lane < COUNT; lane++) {
        min = Math.min(min, lanes[lane]);
      }
    }
    for (int j = bound; j < n; j++) {
      min = Math.min(min, x[xo + j]);
    }
    return min;
  }
}
