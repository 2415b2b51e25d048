// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.model;

/** What is known after a solve. */
public enum SolutionStatus {
  /** The values are optimal, and the duals prove it. */
  OPTIMAL,
  /** No values meet all rows and bounds, and a combination of rows proves it. */
  INFEASIBLE,
  /** The objective improves without end. */
  UNBOUNDED,
  /** Nothing was proved, because of a limit, an interrupt or rounding. */
  STOPPED
}
