// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import java.util.Arrays;

/**
 * Bounded dual simplex with long steps on the blocks of {@link ColumnGroups}: a basis inverse, and
 * pivot rows by {@link ColumnGroups#dotColumns}. Every column costs in proportion to the size of
 * its variable, so y = 0 with all logicals basic is dual feasible and no first phase is needed.
 *
 * <p>With {@code pi_j = alpha_j'y}, a group at 0 has {@code pi <= c} (box) or {@code |pi| <= c}
 * (free), one at its upper bound {@code pi >= c}, and a basic one {@code pi = c}, or {@code -c}
 * when free and negative. The logical of an elastic row is a free column of cost C_i, that of a
 * strict row is fixed at 0. A basic free variable of the wrong sign may turn to the other sign
 * without a pivot, which takes a step of 2c.
 *
 * <p>Costs are raised by some 1e-7, by a rule over size and place of the groups: this both breaks
 * ties and chooses among equal optima (see {@link LinProSolver}).
 */
final class DualSimplex {
  /** How a run ends. */
  enum Outcome {
    OPTIMAL,
    INFEASIBLE,
    FAILED
  }

  /** How to go about it, from quick to safe. */
  enum Mode {
    PERTURBED,
    PLAIN,
    BLAND
  }

  static final byte ZERO = 0;
  static final byte TOP = 1;
  static final byte BASIC = 2;

  private static final double PIVOT = 1e-9;
  private static final double DRIFT = 1e-9;
  private static final double TIE = 1e-12;
  private static final double PERTURBATION = 1e-8;
  private static final int LARGEST_CLASS = 16;

  private final ColumnGroups columns;
  final BasisInverse inverse = new BasisInverse();

  // Per row of the problem, in slots.
  int[] basis = new int[0]; // basic variable: group j of the block, or row i as -1 - i
  boolean[] logicalBasic = new boolean[0];
  double[] x = new double[0]; // values of basic variables, with the bounds they have to keep
  double[] low = new double[0];
  double[] high = new double[0];
  double[] basisCost = new double[0]; // pi of basic variables
  double[] y = new double[0];
  double[] target = new double[0];
  double[] penalty = new double[0];
  private double[] raisedPenalty = new double[0];

  // Per group.
  byte[] state = new byte[0];
  double[] pi = new double[0];
  private double[] cost = new double[0];

  // Of the block in work.
  private double[] alpha = new double[0];
  private double[] rho = new double[0];
  private double[] column = new double[0];
  private double[] flips = new double[0];
  private int[] candidate = new int[0];
  private double[] rate = new double[0];
  private double[] ratio = new double[0];
  private int candidates;
  private int passed;
  private int block;
  private int slot0;
  private int group0;
  private int m;
  private int count;
  private boolean free;
  private Mode mode = Mode.PLAIN;
  private double tolerance;
  private double sigma; // +1 if the leaving variable is above its bounds
  private int pivots;

  DualSimplex(ColumnGroups columns) {
    this.columns = columns;
  }

  /** Makes room for the problem in {@code columns}. */
  void reserve() {
    int rows = columns.slots;
    int groups = columns.groups;
    if (x.length < rows) {
      basis = new int[rows];
      logicalBasic = new boolean[rows];
      x = new double[rows];
      low = new double[rows];
      high = new double[rows];
      basisCost = new double[rows];
      y = new double[rows];
      target = new double[rows];
      penalty = new double[rows];
      raisedPenalty = new double[rows];
      rho = new double[rows];
      column = new double[rows];
      flips = new double[rows];
    }
    if (pi.length < groups) {
      state = new byte[groups];
      pi = new double[groups];
      cost = new double[groups];
      alpha = new double[groups];
    }
    if (candidate.length < rows + groups) {
      candidate = new int[rows + groups];
      rate = new double[rows + groups];
      ratio = new double[rows + groups];
    }
  }

  /** Pivots since this solver was made. */
  int pivots() {
    return pivots;
  }

  /** The unbounded direction of the dual that {@link Outcome#INFEASIBLE} found, by row, in rho. */
  double[] ray() {
    for (int i = 0; i < m; i++) {
      rho[i] *= sigma;
    }
    return rho;
  }

  /**
   * Chooses the block to work on. Its targets and penalties lie in {@link #target} and {@link
   * #penalty}, scaled.
   *
   * @param inverseStart where the inverse of this block begins
   */
  void select(int block, int inverseStart, SignForm form) {
    this.block = block;
    slot0 = columns.blockSlot[block];
    m = columns.blockSlot[block + 1] - slot0;
    group0 = columns.blockGroup[block];
    count = columns.blockGroup[block + 1] - group0;
    free = form == SignForm.FREE;
    inverse.select(inverseStart, m);
  }

