// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import dev.kairos.lp.factor.SparseVector;
import java.util.Arrays;

/**
 * Which basic variable leaves: the one with the largest squared infeasibility relative to its
 * weight, the squared norm of its row of the inverse (dual steepest edge). The places are taken in
 * blocks that remember their best one, so that after an exchange which touched few places few are
 * looked at again.
 */
final class DualPricing {
  private static final double LEAST_WEIGHT = 1e-4;
  private static final int BLOCK_BITS = 6;
  private static final int NONE = -1;

  /** In place of the best one of a block that has to be looked at again. */
  private static final int CHANGED = -2;

  private final SimplexState state;
  private final double[] tolerance;
  private final double[] weight;
  private final double[] ofVariable;
  private final double[] infeasibility;
  private final int[] bestOfBlock;

  /** Pricing with a tolerance on the infeasibility of each variable [n + m]. */
  DualPricing(SimplexState state, double[] tolerance) {
    this.state = state;
    this.tolerance = tolerance;
    weight = new double[state.rows];
    ofVariable = new double[state.size];
    infeasibility = new double[state.rows];
    bestOfBlock = new int[(state.rows >> BLOCK_BITS) + 1];
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
    Arrays.fill(bestOfBlock, CHANGED);
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
    set(i, off > tolerance[j] ? off * off : 0);
  }

  private void set(int i, double squared) {
    if (squared != infeasibility[i]) {
      infeasibility[i] = squared;
      bestOfBlock[i >> BLOCK_BITS] = CHANGED;
    }
  }

  private void setWeight(int i, double w) {
    weight[i] = w;
    if (infeasibility[i] != 0) {
      bestOfBlock[i >> BLOCK_BITS] = CHANGED;
    }
  }

  /** The place to leave, or -1 if all are feasible. */
  int choose() {
    int best = NONE;
    for (int b = 0; b < bestOfBlock.length; b++) {
      int other = bestOfBlock[b];
      if (other == CHANGED) {
        other = bestIn(b << BLOCK_BITS);
        bestOfBlock[b] = other;
      }
      if (other != NONE && (best == NONE || better(other, best))) {
        best = other;
      }
    }
    return best;
  }

  private int bestIn(int from) {
    int to = Math.min(from + (1 << BLOCK_BITS), infeasibility.length);
    int best = NONE;
    for (int i = from; i < to; i++) {
      if (counts(i) && (best == NONE || better(i, best))) {
        best = i;
      }
    }
    return best;
  }

  /** Not so where numbers overflowed. */
  private boolean counts(int i) {
    return infeasibility[i] > 0 && Double.isFinite(weight[i]);
  }

  private boolean better(int i, int best) {
    return infeasibility[i] * weight[best] > infeasibility[best] * weight[i];
  }

  /**
   * Corrects the weight of a place, now that its row is known.
   *
   * @return whether the old weight was good enough to have chosen by
   */
  boolean correct(int r, SparseVector rho) {
    double exact = Math.max(LEAST_WEIGHT, rho.squaredNorm());
    double old = weight[r];
    setWeight(r, exact);
    return !(old < 0.25 * exact);
  }

  /** Leaves a place out until it is measured again. */
  void skip(int r) {
    set(r, 0);
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
        setWeight(i, Math.max(w, Math.max(LEAST_WEIGHT, ratio * ratio * LEAST_WEIGHT)));
      }
    }
    setWeight(r, Math.max(own, LEAST_WEIGHT));
  }
}
