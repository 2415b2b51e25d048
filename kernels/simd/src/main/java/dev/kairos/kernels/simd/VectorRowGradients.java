// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.Lanes.COUNT;
import static dev.kairos.kernels.simd.Lanes.FLOAT;

import dev.kairos.kernels.RowFunction;
import jdk.incubator.vector.FloatVector;

/**
 * Gradients of {@link RowFunction}s for one row, in passes over rows that stay in the cache. What
 * is less than a vector is handled element by element with the same steps.
 */
final class VectorRowGradients {
  private VectorRowGradients() {}

  static void run(
      RowFunction f,
      float epsilon,
      float[] x,
      int xo,
      float[] dy,
      int yo,
      int n,
      float[] out,
      int oo,
      float[] partial) {
    switch (f) {
      case SOFTMAX -> {
        float along = VectorSums.dot(dy, yo, x, xo, n, partial);
        multiply(dy, yo, along, x, xo, out, oo, n);
      }
      case LOG_SOFTMAX -> {
        powers(x, xo, n, out, oo);
        float sum = VectorSums.sum(dy, yo, n, partial);
        combine(dy, yo, 0f, out, oo, sum, 1f, out, oo, n);
      }
      case NORMALIZE -> {
        float mean = VectorSums.sum(x, xo, n, partial) / n;
        VectorRows.stretch(x, xo, mean, 1f, out, oo, n);
        float squares = VectorSums.dot(out, oo, out, oo, n, partial);
        float scale = VectorRows.perDeviation(squares, n, epsilon);
        float shift = VectorSums.sum(dy, yo, n, partial) / n;
        float along = VectorSums.dot(dy, yo, out, oo, n, partial) / n * scale * scale;
        combine(dy, yo, shift, out, oo, along, scale, out, oo, n);
      }
      case UNIT -> {
        double length = VectorRows.length(x, xo, n, partial);
        double scale = 1 / (length + epsilon);
        float along = (float) (VectorSums.dot(dy, yo, x, xo, n, partial) / length * scale);
        combine(dy, yo, 0f, x, xo, along, (float) scale, out, oo, n);
      }
    }
  }

  /** {@code out = e^x}. */
  private static void powers(float[] x, int xo, int n, float[] out, int oo) {
    int bound = FLOAT.loopBound(n);
    VectorMath.exp(x, xo, out, oo, bound);
    for (int i = bound; i < n; i++) {
      out[oo + i] = Singles.exp(x[xo + i]);
    }
  }

  /** {@code out = (dy - shift) * y}. */
  private static void multiply(
      float[] dy, int go, float shift, float[] y, int yo, float[] out, int oo, int n) {
    int bound = FLOAT.loopBound(n);
    for (int i = 0; i < bound; i += COUNT) {
      FloatVector g = FloatVector.fromArray(FLOAT, dy, go + i).sub(shift);
      g.mul(FloatVector.fromArray(FLOAT, y, yo + i)).intoArray(out, oo + i);
    }
    for (int i = bound; i < n; i++) {
      out[oo + i] = (dy[go + i] - shift) * y[yo + i];
    }
  }

  /** {@code out = (dy - shift - u * factor) * scale}. */
  private static void combine(
      float[] dy,
      int yo,
      float shift,
      float[] u,
      int uo,
      float factor,
      float scale,
      float[] out,
      int oo,
      int n) {
    int bound = FLOAT.loopBound(n);
    FloatVector less = FloatVector.broadcast(FLOAT, -factor);
    for (int i = 0; i < bound; i += COUNT) {
      FloatVector g = FloatVector.fromArray(FLOAT, dy, yo + i).sub(shift);
      FloatVector.fromArray(FLOAT, u, uo + i).fma(less, g).mul(scale).intoArray(out, oo + i);
    }
    for (int i = bound; i < n; i++) {
      out[oo + i] = Math.fma(u[uo + i], -factor, dy[yo + i] - shift) * scale;
    }
  }
}
