// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

/**
 * Row functions with sums in double precision, for rows whose squares overflow or underflow single
 * precision.
 */
public final class WideRows {
  // Products of two such elements, and of one with a gradient of 1e-30 to 1e30, stay normal floats.
  private static final double LEAST = 0x1p-40;
  private static final double MOST = 0x1p60;

  private WideRows() {}

  /** Whether a row with this variance, or sum of squares, may be handled in single precision. */
  public static boolean fits(double squares) {
    return squares >= LEAST && squares <= MOST;
  }

  /**
   * Whether a length is lost in the rounding of {@code length + epsilon}, as that of zeros is.
   *
   * @param squares the sum of n squares, each of them rounded
   */
  public static boolean vanishes(double squares, int n, double epsilon) {
    return epsilon >= 0x1p-60
        && epsilon <= MOST
        && squares + (double) n * Float.MIN_VALUE <= 0x1p-52 * epsilon * epsilon;
  }

  /** {@code out = (x - mean) / sqrt(variance + epsilon)}; in place is allowed. */
  public static void normalize(float[] x, int xo, int n, double epsilon, float[] out, int oo) {
    double mean = sum(x, xo, n) / n;
    double deviation = Math.sqrt(squares(x, xo, mean, n) / n + epsilon);
    for (int i = 0; i < n; i++) {
      out[oo + i] = (float) ((x[xo + i] - mean) / deviation);
    }
  }

  /** {@code out = x / (|x| + epsilon)}, zeros for zeros; in place is allowed. */
  public static void l2Normalize(float[] x, int xo, int n, double epsilon, float[] out, int oo) {
    double s = Math.sqrt(squares(x, xo, 0, n)) + epsilon;
    for (int i = 0; i < n; i++) {
      out[oo + i] = s == 0 ? 0 : (float) (x[xo + i] / s);
    }
  }

  /** The gradient of {@link #normalize}. */
  public static void normalizeGradient(
      float[] x, int xo, float[] dy, int yo, int n, double epsilon, float[] out, int oo) {
    double mean = sum(x, xo, n) / n;
    double s = Math.sqrt(squares(x, xo, mean, n) / n + epsilon);
    double shift = sum(dy, yo, n) / n;
    double along = 0;
    for (int i = 0; i < n; i++) {
      along += (dy[yo + i] - shift) * ((x[xo + i] - mean) / s);
    }
    along /= n;
    for (int i = 0; i < n; i++) {
      out[oo + i] = (float) ((dy[yo + i] - shift - (x[xo + i] - mean) / s * along) / s);
    }
  }

  /** The gradient of {@link #l2Normalize}; 0 where that divides by 0. */
  public static void l2NormalizeGradient(
      float[] x, int xo, float[] dy, int yo, int n, double epsilon, float[] out, int oo) {
    double length = Math.sqrt(squares(x, xo, 0, n));
    double s = length + epsilon;
    double along = 0;
    for (int i = 0; i < n && length != 0; i++) {
      along += dy[yo + i] * (x[xo + i] / length);
    }
    for (int i = 0; i < n; i++) {
      out[oo + i] = s == 0 ? 0 : (float) ((dy[yo + i] - x[xo + i] / s * along) / s);
    }
  }

  private static double sum(float[] x, int xo, int n) {
    double sum = 0;
    for (int i = xo; i < xo + n; i++) {
      sum += x[i];
    }
    return sum;
  }

  private static double squares(float[] x, int xo, double shift, int n) {
    double sum = 0;
    for (int i = xo; i < xo + n; i++) {
      sum += (x[i] - shift) * (x[i] - shift);
    }
    return sum;
  }
}
