// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import static dev.kairos.kernels.cpu.ScalarSums.PARTIAL_SUMS;

import dev.kairos.kernels.RowFunction;
import java.util.Arrays;

/** {@link RowFunction}s of one row without any vector type. */
final class ScalarRows {
  private ScalarRows() {}

  static void apply(
      RowFunction f, double epsilon, float[] x, int xo, int n, float[] out, int oo, float[] sums) {
    switch (f) {
      case SOFTMAX -> softmax(x, xo, n, false, out, oo, sums);
      case LOG_SOFTMAX -> softmax(x, xo, n, true, out, oo, sums);
      case NORMALIZE -> normalize(x, xo, n, epsilon, out, oo, sums);
      case L2_NORMALIZE -> {
        float squares = ScalarSums.dot(x, xo, x, xo, n, sums);
        if (!WideRows.fits(squares) && !WideRows.vanishes(squares, n, epsilon)) {
          WideRows.l2Normalize(x, xo, n, epsilon, out, oo);
          return;
        }
        float scale = (float) (1 / (Math.sqrt(squares) + epsilon));
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] * scale;
        }
      }
    }
  }

  /**
   * The mean is taken of what lies above the first element, and subtracted after it: a mean that
   * was rounded at the offset of the row would be wrong by more than a small spread.
   */
  private static void normalize(
      float[] x, int xo, int n, double epsilon, float[] out, int oo, float[] sums) {
    float first = x[xo];
    float mean = sumAbove(first, x, xo, n, sums) / n;
    Arrays.fill(sums, 0f);
    int bound = n - n % PARTIAL_SUMS;
    for (int i = xo; i < xo + bound; i += PARTIAL_SUMS) {
      for (int lane = 0; lane < PARTIAL_SUMS; lane++) {
        float d = x[i + lane] - first - mean;
        sums[lane] += d * d;
      }
    }
    for (int i = bound; i < n; i++) {
      float d = x[xo + i] - first - mean;
      sums[i - bound] += d * d;
    }
    double variance = ScalarSums.tree(sums) / n + epsilon;
    if (!WideRows.fits(variance)) {
      WideRows.normalize(x, xo, n, epsilon, out, oo);
      return;
    }
    float scale = (float) (1 / Math.sqrt(variance));
    for (int i = 0; i < n; i++) {
      out[oo + i] = (x[xo + i] - first - mean) * scale;
    }
  }

  private static void softmax(
      float[] x, int xo, int n, boolean log, float[] out, int oo, float[] sums) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, x[xo + i]);
    }
    Arrays.fill(sums, 0f);
    for (int i = 0; i < n; i++) {
      float d = x[xo + i] - max;
      float e = (float) Math.exp(d);
      sums[i % PARTIAL_SUMS] += e;
      out[oo + i] = log ? d : e;
    }
    float sum = ScalarSums.tree(sums);
    float scale = log ? 1 : 1 / sum;
    float shift = log ? -(float) Math.log(sum) : 0;
    for (int i = oo; i < oo + n; i++) {
      out[i] = out[i] * scale + shift;
    }
  }

  static void gradient(
      RowFunction f,
      double epsilon,
      float[] x,
      int xo,
      float[] dy,
      int yo,
      int n,
      float[] out,
      int oo,
      float[] sums) {
    switch (f) {
      case SOFTMAX -> {
        float along = ScalarSums.dot(dy, yo, x, xo, n, sums);
        for (int i = 0; i < n; i++) {
          out[oo + i] = (dy[yo + i] - along) * x[xo + i];
        }
      }
      case LOG_SOFTMAX -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (float) Math.exp(x[xo + i]);
        }
        combine(dy, yo, 0, 0, out, oo, ScalarSums.sum(dy, yo, n, sums), 1, out, oo, n);
      }
      case NORMALIZE -> normalizeGradient(epsilon, x, xo, dy, yo, n, out, oo, sums);
      case L2_NORMALIZE -> l2NormalizeGradient(epsilon, x, xo, dy, yo, n, out, oo, sums);
    }
  }

  private static void normalizeGradient(
      double epsilon,
      float[] x,
      int xo,
      float[] dy,
      int yo,
      int n,
      float[] out,
      int oo,
      float[] sums) {
    float first = x[xo];
    float mean = sumAbove(first, x, xo, n, sums) / n;
    for (int i = 0; i < n; i++) {
      out[oo + i] = x[xo + i] - first - mean;
    }
    double variance = ScalarSums.dot(out, oo, out, oo, n, sums) / n + epsilon;
    float scale = (float) (1 / Math.sqrt(variance));
    float base = dy[yo];
    float shift = sumAbove(base, dy, yo, n, sums) / n;
    Arrays.fill(sums, 0f);
    int bound = n - n % PARTIAL_SUMS;
    for (int i = 0; i < bound; i += PARTIAL_SUMS) {
      for (int lane = 0; lane < PARTIAL_SUMS; lane++) {
        sums[lane] += (dy[yo + i + lane] - base) * out[oo + i + lane];
      }
    }
    for (int i = bound; i < n; i++) {
      sums[i - bound] += (dy[yo + i] - base) * out[oo + i];
    }
    float along = ScalarSums.tree(sums) / n * scale * scale;
    if (!WideRows.fits(variance) || !Float.isFinite(shift) || !Float.isFinite(along)) {
      WideRows.normalizeGradient(x, xo, dy, yo, n, epsilon, out, oo);
      return;
    }
    combine(dy, yo, base, shift, out, oo, along, scale, out, oo, n);
  }

  private static void l2NormalizeGradient(
      double epsilon,
      float[] x,
      int xo,
      float[] dy,
      int yo,
      int n,
      float[] out,
      int oo,
      float[] sums) {
    float squares = ScalarSums.dot(x, xo, x, xo, n, sums);
    boolean none = WideRows.vanishes(squares, n, epsilon);
    double length = Math.sqrt(squares);
    double scale = 1 / (length + epsilon);
    float along = none ? 0 : (float) (ScalarSums.dot(dy, yo, x, xo, n, sums) / length * scale);
    if (!(none || WideRows.fits(squares)) || !Float.isFinite(along)) {
      WideRows.l2NormalizeGradient(x, xo, dy, yo, n, epsilon, out, oo);
      return;
    }
    combine(dy, yo, 0, 0, x, xo, along, (float) scale, out, oo, n);
  }

  /** The sum of {@code x - first}. */
  private static float sumAbove(float first, float[] x, int xo, int n, float[] sums) {
    Arrays.fill(sums, 0f);
    int bound = n - n % PARTIAL_SUMS;
    for (int i = xo; i < xo + bound; i += PARTIAL_SUMS) {
      for (int lane = 0; lane < PARTIAL_SUMS; lane++) {
        sums[lane] += x[i + lane] - first;
      }
    }
    for (int i = bound; i < n; i++) {
      sums[i - bound] += x[xo + i] - first;
    }
    return ScalarSums.tree(sums);
  }

  /** {@code out = (dy - base - shift - u * factor) * scale}. */
  private static void combine(
      float[] dy,
      int yo,
      float base,
      float shift,
      float[] u,
      int uo,
      float factor,
      float scale,
      float[] out,
      int oo,
      int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = (dy[yo + i] - base - shift - u[uo + i] * factor) * scale;
    }
  }
}
