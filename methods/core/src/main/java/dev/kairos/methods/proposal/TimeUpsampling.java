// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

/**
 * Linear interpolation to a finer time grid, aligned at the first snippet. Not the resampling of
 * the transformed-resolution pass, which aligns at half snippets.
 */
final class TimeUpsampling {
  private static final int LONGEST = 1 << 28;

  private TimeUpsampling() {}

  /**
   * Values at the positions {@code u = i / factor}, {@code i = 0 .. factor * T - 1}: with {@code i0
   * = min(floor(u), T - 2)}, {@code x[i0] + (x[i0 + 1] - x[i0]) * (u - i0)}. So positions past the
   * last snippet continue the last segment. A single snippet gives a constant.
   *
   * @param series {@code [T]}, T at least 1
   * @param factor at least 1; 1 gives the series itself
   * @return {@code [factor * T]}
   */
  public static double[] linear(double[] series, int factor) {
    int length = series.length;
    if (length < 1 || factor < 1 || (long) length * factor > LONGEST) {
      throw new IllegalArgumentException(
          "up-sampling: needs at least one snippet, a factor of at least 1 and a result of at most "
              + (LONGEST + " positions: T " + length + ", factor " + factor));
    }
    double[] fine = new double[length * factor];
    for (int i = 0; i < fine.length; i++) {
      int i0 = Math.max(0, Math.min(i / factor, length - 2));
      double slope = length > 1 ? series[i0 + 1] - series[i0] : 0;
      fine[i] = series[i0] + slope * ((double) (i - i0 * factor) / factor);
    }
    return fine;
  }
}
