// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

/** Prefix sums of a series: sum and mean of any stretch in constant time. */
public final class PrefixSums {
  private final double[] sums;

  /** Prepares a series {@code [T]}. */
  public PrefixSums(double[] series) {
    sums = new double[series.length + 1];
    for (int t = 0; t < series.length; t++) {
      sums[t + 1] = sums[t] + series[t];
    }
  }

  /** T. */
  public int length() {
    return sums.length - 1;
  }

  /**
   * The sum over {@code [from, to)}; 0 where that is empty.
   *
   * @throws IllegalArgumentException if the stretch is not within the series
   */
  public double sum(int from, int to) {
    if (from < 0 || to < from || to > length()) {
      throw new IllegalArgumentException(
          "prefix sums: needs 0 <= from <= to <= " + (length() + ": [" + from + ", " + to + ")"));
    }
    return sums[to] - sums[from];
  }

  /** The mean over {@code [from, to)}; 0 where that is empty. */
  public double mean(int from, int to) {
    double sum = sum(from, to);
    return to > from ? sum / (to - from) : 0;
  }
}
