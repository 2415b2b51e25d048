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
  private double[] cost = new double[0];
  private double[] room = new double[0]; // two each: how far pi can rise, and fall; free if basic

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
  private int from; // groups outside [from, to) have no part in the pivot row
  private int to;
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
    if (state.length < groups) {
      state = new byte[groups];
      cost = new double[groups];
      room = new double[2 * groups];
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
      cost[g] = raised ? 1 + PERTURBATION * rank(g) : 1;
      rest(g, ZERO, 0);
    }
    inverse.identity();
  }

  /** Makes a group nonbasic. */
  private void rest(int g, byte where, double pi) {
    state[g] = where;
    double below = cost[g] - pi;
    room[2 * g] = where == TOP ? Double.POSITIVE_INFINITY : below;
    room[2 * g + 1] = where == TOP ? -below : free ? cost[g] + pi : Double.POSITIVE_INFINITY;
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
    columns.dotColumns(block, 0, count, rho, alpha);
    for (int g = group0; g < group0 + count; g++) {
      if (state[g] != BASIC) {
        rest(g, state[g], alpha[g - group0]);
      }
    }
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

  /** The place of the basic variable farthest outside its bounds, negative if there is none. */
  private int leaving() {
    double[] value = x;
    double[] least = low;
    double[] most = high;
    double worst = tolerance;
    int best = -1;
    int end = slot0 + m;
    for (int s = slot0; s < end; s++) {
      double excess = Math.max(least[s] - value[s], value[s] - most[s]);
      if (excess > worst) {
        worst = mode == Mode.BLAND ? worst : excess;
        best = mode == Mode.BLAND && best >= 0 && order(best) < order(s) ? best : s;
      }
    }
    return best < 0 ? -1 : best - slot0;
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
    int p = basis[s];
    double other = 0;
    double own = Double.POSITIVE_INFINITY;
    if (p < 0 || free) {
      other = sigma * (p < 0 ? raisedPenalty[slot0 - 1 - p] : cost[group0 + p]);
      own = Math.abs(other - basisCost[s]);
    }
    double slope = Math.abs(x[s] - bound);
    collect(slope, own);
    int chosen = ratioTest(slope);
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
      rest(group0 + p, !free && above ? TOP : ZERO, basisCost[s] + sigma * length);
    } else {
      logicalBasic[slot0 - 1 - p] = false;
    }
    replace(r, q, bound, rate[chosen] > 0);
    return length;
  }

  /**
   * The pivot row, and the variables that can end the step or turn within it: how fast they get to
   * their stop, and after how long. Nothing can happen later than the first stop that cannot be
   * passed, so what comes after it is left out.
   */
  private void collect(double slope, double own) {
    pivotRow();
    double[] row = alpha;
    double[] rooms = room;
    double cap = own;
    int n = 0;
    int at = 2 * group0 + (sigma > 0 ? 0 : 1);
    int end = to;
    for (int j = from; j < end; j++) {
      double size = Math.abs(row[j]);
      // The sign bit instead of a branch: signs are as good as random here.
      int falls = (int) (Double.doubleToRawLongBits(row[j]) >>> 63);
      double left = rooms[(at + 2 * j) ^ falls];
      if (left < cap * size && size > PIVOT) {
        candidate[n] = j;
        rate[n] = sigma * row[j];
        ratio[n] = Math.max(0, left / size);
        if (free || size * columns.groupSize[group0 + j] >= slope) {
          cap = Math.min(cap, ratio[n] + TIE);
        }
        n++;
      }
    }
    candidates = penalty[slot0] < Double.POSITIVE_INFINITY ? collectLogicals(n, cap) : n;
  }

  private int collectLogicals(int n, double cap) {
    for (int i = 0; i < m; i++) {
      double speed = sigma * rho[i];
      double size = Math.abs(speed);
      int s = slot0 + i;
      if (!logicalBasic[s] && size > PIVOT) {
        double room = raisedPenalty[s] + (speed > 0 ? -y[s] : y[s]);
        if (room < cap * size) {
          candidate[n] = -1 - i;
          rate[n] = speed;
          ratio[n] = Math.max(0, room / size);
          n++;
        }
      }
    }
    return n;
  }

  /**
   * The products of rho with the columns of groups: those in {@code [from, to)}, as no others have
   * a row where rho is not 0.
   */
  private void pivotRow() {
    int first = count;
    int last = 0;
    for (int i = 0; i < m; i++) {
      if (rho[i] != 0) {
        first = Math.min(first, columns.groupFrom[slot0 + i]);
        last = Math.max(last, columns.groupTo[slot0 + i]);
      }
    }
    from = first;
    to = last;
    columns.dotColumns(block, from, to, rho, alpha);
  }

  /**
   * The candidate that ends the step, or -1 if there is none. Candidates that are passed because
   * the dual objective still rises behind them lie from {@link #passed} on.
   */
  private int ratioTest(double slope) {
    passed = candidates;
    while (passed > 0) {
      int best = 0;
      for (int c = 1; c < passed; c++) {
        if (before(c, best)) {
          best = c;
        }
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

  /** Moves y, and what pi has left. */
  private void advance(double length) {
    double move = sigma * length;
    double[] row = alpha;
    double[] rooms = room;
    for (int i = 0; i < m; i++) {
      y[slot0 + i] += move * rho[i];
    }
    int end = to;
    for (int j = from, at = 2 * (group0 + from); j < end; j++, at += 2) {
      double change = move * row[j];
      rooms[at] -= change;
      rooms[at + 1] += change;
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
      rest(g, up ? TOP : ZERO, cost[g] + (up ? -room[2 * g] : room[2 * g + 1]));
    }
    inverse.addProduct(flips, x, slot0);
  }

  /** The column of a variable in terms of the basis. */
  private void ftran(int q) {
    Arrays.fill(column, 0, m, 0);
    if (q < 0) {
      inverse.addColumn(-1 - q, 1, column, 0);
      return;
    }
    int words = columns.words(block);
    int at = columns.maskStart(block, group0 + q, words);
    for (int w = 0; w < words; w++) {
      for (long bits = columns.masks[at + w]; bits != 0; bits &= bits - 1) {
        inverse.addColumn((w << 6) + Long.numberOfTrailingZeros(bits), 1, column, 0);
      }
      for (long bits = columns.masks[at + words + w]; bits != 0; bits &= bits - 1) {
        int i = (w << 6) + Long.numberOfTrailingZeros(bits);
        inverse.addColumn(i, -columns.outer[slot0 + i], column, 0);
      }
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
      room[2 * g] = Double.POSITIVE_INFINITY;
      room[2 * g + 1] = Double.POSITIVE_INFINITY;
    }
    inverse.pivot(r, rho, column);
    pivots++;
  }

  /** Costs as they are meant, and x and y computed afresh. */
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
  }

  private void computeY() {
    System.arraycopy(basisCost, slot0, column, 0, m);
    for (int k = 0; k < m; k++) {
      y[slot0 + k] = inverse.dotColumn(k, column);
    }
  }

  /** One step of refinement of x and y: what they still miss goes through the inverse again. */
  void refine() {
    System.arraycopy(target, slot0, flips, 0, m);
    System.arraycopy(y, slot0, rho, 0, m);
    for (int g = group0; g < group0 + count; g++) {
      if (state[g] == TOP) {
        columns.addColumn(block, g, -columns.groupSize[g], flips);
      }
    }
    for (int i = 0; i < m; i++) {
      int s = slot0 + i;
      int p = basis[s];
      if (p < 0) {
        flips[-1 - p] -= x[s];
        column[i] = basisCost[s] - rho[-1 - p];
      } else {
        columns.addColumn(block, group0 + p, -x[s], flips);
        column[i] = basisCost[s] - columns.dotColumn(block, group0 + p, rho);
      }
    }
    inverse.addProduct(flips, x, slot0);
    for (int k = 0; k < m; k++) {
      y[slot0 + k] += inverse.dotColumn(k, column);
    }
  }
}
