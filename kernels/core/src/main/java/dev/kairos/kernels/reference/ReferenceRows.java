// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.reference;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.RowFunction;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.host.HostDoubles;
import java.util.Arrays;

/**
 * The definitions of what handles each row along the last axis: copied out, changed in place and
 * copied back.
 */
final class ReferenceRows {
  private ReferenceRows() {}

  static void rows(RowFunction f, double epsilon, Strided in, Strided out) {
    int last = in.rank() - 1;
    double[] row = new double[in.size(last)];
    ReferenceWalk.over(
        in.axes(0, last, in.offset()),
        out.axes(0, last, out.offset()),
        out.axes(0, last, out.offset()),
        (i, p, q, r) -> {
          load(in, p, row);
          apply(f, epsilon, row);
          store(row, out, q);
        });
  }

  static void layerNorm(double epsilon, Strided in, Strided factor, Strided addend, Strided out) {
    int last = in.rank() - 1;
    double[] row = new double[in.size(last)];
    double[] w = new double[row.length];
    double[] b = new double[row.length];
    load(factor, factor.offset(), w);
    load(addend, addend.offset(), b);
    ReferenceWalk.over(
        in.axes(0, last, in.offset()),
        out.axes(0, last, out.offset()),
        out.axes(0, last, out.offset()),
        (i, p, q, r) -> {
          load(in, p, row);
          apply(RowFunction.NORMALIZE, epsilon, row);
          for (int j = 0; j < row.length; j++) {
            row[j] = row[j] * w[j] + b[j];
          }
          store(row, out, q);
        });
  }

  static void rowsGradient(RowFunction f, double epsilon, Strided at, Strided dy, Strided dx) {
    int last = at.rank() - 1;
    double[] row = new double[at.size(last)];
    double[] gradient = new double[row.length];
    ReferenceWalk.over(
        at.axes(0, last, at.offset()),
        dy.axes(0, last, dy.offset()),
        dx.axes(0, last, dx.offset()),
        (i, p, q, r) -> {
          load(at, p, row);
          load(dy, q, gradient);
          gradient(f, epsilon, row, gradient);
          store(gradient, dx, r);
        });
  }

  private static void load(Strided view, int first, double[] row) {
    int step = view.stride(view.rank() - 1);
    for (int i = 0; i < row.length; i++) {
      row[i] = HostDoubles.values(view)[first + i * step];
    }
  }

  private static void store(double[] row, Strided view, int first) {
    int step = view.stride(view.rank() - 1);
    for (int i = 0; i < row.length; i++) {
      HostDoubles.values(view)[first + i * step] = row[i];
    }
  }

  /** {@code row = f(row)}. */
  private static void apply(RowFunction f, double epsilon, double[] row) {
    switch (f) {
      case SOFTMAX -> softmax(row, false);
      case LOG_SOFTMAX -> softmax(row, true);
      case NORMALIZE -> {
        subtractMean(row);
        double deviation = deviation(row, epsilon);
        Arrays.setAll(row, i -> row[i] / deviation);
      }
      case L2_NORMALIZE -> {
        double s = length(row) + epsilon;
        Arrays.setAll(row, i -> s == 0 ? 0 : row[i] / s);
      }
    }
  }

  private static void softmax(double[] row, boolean log) {
    double max = Double.NEGATIVE_INFINITY;
    for (double x : row) {
      max = Math.max(max, x);
    }
    double sum = 0;
    for (double x : row) {
      sum += Math.exp(x - max);
    }
    for (int i = 0; i < row.length; i++) {
      double shifted = row[i] - max;
      row[i] = log ? shifted - Math.log(sum) : Math.exp(shifted) / sum;
    }
  }

  /**
   * The formulas of {@link Backend#rowsGradient}.
   *
   * @param at x, or y where the slope is taken at the result
   * @param g dy; becomes dx
   */
  private static void gradient(RowFunction f, double epsilon, double[] at, double[] g) {
    switch (f) {
      case SOFTMAX -> {
        double along = dot(g, at);
        Arrays.setAll(g, i -> at[i] * (g[i] - along));
      }
      case LOG_SOFTMAX -> {
        double sum = mean(g) * g.length;
        Arrays.setAll(g, i -> g[i] - Math.exp(at[i]) * sum);
      }
      case NORMALIZE -> {
        subtractMean(at);
        subtractMean(g);
        double s = deviation(at, epsilon);
        double[] y = Arrays.stream(at).map(d -> d / s).toArray();
        double along = dot(g, y) / y.length;
        Arrays.setAll(g, i -> (g[i] - y[i] * along) / s);
      }
      case L2_NORMALIZE -> {
        double length = length(at);
        double s = length + epsilon;
        double along = length == 0 ? 0 : dot(g, Arrays.stream(at).map(x -> x / length).toArray());
        Arrays.setAll(g, i -> s == 0 ? 0 : (g[i] - at[i] / s * along) / s);
      }
    }
  }

  private static double mean(double[] row) {
    double sum = 0;
    for (double x : row) {
      sum += x;
    }
    return sum / row.length;
  }

  /** Of what lies above the first element, so that no mean is rounded at a large offset. */
  private static void subtractMean(double[] row) {
    double first = row.length == 0 ? 0 : row[0];
    Arrays.setAll(row, i -> row[i] - first);
    double mean = mean(row);
    Arrays.setAll(row, i -> row[i] - mean);
  }

  private static double deviation(double[] d, double epsilon) {
    return Math.hypot(length(d) / Math.sqrt(d.length), Math.sqrt(epsilon));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Scaled by a power of two, which changes no bit, so that no square overflows or vanishes. */
  private static double length(double[] row) {
    double largest = 0;
    for (double x : row) {
      largest = Math.max(largest, Math.abs(x));
    }
    if (largest == 0 || !(largest < Double.POSITIVE_INFINITY)) {
      return largest;
    }
    int exponent = Math.getExponent(largest);
    double[] scaled = Arrays.stream(row).map(x -> Math.scalb(x, -exponent)).toArray();
    return Math.scalb(Math.sqrt(dot(scaled, scaled)), exponent);
  }
}
