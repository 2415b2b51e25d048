// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.Lanes.COUNT;
import static dev.kairos.kernels.simd.Lanes.FLOAT;
import static dev.kairos.kernels.simd.Lanes.VIRTUAL;

import dev.kairos.kernels.RowFunction;
import dev.kairos.kernels.cpu.WideRows;
import jdk.incubator.vector.FloatVector;

/**
 * Gradients of {@link RowFunction}s for one row, in passes over rows that stay in the cache. What
 * is less than a vector is handled element by element with the same steps.
 */
final class VectorRowGradients {
  private VectorRowGradients() {}

  static void run(
      RowFunction f,
      double epsilon,
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
        combine(dy, yo, 0f, 1f, 0f, out, oo, sum, out, oo, n);
      }
      case NORMALIZE -> normalize(epsilon, x, xo, dy, yo, n, out, oo, partial);
      case L2_NORMALIZE -> l2Normalize(epsilon, x, xo, dy, yo, n, out, oo, partial);
    }
  }

  private static void normalize(
      double epsilon,
      float[] x,
      int xo,
      float[] dy,
      int yo,
      int n,
      float[] out,
      int oo,
      float[] partial) {
    float first = x[xo];
    float base = dy[yo];
    VectorMoments.sums(first, x, xo, base, dy, yo, n, partial);
    float mean = VectorSums.tree(partial, 0) / n;
    float shift = VectorSums.tree(partial, VIRTUAL) / n;
    VectorMoments.deviations(first, mean, x, xo, base, dy, yo, n, out, oo, partial);
    double variance = VectorSums.tree(partial, 0) / n + epsilon;
    float product = VectorSums.tree(partial, VIRTUAL);
    float scale = (float) (1 / Math.sqrt(variance));
    float factor = product / n * scale * scale * scale;
    if (!WideRows.fits(variance) || !Float.isFinite(shift) || !Float.isFinite(factor)) {
      WideRows.normalizeGradient(x, xo, dy, yo, n, epsilon, out, oo);
      return;
    }
    combine(dy, yo, base, scale, -shift * scale, out, oo, factor, out, oo, n);
  }

  private static void l2Normalize(
      double epsilon,
      float[] x,
      int xo,
      float[] dy,
      int yo,
      int n,
      float[] out,
      int oo,
      float[] partial) {
    VectorMoments.deviations(0f, 0f, x, xo, 0f, dy, yo, n, out, oo, partial);
    float squares = VectorSums.tree(partial, 0);
    boolean none = WideRows.vanishes(squares, n, epsilon);
    double length = Math.sqrt(squares);
    double scale = 1 / (length + epsilon);
    float factor = none ? 0 : (float) (VectorSums.tree(partial, VIRTUAL) / length * scale * scale);
    if (!(none || WideRows.fits(squares)) || !Float.isFinite(factor)) {
      WideRows.l2NormalizeGradient(x, xo, dy, yo, n, epsilon, out, oo);
      return;
    }
    combine(dy, yo, 0f, (float) scale, 0f, x, xo, factor, out, oo, n);
  }

  /** {@code out = e^x}. */
  private static void powers(float[] x, int xo, int n, float[] out, int oo) {
    int bound = FLOAT.loopBound(n);
    VectorMath.exp(x, xo, out, oo, bound);
    for (int i = bound; i < n; i++) {
      out[oo + i] = ScalarFallback.exp(x[xo + i]);
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

  /** {@code out = (dy - base) * scale + shift - u * factor}, each product rounded with its sum. */
  private static void combine(
      float[] dy,
      int yo,
      float base,
      float scale,
      float shift,
      float[] u,
      int uo,
      float factor,
      float[] out,
      int oo,
      int n) {
    int bound = FLOAT.loopBound(n);
    FloatVector a = FloatVector.broadcast(FLOAT, scale);
    FloatVector b = FloatVector.broadcast(FLOAT, shift);
    FloatVector less = FloatVector.broadcast(FLOAT, -factor);
    for (int i = 0; i < bound; i += COUNT) {
      FloatVector g = FloatVector.fromArray(FLOAT, dy, yo + i).sub(base).fma(a, b);
      FloatVector.fromArray(FLOAT, u, uo + i).fma(less, g).intoArray(out, oo + i);
    }
    for (int i = bound; i < n; i++) {
      float g = Math.fma(dy[yo + i] - base, scale, shift);
      out[oo + i] = Math.fma(u[uo + i], -factor, g);
    }
  }
}
