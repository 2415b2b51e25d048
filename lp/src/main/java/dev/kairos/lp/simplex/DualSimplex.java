// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import dev.kairos.lp.Tolerances;
import dev.kairos.lp.factor.SparseVector;
import java.util.Arrays;

/**
 * The dual simplex method: keeps reduced costs of the right sign and drives infeasible basic
 * variables out. Where reduced costs have the wrong sign at the start, bounds far out stand in for
 * the missing ones; only where these hold at the end there is a phase 1, the same method on boxes.
 */
final class DualSimplex {
  private static final double DISAGREE = 1e-7;
  private static final int MOST_TROUBLE = 30;
  private static final int MOST_DISTURBED = 5;

  /** A dual step of this size is none. */
  private static final double STEP = 1e-12;

  private final SimplexState state;
  private final Limits limits;
  private final double dualTolerance;
  private final double[] primalTolerance;
  private final DualStart start;
  private final DualPricing pricing;
  private final DualRatioTest ratioTest;
  private final SparseVector rho;
  private final SparseVector row;
  private final SparseVector alpha;
  private final SparseVector tau;
  private final SparseVector flip;
  private final StallWatch watch;
  private final int patience;
  private int trouble;
  private int standing;
  private int disturbed;
  private boolean fresh;
  private boolean skipped;
  private boolean boxed;

  /** After {@link Outcome#INFEASIBLE}: scaled row multipliers that prove it [m]. */
  double[] farkas = {};

  DualSimplex(SimplexState state, Limits limits, Tolerances tolerances) {
    this.state = state;
    this.limits = limits;
    dualTolerance = tolerances.dual();
    primalTolerance = new double[state.size];
    Arrays.fill(primalTolerance, tolerances.primal());
    start = new DualStart(state, dualTolerance);
    pricing = new DualPricing(state, primalTolerance);
    ratioTest = new DualRatioTest(state, dualTolerance);
    rho = new SparseVector(state.rows);
    row = new SparseVector(state.size);
    alpha = new SparseVector(state.rows);
    tau = new SparseVector(state.rows);
    flip = new SparseVector(state.rows);
    patience = 500 + state.rows;
    watch = new StallWatch(1000 + state.rows / 2);
  }

  /** Solves for the working costs; the caller compares them with the program's. */
  Outcome solve() {
    refactor();
    state.computeDual(state.cost);
    if (start.dualInfeasible()) {
      start.standIn();
      rebuild();
      Outcome outcome = iterate(limits.astray(state));
      if (outcome == Outcome.STOPPED) {
        return outcome;
      }
      boolean within = outcome == Outcome.OPTIMAL && !start.standsIn();
      watch.reset();
      state.restoreBounds();
      if (!within) {
        outcome = phaseOne();
        if (outcome != Outcome.OPTIMAL) {
          return outcome;
        }
      }
    }
    rebuild();
    return iterate(limits.astray(state));
  }

  /** Goes on to a dual feasible basis, if there is one. */
  private Outcome phaseOne() {
    refactor();
    state.computeDual(state.cost);
    if (start.dualInfeasible()) {
      start.boxes();
      boxed = true;
      rebuild();
      Outcome outcome = iterate(limits.astray(state));
      boxed = false;
      watch.reset();
      state.restoreBounds();
      if (outcome != Outcome.OPTIMAL) {
        return outcome == Outcome.STOPPED ? outcome : Outcome.TROUBLE;
      }
      if (start.dualInfeasible()) {
        return Outcome.DUAL_INFEASIBLE;
      }
    }
    return Outcome.OPTIMAL;
  }

  /**
   * Goes on from a basis that is dual feasible but for rounding, which costs are shifted to meet.
   */
  Outcome resume() {
    refactor();
    rebuild();
    return iterate(limits.astray(state));
  }

  /**
   * Goes on from an optimal basis until variables are within their bounds but for rounding, or it
   * is plain that they cannot be.
   *
   * @param most iterations; after them the answer is {@link Outcome#TROUBLE}
   */
  Outcome sharpen(int most) {
    state.refine();
    refactor();
    rebuild();
    state.roundings(primalTolerance);
    pricing.measure();
    return iterate(limits.iterations() + most);
  }

  private void refactor() {
    pricing.beforeRefactor();
    if (!state.refactor()) {
      trouble++;
    }
    pricing.afterRefactor();
    fresh = true;
  }

  /** Values and reduced costs from fresh factors, dual feasible. */
  private void rebuild() {
    if (state.factor.updates() > 0) {
      refactor();
    }
    state.computeDual(state.cost);
    for (int j = 0; j < state.size; j++) {
      if (state.dualInfeasibility(j) > dualTolerance) {
        if (state.boxed(j)) {
          state.put(j, state.d[j] < 0 ? Place.UPPER : Place.LOWER);
        } else {
          shift(j);
        }
      }
    }
    state.computePrimal();
    pricing.measure();
    skipped = false;
    limits.tell(state, SimplexProgress.Method.DUAL, boxed);
  }

  /** Changes the cost of a variable so that its reduced cost is zero. */
  private void shift(int j) {
    state.cost[j] -= state.d[j];
    state.d[j] = 0;
  }

