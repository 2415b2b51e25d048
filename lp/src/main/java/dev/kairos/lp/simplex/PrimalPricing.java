// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import dev.kairos.lp.factor.SparseVector;
import java.util.Arrays;

/**
 * Which nonbasic variable enters the basis: the one with the largest squared reduced cost relative
 * to its Devex weight, or by Bland's rule the first with the wrong sign.
 */
final class PrimalPricing {
  private static final double LARGEST_WEIGHT = 1e7;

  private final SimplexState state;
  private final double tolerance;
  private final double[] weight;

  PrimalPricing(SimplexState state, double tolerance) {
    this.state = state;
    this.tolerance = tolerance;
    weight = new double[state.size];
    reset();
  }

  /** Makes the present nonbasic variables the frame of reference. */
  void reset() {
    Arrays.fill(weight, 1);
  }

  /** The entering variable, or -1 if no reduced cost has the wrong sign. */
  int choose(boolean bland) {
    int best = -1;
    double bestValue = 0;
    double bestWeight = 1;
    for (int j = 0; j < state.size; j++) {
      double off = state.dualInfeasibility(j);
      if (off > tolerance) {
        if (bland) {
          return j;
        }
        if (off * off * bestWeight > bestValue * weight[j]) {
          best = j;
          bestValue = off * off;
          bestWeight = weight[j];
        }
      }
    }
    return best;
  }

  /**
   * New weights after an exchange.
   *
   * @param row the pivot row over the nonbasic variables
   * @param q entering
   * @param leaving the variable that left
   */
  void update(SparseVector row, int q, int leaving) {
    double pivot = row.value[q];
    double own = weight[q];
    for (int k = 0; k < row.count; k++) {
      int j = row.index[k];
      double ratio = row.value[j] / pivot;
      weight[j] = Math.max(weight[j], ratio * ratio * own);
    }
    weight[leaving] = Math.max(1, own / (pivot * pivot));
    if (own > LARGEST_WEIGHT) {
      reset();
    }
  }
}
