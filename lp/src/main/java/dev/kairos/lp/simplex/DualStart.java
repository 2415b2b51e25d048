// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

/** Bounds in place of those of the program, under which any basis can be made dual feasible. */
final class DualStart {
  /** How far out a bound is that stands in for a missing one, in scaled units. */
  private static final double FAR_OUT = 1e4;

  private static final double FREE_BOX = 1000;

  private final SimplexState state;
  private final double tolerance;

  DualStart(SimplexState state, double dualTolerance) {
    this.state = state;
    tolerance = dualTolerance;
  }

  /** Whether a reduced cost has the wrong sign that no change of bounds can mend. */
  boolean dualInfeasible() {
    for (int j = 0; j < state.size; j++) {
      if (!state.boxed(j) && state.dualInfeasibility(j) > tolerance) {
        return true;
      }
    }
    return false;
  }

  /** Gives a bound to each variable without one to which its reduced cost sends it. */
  void standIn() {
    for (int j = 0; j < state.size; j++) {
      if (!state.boxed(j) && state.dualInfeasibility(j) > tolerance) {
        boolean below = state.lower[j] != Double.NEGATIVE_INFINITY;
        boolean above = state.upper[j] != Double.POSITIVE_INFINITY;
        if (!below) {
          state.lower[j] = (above ? state.upper[j] : 0) - FAR_OUT;
        }
        if (!above) {
          state.upper[j] = (below ? state.lower[j] : 0) + FAR_OUT;
        }
        state.put(j, state.d[j] < 0 ? Place.UPPER : Place.LOWER);
      }
    }
  }

  /** Whether a variable is at a bound that the program does not have. */
  boolean standsIn() {
    for (int j = 0; j < state.size; j++) {
      boolean low = state.place[j] == Place.LOWER && state.lower[j] != state.program.lower[j];
      boolean high = state.place[j] == Place.UPPER && state.upper[j] != state.program.upper[j];
      if (low || high) {
        return true;
      }
    }
    return false;
  }

  /** Phase 1: free [-1000, 1000], one-sided [0, 1] or [-1, 0], others fixed at 0. */
  void boxes() {
    for (int j = 0; j < state.size; j++) {
      boolean below = state.lower[j] != Double.NEGATIVE_INFINITY;
      boolean above = state.upper[j] != Double.POSITIVE_INFINITY;
      state.lower[j] = below ? 0 : above ? -1 : -FREE_BOX;
      state.upper[j] = above ? 0 : below ? 1 : FREE_BOX;
      if (state.place[j] != Place.BASIC) {
        state.put(j, state.d[j] < 0 ? Place.UPPER : Place.LOWER);
      }
    }
  }
}
