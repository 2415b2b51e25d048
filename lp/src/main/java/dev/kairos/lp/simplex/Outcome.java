// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

/** How a simplex method ended, before anything is checked. */
enum Outcome {
  /** Primal and dual feasible for the costs and bounds of the program. */
  OPTIMAL,
  /** A row of the inverse, or the multipliers of phase 1, prove that there is no feasible point. */
  INFEASIBLE,
  /** A direction lowers the objective for ever. */
  UNBOUNDED,
  /** The dual method found no dual feasible basis. */
  DUAL_INFEASIBLE,
  /** Too much went wrong in numbers. */
  TROUBLE,
  /** A limit was reached, see {@link Limits}. */
  STOPPED
}
