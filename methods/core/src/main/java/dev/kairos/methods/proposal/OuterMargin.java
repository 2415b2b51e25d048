// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

/**
 * The length of the outer region on each side of a run of n positions: {@code factor * n^exponent}
 * positions.
 *
 * @param factor at least 0
 * @param exponent in (0, 1]; 1 for a fraction of the run's length
 */
public record OuterMargin(double factor, double exponent) {
  /** Checks the ranges. */
  public OuterMargin {
    if (!(factor >= 0 && Double.isFinite(factor) && exponent > 0 && exponent <= 1)) {
      throw new IllegalArgumentException(
          "outer margin: needs a factor of at least 0 and an exponent in (0, 1]: "
              + (factor + ", " + exponent));
    }
  }

  /**
   * {@code 0.0785 n^0.9}: of the published code of "Bridging Train-Test Gap in Pseudo Labels" (CVPR
   * 2023).
   */
  public static OuterMargin shrinking() {
    return new OuterMargin(0.0785, 0.9);
  }

  /** A fraction of the run's length. */
  public static OuterMargin fraction(double factor) {
    return new OuterMargin(factor, 1);
  }

  /** Positions on each side of a run. */
  public double of(int length) {
    return exponent == 1 ? factor * length : factor * StrictMath.pow(length, exponent);
  }
}
