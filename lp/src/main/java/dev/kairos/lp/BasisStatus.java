// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

/** Where a column, or the activity of a row, stands in a {@link Basis}. */
public enum BasisStatus {
  /** Determined by the others. */
  BASIC,
  /** At its lower bound. */
  AT_LOWER,
  /** At its upper bound. */
  AT_UPPER,
  /** Without bounds, and at zero. */
  AT_ZERO
}
