// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import static dev.kairos.kernels.cpu.ScalarLoops.PARTIAL_SUMS;

import dev.kairos.kernels.RowFunction;
import java.util.Arrays;

/** {@link RowFunction}s of one row without any vector type. */
final class ScalarRows {
  private ScalarRows() {}

  static void apply(
      RowFunction f, float epsilon, float[] x, int xo, int n, float[] out, int oo, float[] sums) {
    switch (f) {
      case SOFTMAX -> softmax(x, xo, n, false, out, oo, sums);
      case LOG_SOFTMAX -> softmax(x, xo, n, true, out, oo, sums);
      case NORMALIZE -> {
        subtract(x, xo, n, ScalarLoops.sum(x, xo, n, sums) / n, out, oo);
        float scale = perDeviation(out, oo, n, epsilon, sums);
        for (int i = oo; i < oo + n; i++) {
          out[i] *= scale;
        }
      }
      case UNIT -> {
        float scale = (float) (1 / (length(x, xo, n, sums) + epsilon));
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] * scale;
        }
      }
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
    float sum = ScalarLoops.tree(sums);
    float scale = log ? 1 : 1 / sum;
    float shift = log ? -(float) Math.log(sum) : 0;
    for (int i = oo; i < oo + n; i++) {
      out[i] = out[i] * scale + shift;
    }
  }

  static void gradient(
      RowFunction f,
      float epsilon,
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
        float along = ScalarLoops.dot(dy, yo, x, xo, n, sums);
        for (int i = 0; i < n; i++) {
          out[oo + i] = (dy[yo + i] - along) * x[xo + i];
        }
      }
      case LOG_SOFTMAX -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (float) Math.exp(x[xo + i]);
        }
        combine(dy, yo, 0, out, oo, ScalarLoops.sum(dy, yo, n, sums), 1, out, oo, n);
      }
      case NORMALIZE -> {
        subtract(x, xo, n, ScalarLoops.sum(x, xo, n, sums) / n, out, oo);
        float scale = perDeviation(out, oo, n, epsilon, sums);
        float mean = ScalarLoops.sum(dy, yo, n, sums) / n;
        float along = ScalarLoops.dot(dy, yo, out, oo, n, sums) / n * scale * scale;
        combine(dy, yo, mean, out, oo, along, scale, out, oo, n);
      }
      case UNIT -> {
        double length = length(x, xo, n, sums);
        double scale = 1 / (length + epsilon);
        float along = (float) (ScalarLoops.dot(dy, yo, x, xo, n, sums) / length * scale);
        combine(dy, yo, 0, x, xo, along, (float) scale, out, oo, n);
      }
    }
  }

  private static void subtract(float[] x, int xo, int n, float shift, float[] out, int oo) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = x[xo + i] - shift;
    }
  }

  /** {@code 1 / sqrt(mean d^2 + epsilon)}. */
  private static float perDeviation(float[] d, int at, int n, float epsilon, float[] sums) {
    return (float) (1 / Math.sqrt(ScalarLoops.dot(d, at, d, at, n, sums) / n + epsilon));
  }

  private static double length(float[] x, int xo, int n, float[] sums) {
    return Math.sqrt(ScalarLoops.dot(x, xo, x, xo, n, sums) + RowFunction.TINY);
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
    for (int i = 0; i < n; i++) {
      out[oo + i] = (dy[yo + i] - shift - u[uo + i] * factor) * scale;
    }
  }
}
