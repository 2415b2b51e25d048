// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import java.util.Arrays;

/**
 * Bounded dual simplex with long steps on one block of a {@link BlockState}: a basis inverse, and
 * pivot rows by {@link ColumnGroups#dotColumns}. Every column costs in proportion to the size of
 * its variable, so y = 0 with all logicals basic is dual feasible and no first phase is needed. A
 * basic free variable of the wrong sign may turn to the other sign without a pivot, which takes a
 * step of twice its cost.
 *
 * <p>The variable farthest outside its bounds leaves. Runs take little more than a pivot a row, so
 * steepest-edge weights would cost more than they save.
 */
final class BlockSimplex {
  /** How a run ends. */
  enum Outcome {
    OPTIMAL,
    INFEASIBLE,
    FAILED
  }

  private static final double PIVOT = 1e-9;
  private static final double DRIFT = 1e-9;
  private static final double STANDSTILL = 1e-12;
  private static final double FEASIBLE = 1e-11;

  // Steps that are none.
  private static final double INFINITE = -1;
  private static final double LOST = -2;

  private final BlockState state;
  private final ColumnGroups columns;
  private final RatioTest ratioTest = new RatioTest();

  private double[] rho = new double[0]; // row of the inverse
  private int[] filled = new int[0]; // where it is not 0
  private int filledCount;
  private double[] alpha = new double[0]; // pivot row
  private double[] column = new double[0]; // entering column in terms of the basis
  private double[] flipped = new double[0];
  private int from; // groups outside [from, to) are 0 in the pivot row
  private int to;
  private double tolerance;
  private double sigma; // +1 if the leaving variable is above its bounds, else -1
  private long pivots;

  BlockSimplex(BlockState state) {
    this.state = state;
    this.columns = state.columns;
  }

  /** Makes room for the problem in {@code columns}. */
  void reserve() {
    if (rho.length < columns.slots) {
      rho = new double[columns.slots];
      column = new double[columns.slots];
      flipped = new double[columns.slots];
      filled = new int[columns.slots + 1];
    }
    if (alpha.length < columns.groups) {
      alpha = new double[columns.groups];
    }
    ratioTest.reserve(columns.slots + columns.groups);
  }

  /** Pivots since this solver was made. */
  long pivots() {
    return pivots;
  }

  /** Along which the dual rises for ever, by row; called after {@link Outcome#INFEASIBLE}. */
  double[] ray() {
    for (int i = 0; i < state.m; i++) {
      rho[i] *= sigma;
    }
    return rho;
  }

  /** Runs to the end from where the state was started. */
  Outcome run() {
    double largest = 1;
    for (int i = 0; i < state.m; i++) {
      largest = Math.max(largest, Math.abs(state.target[state.slot0 + i]));
    }
    tolerance = FEASIBLE * largest;
    boolean bland = state.mode == BlockState.Mode.BLAND;
    int size = state.m + state.count;
    int stalled = 0;
    for (long n = 0; n < (bland ? 500L : 50L) * size; n++) {
      int r = bland ? firstOutside() : farthestOutside();
      if (r < 0) {
        return Outcome.OPTIMAL;
      }
      double step = step(r, bland);
      if (step < 0) {
        return step == INFINITE ? Outcome.INFEASIBLE : Outcome.FAILED;
      }
      stalled = step > STANDSTILL ? 0 : stalled + 1;
      if (stalled > 2 * size && !bland) {
        return Outcome.FAILED;
      }
    }
    return Outcome.FAILED;
  }

  private int farthestOutside() {
    double[] value = state.x;
    double[] least = state.low;
    double[] most = state.high;
    double worst = tolerance;
    int slot0 = state.slot0;
    int best = slot0 - 1;
    int end = slot0 + state.m;
    for (int s = slot0; s < end; s++) {
      double below = least[s] - value[s];
      double above = value[s] - most[s];
      if (below > worst) {
        worst = below;
        best = s;
      } else if (above > worst) {
        worst = above;
        best = s;
      }
    }
    return best - slot0;
  }

