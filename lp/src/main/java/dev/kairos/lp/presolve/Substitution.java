// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.presolve;

/**
 * Solves an equation for one of its columns and puts the result in its place everywhere. Only
 * equations and columns for which that makes no more entries than it takes away are looked at:
 * those of two columns, whose bounds move from the one to the other, and columns in few rows that
 * the rows keep within their bounds anyway.
 */
final class Substitution {
  /** A pivot must not be smaller than this part of its row and of its column. */
  private static final double STABLE = 0.01;

  /** What is left of a difference of this relative size is rounding. */
  private static final double CANCELLED = 1e-12;

  private static final int LONGEST_COLUMN = 3;

  /** So many entries more than it takes away a substitution may make. */
  private static final int MORE_ENTRIES = 3;

  private final WorkingProgram p;
  private final Activity activity = new Activity();

  /** Where a column stands in the row that changes, less one; 0 if it does not. */
  private final int[] place;

  Substitution(WorkingProgram program) {
    p = program;
    place = new int[program.columns];
  }

  /** Looks at a row once; returns whether it went, as an equation of two columns. */
  boolean applyToRow(int i) {
    if (p.rowCount[i] != 2 || p.rowLower[i] != p.rowUpper[i]) {
      return false;
    }
    int a = next(p.byRow.start[i]);
    int b = next(a + 1);
    int first = p.byRow.index[a];
    boolean firstGoes = p.columnCount[first] <= p.columnCount[p.byRow.index[b]];
    return pair(i, firstGoes ? a : b, firstGoes ? b : a)
        || pair(i, firstGoes ? b : a, firstGoes ? a : b);
  }

  private int next(int from) {
    int e = from;
    while (p.columnGone[p.byRow.index[e]]) {
      e++;
    }
    return e;
  }

  /** The first of two columns of an equation goes; its bounds become bounds of the second. */
  private boolean pair(int i, int goes, int stays) {
    int j = p.byRow.index[goes];
    int k = p.byRow.index[stays];
    double v = p.byRow.value[goes];
    double w = p.byRow.value[stays];
    double ratio = Math.abs(v / w);
    if (ratio < STABLE || ratio > 1 / STABLE || !stableInColumn(j, v)) {
      return false;
    }
    double atLower = (p.rowLower[i] - v * p.lower[j]) / w;
    double atUpper = (p.rowLower[i] - v * p.upper[j]) / w;
    double low = Math.min(atLower, atUpper);
    double high = Math.max(atLower, atUpper);
    boolean below = low > p.lower[k];
    boolean above = high < p.upper[k];
    double newLower = below ? low : p.lower[k];
    double newUpper = above ? high : p.upper[k];
    if (!(newLower < newUpper)) { // the rules for rows say what that means
      return false;
    }
    p.lower[k] = newLower;
    p.upper[k] = newUpper;
    p.undo.add(
        new Undo.Substituted(
            i,
            j,
            v,
            p.cost[j],
            p.rowLower[i],
            p.byRow.copy(i, p.columnGone, j),
            p.byColumn.copy(j, p.rowGone, i),
            new Undo.Passed(below || above ? k : -1, w, below, above, p.lower[j], p.upper[j])));
    p.touchRowsOf(k);
    eliminate(i, j, v);
    return true;
  }

  /** Looks at a column once; returns whether it went, by an equation that leaves it free. */
  boolean applyToColumn(int j) {
    int count = p.columnCount[j];
    if (count < 2 || count > LONGEST_COLUMN) {
      return false;
    }
    int row = -1;
    double pivot = 0;
    for (int k = p.byColumn.start[j]; k < p.byColumn.end[j]; k++) {
      int i = p.byColumn.index[k];
      if (!p.rowGone[i]
          && p.rowLower[i] == p.rowUpper[i]
          && (row < 0 || p.rowCount[i] < p.rowCount[row])
          && stableInRow(i, p.byColumn.value[k])
          && stableInColumn(j, p.byColumn.value[k])) {
        row = i;
        pivot = p.byColumn.value[k];
      }
    }
    if (row < 0 || fillsIn(p.rowCount[row], count) || !free(j)) {
      return false;
    }
    p.undo.add(
        new Undo.Substituted(
            row,
            j,
            pivot,
            p.cost[j],
            p.rowLower[row],
            p.byRow.copy(row, p.columnGone, j),
            p.byColumn.copy(j, p.rowGone, row),
            Undo.Passed.NOTHING));
    eliminate(row, j, pivot);
    return true;
  }

