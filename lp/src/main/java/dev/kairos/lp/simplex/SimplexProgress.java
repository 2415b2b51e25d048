// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

/**
 * The progress of a solve, told to the listener of {@link SimplexOptions} each time the basis is
 * factored afresh, every hundred iterations or so.
 *
 * @param method which method is at work
 * @param feasibility whether it still looks for a feasible start of its own kind (phase 1); the
 *     objective is then that of the search
 * @param iterations simplex iterations so far, of all attempts
 * @param objective of the point at hand, disturbed costs included
 * @param infeasibility sum of what the variables are outside their bounds, in scaled units
 */
public record SimplexProgress(
    Method method, boolean feasibility, int iterations, double objective, double infeasibility) {

  /** The two simplex methods. */
  public enum Method {
    /** Drives infeasible variables out while the objective rises. */
    DUAL,
    /** Lowers the objective, or first the sum of infeasibilities. */
    PRIMAL
  }
}