  /** Starts with all logicals basic and y = 0. */
  void startCold(Mode how) {
    mode = how;
    boolean raised = how == Mode.PERTURBED;
    for (int i = 0; i < m; i++) {
      int s = slot0 + i;
      basis[s] = -1 - i;
      logicalBasic[s] = true;
      x[s] = target[s];
      low[s] = 0;
      high[s] = 0;
      basisCost[s] = 0;
      y[s] = 0;
      raisedPenalty[s] = penalty[s] + (raised ? PERTURBATION * share(~i) : 0);
    }
    for (int g = group0; g < group0 + count; g++) {
      state[g] = ZERO;
      pi[g] = 0;
      cost[g] = raised ? 1 + PERTURBATION * rank(g) : 1;
    }
    inverse.identity();
  }

  /** What makes one of two groups the second choice: fewer positions, then a hash of its place. */
  double rank(int group) {
    int log = 31 - Integer.numberOfLeadingZeros(columns.groupSize[group]);
    return LARGEST_CLASS - Math.min(LARGEST_CLASS, log) + share(columns.groupFirst[group]);
  }

  /** A fixed number in [0, 1) for each index. */
  private static double share(int index) {
    int h = index * 0x9E3779B9;
    h = (h ^ (h >>> 16)) * 0x85EBCA6B;
    h ^= h >>> 13;
    return (h >>> 1) * 0x1p-31;
  }

  /**
   * Starts from where the last run on this block ended, with other targets. The inverse is still
   * there; y and pi are computed afresh under raised costs.
   */
  void startWarm() {
    mode = Mode.PERTURBED;
    for (int i = 0; i < m; i++) {
      int s = slot0 + i;
      int p = basis[s];
      double sign = sign(s);
      double c = p < 0 ? raisedPenalty[slot0 - 1 - p] : cost[group0 + p];
      basisCost[s] = sign == 0 ? 0 : sign * c;
    }
    computeY();
    System.arraycopy(y, slot0, rho, 0, m);
    columns.dotColumns(block, rho, alpha);
    System.arraycopy(alpha, 0, pi, group0, count);
    computeX();
  }

  /** Runs to the end. */
  Outcome run() {
    double largest = 1;
    for (int i = 0; i < m; i++) {
      largest = Math.max(largest, Math.abs(target[slot0 + i]));
    }
    tolerance = 1e-11 * largest;
    int stall = 2 * (m + count);
    int limit = mode == Mode.BLAND ? 500 * (m + count) : 50 * (m + count);
    int stalled = 0;
    for (int n = 0; n < limit; n++) {
      int r = leaving();
      if (r < 0) {
        return Outcome.OPTIMAL;
      }
      double step = step(r);
      if (step < 0) {
        return step == INFINITE ? Outcome.INFEASIBLE : Outcome.FAILED;
      }
      stalled = step > TIE ? 0 : stalled + 1;
      if (stalled > stall && mode != Mode.BLAND) {
        return Outcome.FAILED;
      }
    }
    return Outcome.FAILED;
  }

  private static final double INFINITE = -1;
  private static final double LOST = -2;

  /** The place of the basic variable farthest outside its bounds, or -1. */
  private int leaving() {
    int best = -1;
    double worst = tolerance;
    for (int s = slot0; s < slot0 + m; s++) {
      double excess = Math.max(low[s] - x[s], x[s] - high[s]);
      if (excess > tolerance) {
        if (mode == Mode.BLAND ? best < 0 || order(s) < order(slot0 + best) : excess > worst) {
          worst = excess;
          best = s - slot0;
        }
      }
    }
    return best;
  }

  /** Variables in a fixed order, for Bland's rule: groups, then logicals. */
  private int order(int s) {
    return basis[s] < 0 ? count - 1 - basis[s] : basis[s];
  }

