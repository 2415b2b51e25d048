// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/** A function of two elements. Comparisons give 1 for true and 0 for false. */
public enum ZipFunction {
  /** {@code x + y}. */
  ADD,
  /** {@code x - y}. */
  SUBTRACT,
  /** {@code x * y}. */
  MULTIPLY,
  /** {@code x * y}, but 0 where x is 0, even if y is infinite or NaN. */
  GATE,
  /** {@code x / y}. */
  DIVIDE,
  /** The larger; NaN if either is NaN. */
  MAXIMUM,
  /** The smaller; NaN if either is NaN. */
  MINIMUM,
  /** {@code x > y}. */
  GREATER,
  /** {@code x >= y}. */
  GREATER_EQUAL,
  /** {@code x == y}. */
  EQUAL;

  /** The function in double precision: its definition. */
  public double apply(double x, double y) {
    return switch (this) {
      case ADD -> x + y;
      case SUBTRACT -> x - y;
      case MULTIPLY -> x * y;
      case GATE -> x == 0 ? 0 : x * y;
      case DIVIDE -> x / y;
      case MAXIMUM -> Math.max(x, y);
      case MINIMUM -> Math.min(x, y);
      case GREATER -> x > y ? 1 : 0;
      case GREATER_EQUAL -> x >= y ? 1 : 0;
      case EQUAL -> x == y ? 1 : 0;
    };
  }
}
