// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.presolve;

import dev.kairos.lp.BasisStatus;

/** What can be done with a column. */
final class ColumnRules {
  /** A pivot must not be smaller than this part of its row. */
  private static final double STABLE = 0.01;

  private final WorkingProgram p;
  private final Activity activity = new Activity();

  ColumnRules(WorkingProgram program) {
    p = program;
  }

  /** Looks at a column once; returns whether it went. */
  boolean apply(int j) {
    if (p.lower[j] >= p.upper[j]) {
      if (p.lower[j] > p.upper[j] + WorkingProgram.slack(Math.abs(p.upper[j]))) {
        p.hopeless = true;
        return false;
      }
      fix(p, j, false);
      return true;
    }
    if (p.columnCount[j] == 1 && singleton(j)) {
      return true;
    }
    return fixByCost(j);
  }

  /** Gives a column the value of one of its bounds. */
  static void fix(WorkingProgram p, int j, boolean up) {
    fix(p, j, up ? p.upper[j] : p.lower[j], up ? BasisStatus.AT_UPPER : BasisStatus.AT_LOWER);
  }

  private static void fix(WorkingProgram p, int j, double at, BasisStatus status) {
    p.undo.add(new Undo.Column(j, at, p.cost[j], status, p.byColumn.copy(j, p.rowGone, -1)));
    p.fix(j, at);
  }

  /**
   * A column that costs nothing to lower (or raise) and helps no row otherwise goes all the way.
   */
  private boolean fixByCost(int j) {
    boolean mayFall = p.cost[j] >= 0;
    boolean mayRise = p.cost[j] <= 0;
    for (int k = p.byColumn.start[j]; k < p.byColumn.end[j] && (mayFall || mayRise); k++) {
      int i = p.byColumn.index[k];
      if (!p.rowGone[i]) {
        boolean positive = p.byColumn.value[k] > 0;
        boolean below = p.rowLower[i] != Double.NEGATIVE_INFINITY;
        boolean above = p.rowUpper[i] != Double.POSITIVE_INFINITY;
        mayFall &= !(positive ? below : above);
        mayRise &= !(positive ? above : below);
      }
    }
    if (mayFall && p.lower[j] != Double.NEGATIVE_INFINITY) {
      fix(p, j, false);
      return true;
    }
    if (mayRise && p.upper[j] != Double.POSITIVE_INFINITY) {
      fix(p, j, true);
      return true;
    }
    if (!mayFall && !mayRise) {
      return false;
    }
    if (p.cost[j] != 0) { // unbounded, if feasible
      p.hopeless = true;
    } else if (p.columnCount[j] == 0) {
      fix(p, j, 0, BasisStatus.AT_ZERO);
      return true;
    }
    return false;
  }

  private boolean singleton(int j) {
    int k = p.byColumn.start[j];
    while (p.rowGone[p.byColumn.index[k]]) {
      k++;
    }
    int i = p.byColumn.index[k];
    double v = p.byColumn.value[k];
    double largest = 0;
    for (int e = p.byRow.start[i]; e < p.byRow.end[i]; e++) {
      if (!p.columnGone[p.byRow.index[e]]) {
        largest = Math.max(largest, Math.abs(p.byRow.value[e]));
      }
    }
    if (Math.abs(v) < STABLE * largest) {
      return false;
    }
    activity.of(p, i, j);
    double low = (v > 0 ? p.rowLower[i] - activity.greatest : p.rowUpper[i] - activity.least) / v;
    double high = (v > 0 ? p.rowUpper[i] - activity.least : p.rowLower[i] - activity.greatest) / v;
    boolean equation = p.rowLower[i] == p.rowUpper[i];
    if (low >= p.lower[j] && high <= p.upper[j]) {
      return free(i, j, v);
    }
    if (equation) {
      return slack(i, j, v);
    }
    return false;
  }

  /** The row and the bounds of the other columns keep the column within its bounds anyway. */
  private boolean free(int i, int j, double v) {
    double multiplier = p.cost[j] / v;
    boolean atLower = multiplier > 0 || (multiplier == 0 && !Double.isInfinite(p.rowLower[i]));
    double bound = atLower ? p.rowLower[i] : p.rowUpper[i];
    if (Double.isInfinite(bound)) { // a multiplier without a bound: unbounded, if feasible
      p.hopeless |= multiplier != 0;
      return false;
    }
    EntryLists.Copy others = p.byRow.copy(i, p.columnGone, j);
    p.undo.add(new Undo.FreeColumn(i, j, v, p.cost[j], bound, atLower, others));
    passCost(i, j, multiplier, bound);
    p.removeRow(i);
    p.removeColumn(j);
    return true;
  }

  /** An equation with a column of its own is a range of the others. */
  private boolean slack(int i, int j, double v) {
    double side = p.rowLower[i];
    double multiplier = p.cost[j] / v;
    EntryLists.Copy others = p.byRow.copy(i, p.columnGone, j);
    p.undo.add(new Undo.SlackColumn(i, j, v, p.cost[j], side, p.lower[j], p.upper[j], others));
    passCost(i, j, multiplier, side);
    double a = side - v * p.lower[j];
    double b = side - v * p.upper[j];
    p.rowLower[i] = Math.min(a, b);
    p.rowUpper[i] = Math.max(a, b);
    p.removeColumn(j);
    p.touchColumnsOf(i);
    return true;
  }

  /** Moves the cost of a column to the others of its row. */
  private void passCost(int i, int j, double multiplier, double side) {
    if (multiplier == 0) {
      return;
    }
    p.offset += multiplier * side;
    for (int e = p.byRow.start[i]; e < p.byRow.end[i]; e++) {
      int other = p.byRow.index[e];
      if (!p.columnGone[other] && other != j) {
        p.cost[other] -= multiplier * p.byRow.value[e];
        p.columnTouched[other] = true;
      }
    }
  }
}
