// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import dev.kairos.kernels.Precision;

/**
 * The one place where numbers are compared. A failure names the element, both numbers, how many
 * units in the last place lie between them, and what was allowed.
 */
public final class Closeness {
  /** A tolerance that asks for the same bits: zeros of one sign, but any NaN for a NaN. */
  public static final double BITS = -1;

  /** A tolerance that asks for equal numbers; zeros of either sign are equal. */
  public static final double EQUAL = 0;

  private Closeness() {}

  /** What may lie between expected and actual. */
  public interface Tolerance {
    /**
     * The largest allowed difference, or {@link #BITS}.
     *
     * @param index the element, counted in row order
     */
    double of(int index, double expected);
  }

  /** The distance from 1 to the next number. */
  public static double unit(Precision precision) {
    return precision == Precision.FLOAT ? 0x1p-23 : 0x1p-52;
  }

  /**
   * Differences of some units in the last place of the expected number, and no less than the
   * smallest normal number.
   */
  public static Tolerance relative(Precision precision, double units) {
    return (index, expected) -> units * unit(precision) * Math.abs(expected) + Float.MIN_NORMAL;
  }

  /**
   * Fails unless one number is close enough to another.
   *
   * @param what names the comparison
   * @param index the element, for the message and the tolerance
   */
  public static void check(
      String what,
      Precision precision,
      int index,
      double expected,
      double actual,
      Tolerance tolerance) {
    double rounded = precision == Precision.FLOAT ? (float) expected : expected;
    double allowed = tolerance.of(index, expected);
    if (!close(expected, rounded, actual, allowed)) {
      throw new AssertionError(
          what
              + ": element "
              + index
              + ": expected "
              + rounded
              + ", actual "
              + actual
              + ", "
              + units(precision, rounded, actual)
              + " ulp apart, allowed "
              + (allowed == BITS ? "none, nor another sign of zero" : allowed));
    }
  }

  /** Compares all elements of two arrays. */
  public static void check(
      String what, Precision precision, double[] expected, double[] actual, Tolerance tolerance) {
    if (expected.length != actual.length) {
      throw new AssertionError(
          what + ": expected " + expected.length + " elements, actual " + actual.length);
    }
    for (int i = 0; i < expected.length; i++) {
      check(what, precision, i, expected[i], actual[i], tolerance);
    }
  }

  private static boolean close(double expected, double rounded, double actual, double allowed) {
    if (allowed == BITS) {
      return Double.doubleToLongBits(rounded) == Double.doubleToLongBits(actual);
    }
    return rounded == actual
        || (Double.isNaN(expected) && Double.isNaN(actual))
        || (Double.isFinite(expected)
            && Double.isFinite(actual)
            && Math.abs(expected - actual) <= allowed);
  }

  private static String units(Precision precision, double expected, double actual) {
    double ulp = precision == Precision.FLOAT ? Math.ulp((float) expected) : Math.ulp(expected);
    return String.valueOf(Math.abs(expected - actual) / ulp);
  }
}
