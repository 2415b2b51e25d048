// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

/** The coefficients of a contrast row. */
public enum Weighting {
  /** +1 on the inner range, -1 on the outer ones: a row is a difference of sums. */
  UNIT,
  /** 1/|inner| on the inner range, -1/|outer| on the outer ones: a difference of means. */
  NORMALIZED
}
