// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

/** Which label is meant where several are optimal. */
public enum Choice {
  /** A vertex of the program, that of {@link LinProSolver}'s rule: the quickest to find. */
  VERTEX,
  /**
   * The one of least squares, {@code min sum_t x_t^2} over all optimal labels. There is only one,
   * whatever the order of the rows, and it spreads its values evenly.
   */
  LEAST_NORM
}