  /** Bland's choice: the first in the order of variables. */
  private int firstOutside() {
    int best = -1;
    for (int i = 0; i < state.m; i++) {
      int s = state.slot0 + i;
      double excess = Math.max(state.low[s] - state.x[s], state.x[s] - state.high[s]);
      if (excess > tolerance
          && (best < 0
              || RatioTest.order(state.basis[s])
                  < RatioTest.order(state.basis[state.slot0 + best]))) {
        best = i;
      }
    }
    return best;
  }

  /** One step of the dual. Its length, or {@link #INFINITE}, or {@link #LOST}. */
  private double step(int r, boolean bland) {
    int s = state.slot0 + r;
    int p = state.basis[s];
    boolean above = state.x[s] > state.high[s];
    double bound = above ? state.high[s] : state.low[s];
    double slope = Math.abs(state.x[s] - bound);
    sigma = above ? 1 : -1;
    double size = Double.POSITIVE_INFINITY;
    double own = Double.POSITIVE_INFINITY;
    if (p < 0 || state.free) {
      size = p < 0 ? state.raisedPenalty[state.rowOf(p)] : state.cost[state.group0 + p];
      own = Math.abs(sigma * size - state.basisCost[s]);
    }
    pivotRow(r);
    ratioTest.clear(own, bland);
    collectGroups(slope);
    if (state.penalty[state.slot0] < Double.POSITIVE_INFINITY) {
      collectLogicals(slope);
    }
    int chosen = ratioTest.choose(slope, tolerance);
    if (chosen < 0) {
      if (own < Double.POSITIVE_INFINITY) {
        advance(own);
        flipPassed();
        state.turn(s, above, size);
      }
      return own < Double.POSITIVE_INFINITY ? own : INFINITE;
    }
    int q = ratioTest.variable(chosen);
    double speed = ratioTest.rate(chosen);
    double length = ratioTest.ratio(chosen);
    ftran(q);
    // The pivot by row and by column: where they differ, the inverse is worn out.
    double pivot = column[r];
    if (!(Math.abs(pivot - sigma * speed) <= DRIFT * Math.max(1, Math.abs(pivot)))) {
      return LOST;
    }
    advance(length);
    flipPassed();
    leave(s, p, above, length);
    enter(r, q, bound, speed > 0);
    return length;
  }

  /**
   * Row r of the inverse, and its products with the columns of groups: those in {@code [from, to)},
   * as no others have a row where rho is not 0.
   */
  private void pivotRow(int r) {
    filledCount = state.inverse.row(r, rho, filled);
    int first = state.count;
    int last = 0;
    for (int t = 0; t < filledCount; t++) {
      int s = state.slot0 + filled[t];
      first = Math.min(first, columns.groupFrom[s]);
      last = Math.max(last, columns.groupTo[s]);
    }
    from = first;
    to = last;
    columns.dotColumns(state.block, from, to, rho, alpha);
  }

  private void collectGroups(double slope) {
    double[] row = alpha;
    double[] rooms = state.room;
    int[] sizes = columns.groupSize;
    int group0 = state.group0;
    int at = 2 * group0 + (sigma > 0 ? 0 : 1);
    int end = to;
    double cap = ratioTest.cap();
    for (int j = from; j < end; j++) {
      double size = Math.abs(row[j]);
      // The sign bit instead of a branch: signs are as good as random here.
      int falls = (int) (Double.doubleToRawLongBits(row[j]) >>> 63);
      double room = rooms[(at + 2 * j) ^ falls];
      if (room < cap * size && size > PIVOT) {
        double loss = state.free ? Double.POSITIVE_INFINITY : size * sizes[group0 + j];
        cap = ratioTest.add(j, sigma * row[j], room, loss, slope);
      }
    }
  }

