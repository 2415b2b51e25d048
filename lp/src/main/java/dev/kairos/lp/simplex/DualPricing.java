// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import dev.kairos.lp.factor.SparseVector;
import java.util.Arrays;

/**
 * Which basic variable leaves: the one with the largest squared infeasibility relative to its
 * weight, the squared norm of its row of the inverse (dual steepest edge).
 */
final class DualPricing {
  private static final double LEAST_WEIGHT = 1e-4;

  private final SimplexState state;
  private final double[] tolerance;
  private final double[] weight;
  private final double[] ofVariable;
  private final double[] infeasibility;

  /** Pricing with a tolerance on the infeasibility of each variable [n + m]. */
  DualPricing(SimplexState state, double[] tolerance) {
    this.state = state;
    this.tolerance = tolerance;
    weight = new double[state.rows];
    ofVariable = new double[state.size];
    infeasibility = new double[state.rows];
    Arrays.fill(weight, 1);
    Arrays.fill(ofVariable, 1);
  }

  /** Keeps the weights with their variables while places change. */
  void beforeRefactor() {
    Arrays.fill(ofVariable, 1);
    for (int i = 0; i < weight.length; i++) {
      ofVariable[state.head[i]] = weight[i];
    }
  }

  /** Takes the weights to the new places. */
  void afterRefactor() {
    for (int i = 0; i < weight.length; i++) {
      weight[i] = ofVariable[state.head[i]];
    }
  }

  /** Looks at all basic variables afresh. */
  void measure() {
    for (int i = 0; i < infeasibility.length; i++) {
      measure(i);
    }
  }

  void measure(int i) {
    int j = state.head[i];
    double off = state.primalInfeasibility(j);
    infeasibility[i] = off > tolerance[j] ? off * off : 0;
  }

  /** The place to leave, or -1 if all are feasible. */
  int choose() {
    int best = -1;
    double bestValue = 0;
    double bestWeight = 1;
    for (int i = 0; i < infeasibility.length; i++) {
      double v = infeasibility[i];
      if (v != 0 && v * bestWeight > bestValue * weight[i]) {
        best = i;
        bestValue = v;
        bestWeight = weight[i];
      }
    }
    return best;
  }

  /**
   * Corrects the weight of a place, now that its row is known.
   *
   * @return whether the old weight was good enough to have chosen by
   */
  boolean correct(int r, SparseVector rho) {
    double exact = Math.max(LEAST_WEIGHT, rho.squaredNorm());
    double old = weight[r];
    weight[r] = exact;
    return old >= 0.25 * exact;
  }

  /** Leaves a place out until it is measured again. */
  void skip(int r) {
    infeasibility[r] = 0;
  }

  /**
   * New weights after the exchange in place r.
   *
   * @param alpha entering column, {@code B^-1 a_q}
   * @param tau {@code B^-1 rho}
   */
  void update(int r, SparseVector alpha, SparseVector tau) {
    double pivot = alpha.value[r];
    double own = weight[r] / (pivot * pivot);
    for (int k = 0; k < alpha.count; k++) {
      int i = alpha.index[k];
      if (i != r) {
        double ratio = alpha.value[i] / pivot;
        double w = weight[i] + ratio * (ratio * weight[r] - 2 * tau.value[i]);
        // The new weight cannot be less than the part that the new row itself has in it.
        weight[i] = Math.max(w, Math.max(LEAST_WEIGHT, ratio * ratio * LEAST_WEIGHT));
      }
    }
    weight[r] = Math.max(own, LEAST_WEIGHT);
  }
}