  private Outcome iterate(int astray) {
    while (true) {
      if (limits.stop()) {
        return Outcome.STOPPED;
      }
      if (trouble > MOST_TROUBLE || limits.iterations() > astray) {
        return Outcome.TROUBLE;
      }
      if (state.factor.worn()) {
        refactor();
        rebuild();
        double fallen = -state.program.objective(state.cost, state.x);
        if (watch.stalled(fallen, limits.iterations()) && !disturb()) {
          return Outcome.TROUBLE;
        }
      }
      if (standing > patience && !disturb()) { // it may be going round in a circle
        return Outcome.TROUBLE;
      }
      int r = chooseRow();
      if (r < 0) {
        if (fresh) {
          return skipped ? Outcome.TROUBLE : Outcome.OPTIMAL;
        }
        refactor();
        rebuild();
        continue;
      }
      int leaving = state.head[r];
      double delta = Math.min(0, state.x[leaving] - state.lower[leaving]);
      delta = delta < 0 ? delta : state.x[leaving] - state.upper[leaving];
      state.priceRow(rho, row);
      int q = ratioTest.choose(row, delta, smallestPivot(), primalTolerance[leaving]);
      if (q < 0) {
        if (fresh) {
          farkas = new double[state.rows];
          for (int k = 0; k < rho.count; k++) {
            int i = rho.index[k];
            farkas[i] = delta > 0 ? rho.value[i] : -rho.value[i];
          }
          return Outcome.INFEASIBLE;
        }
        refactor();
        rebuild();
        continue;
      }
      state.column(q, alpha);
      state.factor.ftranEntering(alpha);
      if (disagree(alpha.value[r], row.value[q])) {
        mend(r);
        continue;
      }
      pivot(r, q, delta);
    }
  }

  /** New costs for a method that stands still; false if that was done too often to help. */
  private boolean disturb() {
    CostPerturbation.again(state, disturbed++);
    standing = 0;
    watch.reset();
    return disturbed <= MOST_DISTURBED;
  }

  /** The place to leave, with its row of the inverse in {@code rho}; -1 if all are feasible. */
  private int chooseRow() {
    while (true) {
      int r = pricing.choose();
      if (r < 0) {
        return r;
      }
      state.factor.btranLeaving(r, rho);
      if (pricing.correct(r, rho)) {
        return r;
      }
    }
  }

  private double smallestPivot() {
    int updates = state.factor.updates();
    return updates < 10 ? 1e-9 : updates < 20 ? 3e-8 : 1e-7;
  }

  private static boolean disagree(double byColumn, double byRow) {
    double least = Math.min(Math.abs(byColumn), Math.abs(byRow));
    return !(Math.abs(byColumn - byRow) <= DISAGREE * (1 + least))
        || least < 1e-11
        || Math.abs(byColumn - byRow) > 0.1 * least;
  }

  /** After a pivot that cannot be trusted: better factors, or another row. */
  private void mend(int r) {
    trouble++;
    if (fresh) {
      state.tighten();
      pricing.skip(r);
      skipped = true;
    } else {
      refactor();
      rebuild();
    }
  }

  private void pivot(int r, int q, double delta) {
    int leaving = state.head[r];
    double pivot = alpha.value[r];
    flipBounds();
    double infeasible = flips() ? remaining(leaving, delta) : delta;
    boolean wrongSign = state.place[q] == Place.UPPER ? state.d[q] > 0 : state.d[q] < 0;
    if (wrongSign || state.place[q] == Place.ZERO) {
      shift(q);
    }
    double dualStep = state.d[q] / row.value[q];
    standing = Math.abs(dualStep) > STEP ? 0 : standing + 1;
    if (dualStep != 0) {
      for (int k = 0; k < row.count; k++) {
        int j = row.index[k];
        state.d[j] -= dualStep * row.value[j];
      }
    }
    state.d[q] = 0;
    state.d[leaving] = -dualStep;
    tau.set(rho);
    state.factor.ftran(tau);
    pricing.update(r, alpha, tau);
    double step = infeasible / pivot;
    for (int k = 0; k < alpha.count; k++) {
      int i = alpha.index[k];
      state.x[state.head[i]] -= step * alpha.value[i];
    }
    state.x[q] += step;
    state.put(leaving, delta > 0 ? Place.UPPER : Place.LOWER);
    state.place[q] = Place.BASIC;
    state.head[r] = q;
    for (int k = 0; k < alpha.count; k++) {
      pricing.measure(alpha.index[k]);
    }
    fresh = false;
    limits.count();
    if (!state.factor.update(r, pivot)) {
      trouble++;
      refactor();
      rebuild();
    }
  }

  private boolean flips() {
    return ratioTest.flips > 0;
  }

  private double remaining(int leaving, double delta) {
    double bound = delta > 0 ? state.upper[leaving] : state.lower[leaving];
    return state.x[leaving] - bound;
  }

  /** Moves the boxed variables whose reduced costs pass zero, and the basic ones with them. */
  private void flipBounds() {
    if (!flips()) {
      return;
    }
    flip.clear();
    for (int k = 0; k < ratioTest.flips; k++) {
      int j = ratioTest.flipped[k];
      double before = state.x[j];
      state.put(j, state.place[j] == Place.LOWER ? Place.UPPER : Place.LOWER);
      state.addColumn(j, state.x[j] - before, flip.value);
    }
    flip.gather(0);
    state.factor.ftran(flip);
    for (int k = 0; k < flip.count; k++) {
      int i = flip.index[k];
      state.x[state.head[i]] -= flip.value[i];
      pricing.measure(i);
    }
  }
}