  private void collectLogicals(double slope) {
    for (int t = 0; t < filledCount; t++) {
      int i = filled[t];
      int s = state.slot0 + i;
      double speed = sigma * rho[i];
      if (!state.logicalBasic[s] && Math.abs(speed) > PIVOT) {
        double room = state.raisedPenalty[s] + (speed > 0 ? -state.y[s] : state.y[s]);
        if (room < ratioTest.cap() * Math.abs(speed)) {
          ratioTest.add(-1 - i, speed, room, Double.POSITIVE_INFINITY, slope);
        }
      }
    }
  }

  /** Moves y, and what pi has left. */
  private void advance(double length) {
    double move = sigma * length;
    double[] row = alpha;
    double[] rooms = state.room;
    double[] y = state.y;
    int slot0 = state.slot0;
    int count = filledCount;
    for (int t = 0; t < count; t++) {
      y[slot0 + filled[t]] += move * rho[filled[t]];
    }
    int end = to;
    for (int j = from, at = 2 * (state.group0 + from); j < end; j++, at += 2) {
      double change = move * row[j];
      rooms[at] -= change;
      rooms[at + 1] += change;
    }
  }

  /** Sets each passed group to its other bound and corrects the basic variables. */
  private void flipPassed() {
    int flips = ratioTest.flips();
    if (flips == 0) {
      return;
    }
    if (flips == 1) {
      int g = state.group0 + ratioTest.flip(0);
      columns.addTerms(state.block, g, change(g), state.inverse);
      state.inverse.addTerms(state.x, state.slot0);
      state.flip(g);
      return;
    }
    Arrays.fill(flipped, 0, state.m, 0);
    for (int k = 0; k < flips; k++) {
      int g = state.group0 + ratioTest.flip(k);
      columns.addColumn(state.block, g, change(g), flipped);
      state.flip(g);
    }
    state.inverse.addProduct(flipped, state.x, state.slot0);
  }

  /** By how much what a group leaves to the others grows when it flips. */
  private double change(int g) {
    return state.place[g] == BlockState.ZERO ? -columns.groupSize[g] : columns.groupSize[g];
  }

  /** The column of a variable in terms of the basis. */
  private void ftran(int q) {
    BasisInverse inverse = state.inverse;
    inverse.clearTerms();
    if (q < 0) {
      inverse.addTerm(-1 - q, 1);
    } else {
      int words = columns.words;
      int at = columns.maskStart(state.group0 + q);
      for (int w = 0; w < words; w++) {
        for (long bits = columns.masks[at + w]; bits != 0; bits &= bits - 1) {
          inverse.addTerm((w << 6) + Long.numberOfTrailingZeros(bits), 1);
        }
        for (long bits = columns.masks[at + words + w]; bits != 0; bits &= bits - 1) {
          int i = (w << 6) + Long.numberOfTrailingZeros(bits);
          inverse.addTerm(i, -columns.outer[state.slot0 + i]);
        }
      }
    }
    Arrays.fill(column, 0, state.m, 0);
    inverse.addTerms(column, 0);
  }

  private void leave(int s, int p, boolean above, double length) {
    if (p < 0) {
      state.logicalBasic[state.rowOf(p)] = false;
    } else {
      byte where = !state.free && above ? BlockState.TOP : BlockState.ZERO;
      state.rest(state.group0 + p, where, state.basisCost[s] + sigma * length);
    }
  }

  /** Variable q takes place r of the basis, where another one leaves at {@code bound}. */
  private void enter(int r, int q, double bound, boolean rising) {
    int slot0 = state.slot0;
    int s = slot0 + r;
    double[] x = state.x;
    double move = (x[s] - bound) / column[r];
    int m = state.m;
    for (int i = 0; i < m; i++) {
      x[slot0 + i] -= move * column[i];
    }
    boolean top = q >= 0 && state.place[state.group0 + q] == BlockState.TOP;
    x[s] = (top ? columns.groupSize[state.group0 + q] : 0) + move;
    state.enter(s, q, rising);
    state.inverse.pivot(r, rho, filled, filledCount, column);
    pivots++;
  }
}