  private static boolean fillsIn(int rowCount, int columnCount) {
    return (rowCount - 1) * (columnCount - 1) > rowCount + columnCount - 1 + MORE_ENTRIES;
  }

  private boolean stableInRow(int i, double pivot) {
    double most = Math.abs(pivot) / STABLE;
    for (int e = p.byRow.start[i]; e < p.byRow.end[i]; e++) {
      if (!p.columnGone[p.byRow.index[e]] && Math.abs(p.byRow.value[e]) > most) {
        return false;
      }
    }
    return true;
  }

  private boolean stableInColumn(int j, double pivot) {
    double most = Math.abs(pivot) / STABLE;
    for (int k = p.byColumn.start[j]; k < p.byColumn.end[j]; k++) {
      if (!p.rowGone[p.byColumn.index[k]] && Math.abs(p.byColumn.value[k]) > most) {
        return false;
      }
    }
    return true;
  }

  /** Whether rows keep a column within its bounds, by the bounds of their other columns. */
  private boolean free(int j) {
    boolean below = p.lower[j] == Double.NEGATIVE_INFINITY;
    boolean above = p.upper[j] == Double.POSITIVE_INFINITY;
    for (int k = p.byColumn.start[j]; k < p.byColumn.end[j] && !(below && above); k++) {
      int i = p.byColumn.index[k];
      if (!p.rowGone[i]) {
        double v = p.byColumn.value[k];
        activity.of(p, i, j);
        double fromLower = (p.rowLower[i] - activity.greatest) / v;
        double fromUpper = (p.rowUpper[i] - activity.least) / v;
        below |= (v > 0 ? fromLower : fromUpper) >= p.lower[j];
        above |= (v > 0 ? fromUpper : fromLower) <= p.upper[j];
      }
    }
    return below && above;
  }

  /** Takes a row times what is needed from the other rows of a column and from the costs. */
  private void eliminate(int i, int j, double pivot) {
    double side = p.rowLower[i];
    p.removeRow(i);
    EntryLists.Copy row = p.byRow.copy(i, p.columnGone, j);
    EntryLists.Copy column = p.byColumn.copy(j, p.rowGone, i);
    p.removeColumn(j);
    for (int k = 0; k < column.index().length; k++) {
      subtract(column.index()[k], column.value()[k] / pivot, row, side, p.moved[i]);
    }
    double multiplier = p.cost[j] / pivot;
    if (multiplier != 0) {
      p.offset += multiplier * side;
      for (int k = 0; k < row.index().length; k++) {
        p.cost[row.index()[k]] -= multiplier * row.value()[k];
      }
    }
  }

  /** Subtracts a multiple of an equation from a row. */
  private void subtract(
      int target, double times, EntryLists.Copy row, double side, double movedOfRow) {
    for (int e = p.byRow.start[target]; e < p.byRow.end[target]; e++) {
      place[p.byRow.index[e]] = e - p.byRow.start[target] + 1;
    }
    int length = p.byRow.end[target] - p.byRow.start[target];
    boolean cancelled = false;
    for (int k = 0; k < row.index().length; k++) {
      int c = row.index()[k];
      double v = times * row.value()[k];
      if (place[c] == 0) {
        p.byRow.add(target, c, -v);
        p.byColumn.add(c, target, -v);
        p.rowCount[target]++;
        p.columnCount[c]++;
      } else {
        int e = p.byRow.start[target] + place[c] - 1;
        double before = p.byRow.value[e];
        double after = before - v;
        boolean zero = Math.abs(after) <= CANCELLED * Math.abs(v);
        cancelled |= zero;
        p.byRow.value[e] = zero ? 0 : after;
        p.byColumn.value[p.byColumn.find(c, target)] = zero ? 0 : after;
      }
    }
    for (int e = p.byRow.start[target]; e < p.byRow.start[target] + length; e++) {
      place[p.byRow.index[e]] = 0;
    }
    if (cancelled) {
      removeZeros(target, row);
    }
    double shift = times * side;
    p.moved[target] += Math.abs(shift) + Math.abs(times) * movedOfRow;
    p.shiftRow(target, shift);
    p.rowTouched[target] = true;
    p.touchColumnsOf(target);
  }

  private void removeZeros(int target, EntryLists.Copy row) {
    for (int c : row.index()) {
      int e = p.byColumn.find(c, target);
      if (p.byColumn.value[e] == 0) {
        p.byColumn.remove(c, target);
        p.byRow.remove(target, c);
        p.rowCount[target]--;
        p.columnCount[c]--;
      }
    }
  }
}
