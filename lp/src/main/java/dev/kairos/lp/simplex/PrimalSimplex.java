// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import dev.kairos.lp.Tolerances;
import dev.kairos.lp.factor.SparseVector;
import org.jspecify.annotations.Nullable;

/**
 * The primal simplex method. Phase 1 lowers the sum of infeasibilities of the basic variables, with
 * reduced costs computed afresh in each iteration; phase 2 lowers the objective. It finishes what
 * the dual method leaves when disturbed costs are restored, and is the way to an unbounded ray.
 */
final class PrimalSimplex {
  private static final double DISAGREE = 1e-7;
  private static final int MOST_TROUBLE = 30;
  private static final int MOST_DISTURBED = 2;

  private final SimplexState state;
  private final Limits limits;
  private final double primalTolerance;
  private final PrimalPricing pricing;
  private final PrimalRatioTest ratioTest;
  private final SparseVector rho;
  private final SparseVector row;
  private final SparseVector alpha;
  private final double[] phaseOneCost;
  private final StallWatch watch;
  private final int patience;
  private final int mostDisturbed;
  private int trouble;
  private int standing;
  private boolean fresh;
  private boolean phaseOne;

  /** How often the bounds were disturbed; if at all, the answer is one for the disturbed bounds. */
  int disturbed;

  /** After {@link Outcome#INFEASIBLE}: scaled row multipliers that prove it [m]. */
  double[] farkas = {};

  /** After {@link Outcome#UNBOUNDED}: the scaled direction [n + m]. */
  double[] ray = {};

  /** A method that may disturb bounds, or not. */
  PrimalSimplex(SimplexState state, Limits limits, Tolerances tolerances, boolean mayDisturb) {
    mostDisturbed = mayDisturb ? MOST_DISTURBED : 0;
    this.state = state;
    this.limits = limits;
    primalTolerance = tolerances.primal();
    pricing = new PrimalPricing(state, tolerances.dual());
    ratioTest = new PrimalRatioTest(state, tolerances.primal());
    rho = new SparseVector(state.rows);
    row = new SparseVector(state.size);
    alpha = new SparseVector(state.rows);
    phaseOneCost = new double[state.size];
    patience = 500 + state.size / 4;
    watch = new StallWatch(200 + state.rows / 10);
  }

  /** Solves for the working costs and bounds. */
  Outcome solve() {
    int astray = limits.astray(state);
    rebuild();
    while (true) {
      if (limits.stop()) {
        return Outcome.STOPPED;
      }
      if (trouble > MOST_TROUBLE || limits.iterations() > astray) {
        return Outcome.TROUBLE;
      }
      if (state.factor.worn()) {
        rebuild();
        if (standsStill()) {
          return phaseOne ? Outcome.TROUBLE : Outcome.OPTIMAL;
        }
      }
      if (phaseOne) {
        priceInfeasibilities();
      }
      int q = pricing.choose(standing > patience);
      if (q < 0 && !fresh) {
        rebuild();
      } else if (q < 0) {
        return phaseOne ? infeasible() : Outcome.OPTIMAL;
      } else {
        Outcome end = iterate(q);
        if (end != null) {
          return end;
        }
      }
    }
  }

  /** Values and reduced costs from fresh factors. */
  private void rebuild() {
    if (state.factor.updates() > 0 || !fresh) {
      if (!state.refactor()) {
        trouble++;
        pricing.reset();
      }
      fresh = true;
    }
    state.computePrimal();
    boolean before = phaseOne;
    phaseOne = false;
    for (int i = 0; i < state.rows && !phaseOne; i++) {
      phaseOne = state.primalInfeasibility(state.head[i]) > primalTolerance;
    }
    if (!phaseOne) {
      state.computeDual(state.cost);
    } else if (!before) { // rounding has thrown phase 2 back
      trouble++;
    }
    if (phaseOne != before) {
      watch.reset();
    }
    limits.tell(state, SimplexProgress.Method.PRIMAL, phaseOne);
  }

  /** Whether it ended because nothing moved, though some reduced costs have the wrong sign. */
  boolean gaveUp() {
    return disturbed > mostDisturbed;
  }

  /**
   * Where nothing moves the bounds are disturbed. Where nothing moves even then, reduced costs are
   * the rounding of zero, and the point is as good as it will be.
   *
   * @return whether to give up
   */
  private boolean standsStill() {
    double value =
        phaseOne ? state.primalInfeasibility() : state.program.objective(state.cost, state.x);
    if (mostDisturbed == 0 || !watch.stalled(value, limits.iterations())) {
      return false;
    }
    BoundPerturbation.apply(state, disturbed++);
    watch.reset();
    standing = 0;
    return gaveUp();
  }

