// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import dev.kairos.lp.BasisStatus;

/** Where a variable stands, as bytes for the loops. */
final class Place {
  static final byte BASIC = 0;
  static final byte LOWER = 1;
  static final byte UPPER = 2;
  static final byte ZERO = 3;

  private Place() {}

  static BasisStatus status(byte place) {
    return switch (place) {
      case BASIC -> BasisStatus.BASIC;
      case LOWER -> BasisStatus.AT_LOWER;
      case UPPER -> BasisStatus.AT_UPPER;
      default -> BasisStatus.AT_ZERO;
    };
  }

  static byte of(BasisStatus status) {
    return switch (status) {
      case BASIC -> BASIC;
      case AT_LOWER -> LOWER;
      case AT_UPPER -> UPPER;
      case AT_ZERO -> ZERO;
    };
  }

  /** The activity of a row is at its lower bound where the logical is at its upper. */
  static BasisStatus mirrored(BasisStatus status) {
    return switch (status) {
      case AT_LOWER -> BasisStatus.AT_UPPER;
      case AT_UPPER -> BasisStatus.AT_LOWER;
      default -> status;
    };
  }

  /** The place of a nonbasic variable, nearest to zero. */
  static byte resting(double lower, double upper) {
    if (lower == Double.NEGATIVE_INFINITY) {
      return upper == Double.POSITIVE_INFINITY ? ZERO : UPPER;
    }
    return Math.abs(lower) <= Math.abs(upper) ? LOWER : UPPER;
  }
}