  /** One step of the dual. Its length, or {@link #INFINITE}, or {@link #LOST}. */
  private double step(int r) {
    int s = slot0 + r;
    boolean above = x[s] > high[s];
    double bound = above ? high[s] : low[s];
    sigma = above ? 1 : -1;
    inverse.row(r, rho);
    columns.dotColumns(block, rho, alpha);
    collect();
    int p = basis[s];
    double other = 0;
    double own = Double.POSITIVE_INFINITY;
    if (p < 0 || free) {
      other = sigma * (p < 0 ? raisedPenalty[slot0 - 1 - p] : cost[group0 + p]);
      own = Math.abs(other - basisCost[s]);
    }
    int chosen = ratioTest(Math.abs(x[s] - bound), own);
    if (chosen < 0 && own == Double.POSITIVE_INFINITY) {
      return INFINITE;
    }
    if (chosen < 0) {
      advance(own);
      flipPassed();
      basisCost[s] = other;
      low[s] = above ? 0 : Double.NEGATIVE_INFINITY;
      high[s] = above ? Double.POSITIVE_INFINITY : 0;
      return own;
    }
    int q = candidate[chosen];
    double length = ratio[chosen];
    ftran(q);
    double element = column[r];
    if (!(Math.abs(element - sigma * rate[chosen]) <= DRIFT * Math.max(1, Math.abs(element)))) {
      return LOST;
    }
    advance(length);
    flipPassed();
    if (p >= 0) {
      pi[group0 + p] = basisCost[s] + sigma * length;
      state[group0 + p] = !free && above ? TOP : ZERO;
    } else {
      logicalBasic[slot0 - 1 - p] = false;
    }
    replace(r, q, bound, rate[chosen] > 0);
    return length;
  }

  /** The variables that can block the step: where, how fast they get there, and after how long. */
  private void collect() {
    int n = 0;
    for (int j = 0; j < count; j++) {
      double speed = sigma * alpha[j];
      int g = group0 + j;
      byte at = state[g];
      if (at == BASIC || Math.abs(speed) <= PIVOT) {
        continue;
      }
      double where;
      if (speed > 0) {
        if (at == TOP) {
          continue;
        }
        where = cost[g];
      } else if (at == TOP) {
        where = cost[g];
      } else if (free) {
        where = -cost[g];
      } else {
        continue;
      }
      candidate[n] = j;
      rate[n] = speed;
      ratio[n] = Math.max(0, (where - pi[g]) / speed);
      n++;
    }
    if (penalty[slot0] < Double.POSITIVE_INFINITY) {
      for (int i = 0; i < m; i++) {
        double speed = sigma * rho[i];
        int s = slot0 + i;
        if (!logicalBasic[s] && Math.abs(speed) > PIVOT) {
          candidate[n] = -1 - i;
          rate[n] = speed;
          double where = speed > 0 ? raisedPenalty[s] : -raisedPenalty[s];
          ratio[n] = Math.max(0, (where - y[s]) / speed);
          n++;
        }
      }
    }
    candidates = n;
  }

  /**
   * The candidate that ends the step, or -1 if none does before {@code own}. Candidates that are
   * passed because the dual objective still rises behind them lie from {@link #passed} on.
   */
  private int ratioTest(double slope, double own) {
    passed = candidates;
    while (passed > 0) {
      int best = 0;
      for (int c = 1; c < passed; c++) {
        if (before(c, best)) {
          best = c;
        }
      }
      if (ratio[best] >= own) {
        return -1;
      }
      int q = candidate[best];
      if (q < 0 || free || mode == Mode.BLAND) {
        return best;
      }
      double behind = slope - Math.abs(rate[best]) * columns.groupSize[group0 + q];
      if (!(behind > tolerance)) {
        return best;
      }
      slope = behind;
      passed--;
      swap(best, passed);
    }
    return -1;
  }

  private boolean before(int c, int best) {
    double difference = ratio[c] - ratio[best];
    if (mode == Mode.BLAND) {
      return difference < -TIE
          || (difference <= TIE && orderOf(candidate[c]) < orderOf(candidate[best]));
    }
    return difference < -TIE
        || (difference <= TIE && Math.abs(rate[c]) > (1 + 1e-9) * Math.abs(rate[best]));
  }

  private int orderOf(int variable) {
    return variable < 0 ? count - 1 - variable : variable;
  }

  private void swap(int a, int b) {
    int c = candidate[a];
    candidate[a] = candidate[b];
    candidate[b] = c;
    double v = rate[a];
    rate[a] = rate[b];
    rate[b] = v;
    double w = ratio[a];
    ratio[a] = ratio[b];
    ratio[b] = w;
  }

  /** Moves y and pi. */
  private void advance(double length) {
    double move = sigma * length;
    if (move != 0) {
      for (int i = 0; i < m; i++) {
        y[slot0 + i] += move * rho[i];
      }
      for (int j = 0; j < count; j++) {
        pi[group0 + j] += move * alpha[j];
      }
    }
  }