  /** Reduced costs of the sum of infeasibilities; leaves phase 1 where that sum is zero. */
  private void priceInfeasibilities() {
    phaseOne = false;
    for (int i = 0; i < state.rows; i++) {
      int j = state.head[i];
      boolean off = state.primalInfeasibility(j) > primalTolerance;
      phaseOneCost[j] = !off ? 0 : state.x[j] < state.lower[j] ? -1 : 1;
      phaseOne |= off;
    }
    state.computeDual(phaseOne ? phaseOneCost : state.cost);
    for (int i = 0; i < state.rows; i++) {
      phaseOneCost[state.head[i]] = 0;
    }
    if (!phaseOne) {
      pricing.reset();
    }
  }

  private Outcome infeasible() {
    farkas = new double[state.rows];
    for (int i = 0; i < state.rows; i++) {
      farkas[i] = -state.d[state.columns + i];
    }
    for (int i = 0; i < state.rows; i++) {
      int j = state.head[i];
      if (j
          >= state.columns) { // the reduced cost of a basic logical is its cost less the multiplier
        double off = state.primalInfeasibility(j);
        double cost = off <= primalTolerance ? 0 : state.x[j] < state.lower[j] ? -1 : 1;
        farkas[j - state.columns] = cost;
      }
    }
    return Outcome.INFEASIBLE;
  }

  /** One iteration; how the method ends, or null if it goes on. */
  private @Nullable Outcome iterate(int q) {
    int direction = state.d[q] < 0 ? 1 : -1;
    state.column(q, alpha);
    state.factor.ftranEntering(alpha);
    double smallest = fresh ? 1e-9 : 1e-8;
    if (phaseOne) {
      ratioTest.infeasible(alpha, q, direction, smallest, Math.abs(state.d[q]));
    } else {
      ratioTest.feasible(alpha, q, direction, smallest, standing > patience);
    }
    if (ratioTest.step == Double.POSITIVE_INFINITY) {
      return endless(q, direction);
    }
    standing = ratioTest.step > 0 ? 0 : standing + 1;
    limits.count();
    if (ratioTest.leaving < 0) {
      move(direction * ratioTest.step);
      state.put(q, state.place[q] == Place.LOWER ? Place.UPPER : Place.LOWER);
      return null;
    }
    int r = ratioTest.leaving;
    state.factor.btranLeaving(r, rho);
    state.priceRow(rho, row);
    double pivot = alpha.value[r];
    if (Math.abs(pivot - row.value[q]) > DISAGREE * (1 + Math.abs(pivot))) {
      trouble++;
      if (fresh) {
        state.tighten();
      }
      fresh = false;
      rebuild();
      return null;
    }
    exchange(r, q, direction);
    return null;
  }

  /** Nothing stops the entering variable. */
  private @Nullable Outcome endless(int q, int direction) {
    if (!fresh || phaseOne) { // the sum of infeasibilities cannot fall for ever
      trouble++;
      fresh = false;
      rebuild();
      return null;
    }
    ray = new double[state.size];
    ray[q] = direction;
    for (int k = 0; k < alpha.count; k++) {
      int i = alpha.index[k];
      ray[state.head[i]] = -direction * alpha.value[i];
    }
    return Outcome.UNBOUNDED;
  }

  private void move(double by) {
    if (by != 0) {
      for (int k = 0; k < alpha.count; k++) {
        int i = alpha.index[k];
        state.x[state.head[i]] -= by * alpha.value[i];
      }
    }
  }

  private void exchange(int r, int q, int direction) {
    int leaving = state.head[r];
    double pivot = alpha.value[r];
    pricing.update(row, q, leaving);
    if (!phaseOne) {
      double dualStep = state.d[q] / pivot;
      for (int k = 0; k < row.count; k++) {
        int j = row.index[k];
        state.d[j] -= dualStep * row.value[j];
      }
      state.d[q] = 0;
      state.d[leaving] = -dualStep;
    }
    move(direction * ratioTest.step);
    state.x[q] += direction * ratioTest.step;
    state.put(leaving, ratioTest.toUpper ? Place.UPPER : Place.LOWER);
    state.place[q] = Place.BASIC;
    state.head[r] = q;
    fresh = false;
    if (!state.factor.update(r, pivot)) {
      trouble++;
      rebuild();
    }
  }
}
