// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

/** Bounds on rounding errors, and vectors brought to a size at which products do not overflow. */
final class Rounding {
  /** Half a unit in the last place of 1. */
  private static final double HALF_ULP = 0x1p-53;

  /** Rounding of the two factors of each term and of the product, with room to spare. */
  private static final int PER_TERM = 8;

  private Rounding() {}

  /**
   * By how much a sum of products may differ from that of the numbers meant: every factor may be
   * the rounding of a decimal number, every product and partial sum is rounded.
   *
   * @param count how many terms
   * @param size the sum of the absolute terms
   */
  static double of(int count, double size) {
    return HALF_ULP * (count + PER_TERM) * size;
  }

  /** A copy, divided so that the largest absolute value is 1; as it is if all are zero. */
  static double[] largestToOne(double[] vector) {
    double largest = 0;
    for (double each : vector) {
      double size = Math.abs(each);
      largest = size > largest || Double.isNaN(size) ? size : largest;
    }
    double[] out = vector.clone();
    if (largest > 0) {
      for (int i = 0; i < out.length; i++) {
        out[i] /= largest;
      }
    }
    return out;
  }
}
