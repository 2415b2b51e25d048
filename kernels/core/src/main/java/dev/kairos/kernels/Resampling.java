// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/**
 * Linear interpolation along time with half-pixel centres: output row {@code i} of {@code T'} lies
 * at {@code (i + 0.5) * T / T' - 0.5}, clamped to [0, T-1], between two input rows.
 */
public final class Resampling {
  private final int from;
  private final double ratio;

  /**
   * A plan.
   *
   * @param from input rows T, at least 1
   * @param to output rows T'
   */
  public Resampling(int from, int to) {
    this.from = from;
    this.ratio = (double) from / to;
  }

  private double position(int i) {
    return Math.min(Math.max(0, (i + 0.5) * ratio - 0.5), from - 1);
  }

  /** The input row at or before output row i. */
  public int lower(int i) {
    return (int) position(i);
  }

  /** The input row after {@link #lower}, or the last. */
  public int upper(int i) {
    return Math.min(lower(i) + 1, from - 1);
  }

  /** The weight of {@link #upper}, in [0, 1). */
  public double fraction(int i) {
    return position(i) - lower(i);
  }
}