  /** Sets each passed group to its other bound and corrects the basic variables. */
  private void flipPassed() {
    if (passed == candidates) {
      return;
    }
    Arrays.fill(flips, 0, m, 0);
    for (int c = passed; c < candidates; c++) {
      int g = group0 + candidate[c];
      boolean up = state[g] == ZERO;
      columns.addColumn(block, g, up ? -columns.groupSize[g] : columns.groupSize[g], flips);
      state[g] = up ? TOP : ZERO;
    }
    inverse.addProduct(flips, x, slot0);
  }

  /** The column of a variable in terms of the basis. */
  private void ftran(int q) {
    Arrays.fill(column, 0, m, 0);
    if (q < 0) {
      inverse.addColumn(-1 - q, 1, column, 0);
    } else {
      Arrays.fill(flips, 0, m, 0);
      columns.addColumn(block, group0 + q, 1, flips);
      inverse.addProduct(flips, column, 0);
    }
  }

  /** The basic variable in place r leaves at {@code bound}, and q takes its place. */
  private void replace(int r, int q, double bound, boolean rising) {
    int s = slot0 + r;
    double move = (x[s] - bound) / column[r];
    for (int i = 0; i < m; i++) {
      x[slot0 + i] -= move * column[i];
    }
    basis[s] = q;
    boolean boxed = q >= 0 && !free;
    int g = group0 + q;
    x[s] = (boxed && state[g] == TOP ? columns.groupSize[g] : 0) + move;
    if (boxed) {
      low[s] = 0;
      high[s] = columns.groupSize[g];
      basisCost[s] = cost[g];
    } else {
      double c = q < 0 ? raisedPenalty[slot0 - 1 - q] : cost[g];
      low[s] = rising ? 0 : Double.NEGATIVE_INFINITY;
      high[s] = rising ? Double.POSITIVE_INFINITY : 0;
      basisCost[s] = rising ? c : -c;
    }
    if (q < 0) {
      logicalBasic[slot0 - 1 - q] = true;
    } else {
      state[g] = BASIC;
    }
    inverse.pivot(r, rho, column);
    pivots++;
  }

  /** Costs as they are meant, and x and y computed afresh with one step of refinement. */
  void polish() {
    for (int i = 0; i < m; i++) {
      int s = slot0 + i;
      double sign = sign(s);
      double c = basis[s] < 0 ? penalty[slot0 - 1 - basis[s]] : 1;
      basisCost[s] = sign == 0 ? 0 : sign * c; // a fixed logical may have an infinite penalty
    }
    computeX();
    computeY();
  }

  /** The slope of the cost of a basic variable: 0 for a logical that has not moved yet. */
  private double sign(int s) {
    return low[s] == high[s] ? 0 : low[s] == 0 ? 1 : -1;
  }

  /** Factors the basis anew. False if it is singular. */
  boolean refactor() {
    for (int k = 0; k < m; k++) {
      Arrays.fill(column, 0, m, 0);
      int p = basis[slot0 + k];
      if (p < 0) {
        column[-1 - p] = 1;
      } else {
        columns.addColumn(block, group0 + p, 1, column);
      }
      inverse.setColumn(k, column);
    }
    return inverse.invert();
  }

  private void computeX() {
    Arrays.fill(x, slot0, slot0 + m, 0);
    System.arraycopy(target, slot0, flips, 0, m);
    for (int g = group0; g < group0 + count; g++) {
      if (state[g] == TOP) {
        columns.addColumn(block, g, -columns.groupSize[g], flips);
      }
    }
    inverse.addProduct(flips, x, slot0);
    for (int i = 0; i < m; i++) {
      int p = basis[slot0 + i];
      if (p < 0) {
        flips[-1 - p] -= x[slot0 + i];
      } else {
        columns.addColumn(block, group0 + p, -x[slot0 + i], flips);
      }
    }
    inverse.addProduct(flips, x, slot0);
  }

  private void computeY() {
    System.arraycopy(basisCost, slot0, column, 0, m);
    for (int k = 0; k < m; k++) {
      rho[k] = inverse.dotColumn(k, column);
    }
    for (int i = 0; i < m; i++) {
      int p = basis[slot0 + i];
      column[i] -= p < 0 ? rho[-1 - p] : columns.dotColumn(block, group0 + p, rho);
    }
    for (int k = 0; k < m; k++) {
      y[slot0 + k] = rho[k] + inverse.dotColumn(k, column);
    }
  }
}
