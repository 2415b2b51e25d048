// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

/** The status of a column, or of a row's activity, in a {@link Basis}. */
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
