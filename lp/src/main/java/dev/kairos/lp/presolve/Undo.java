// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.presolve;

import dev.kairos.lp.BasisStatus;

/**
 * One step back. At its turn all later steps are undone: point, multipliers, reduced costs and
 * basis are those of the program after the step, and become those of the program before it.
 * Multipliers of rows that went earlier are still zero.
 */
sealed interface Undo {
  void apply(Restoration r);

  /** A row that could be left out. */
  record Row(int row) implements Undo {
    @Override
    public void apply(Restoration r) {
      r.rowStatus[row] = BasisStatus.BASIC;
    }
  }

  /** A column that was given a value. */
  record Column(int column, double value, double cost, BasisStatus status, EntryLists.Copy entries)
      implements Undo {
    @Override
    public void apply(Restoration r) {
      r.x[column] = value;
      r.d[column] = cost - entries.dot(r.y);
      r.columnStatus[column] = status;
    }
  }

  /**
   * A row with one column, which became its bounds.
   *
   * @param below whether the row gave the lower bound
   * @param above whether the row gave the upper bound
   * @param fixed whether it left only one value
   */
  record SingletonRow(
      int row, int column, double entry, boolean below, boolean above, boolean fixed)
      implements Undo {
    @Override
    public void apply(Restoration r) {
      double d = r.d[column];
      BasisStatus status = r.columnStatus[column];
      boolean low = (fixed && d != 0) ? d > 0 : status == BasisStatus.AT_LOWER;
      boolean passes = status != BasisStatus.BASIC && (low ? below : above);
      if (!passes) {
        r.rowStatus[row] = BasisStatus.BASIC;
        if (fixed && status != BasisStatus.BASIC) {
          r.columnStatus[column] = low ? BasisStatus.AT_LOWER : BasisStatus.AT_UPPER;
        }
        return;
      }
      r.y[row] = d / entry;
      r.d[column] = 0;
      r.columnStatus[column] = BasisStatus.BASIC;
      r.rowStatus[row] = low == entry > 0 ? BasisStatus.AT_LOWER : BasisStatus.AT_UPPER;
    }
  }

  /**
   * A row that held all its columns at the bounds where its activity is extreme.
   *
   * @param atLower whether its lower bound was met by the greatest activity
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record ForcingRow(int row, int[] columns, double[] entries, boolean atLower) implements Undo {
    @Override
    public void apply(Restoration r) {
      // The multiplier nearest to zero that gives every reduced cost the sign of its bound.
      double multiplier = 0;
      int tight = -1;
      for (int k = 0; k < columns.length; k++) {
        double wanted = r.d[columns[k]] / entries[k];
        if (atLower ? wanted > multiplier : wanted < multiplier) {
          multiplier = wanted;
          tight = k;
        }
      }
      for (int k = 0; k < columns.length; k++) {
        boolean up = entries[k] > 0 == atLower;
        r.columnStatus[columns[k]] = up ? BasisStatus.AT_UPPER : BasisStatus.AT_LOWER;
        r.d[columns[k]] -= entries[k] * multiplier;
      }
      if (tight < 0) {
        r.rowStatus[row] = BasisStatus.BASIC;
        return;
      }
      r.y[row] = multiplier;
      r.d[columns[tight]] = 0;
      r.columnStatus[columns[tight]] = BasisStatus.BASIC;
      r.rowStatus[row] = atLower ? BasisStatus.AT_LOWER : BasisStatus.AT_UPPER;
    }
  }

  /** A column without bounds of its own in one row, which goes with it at one of its bounds. */
  record FreeColumn(
      int row,
      int column,
      double entry,
      double cost,
      double bound,
      boolean atLower,
      EntryLists.Copy others)
      implements Undo {
    @Override
    public void apply(Restoration r) {
      r.x[column] = (bound - others.dot(r.x)) / entry;
      r.y[row] = cost / entry;
      r.d[column] = 0;
      r.columnStatus[column] = BasisStatus.BASIC;
      r.rowStatus[row] = atLower ? BasisStatus.AT_LOWER : BasisStatus.AT_UPPER;
    }
  }

  /** A column in one row, an equation, that became the range of that row. */
  record SlackColumn(
      int row,
      int column,
      double entry,
      double cost,
      double side,
      double lower,
      double upper,
      EntryLists.Copy others)
      implements Undo {
    @Override
    public void apply(Restoration r) {
      BasisStatus status = r.rowStatus[row];
      r.d[column] = -entry * r.y[row];
      r.y[row] += cost / entry;
      r.rowStatus[row] = BasisStatus.AT_LOWER;
      if (status == BasisStatus.BASIC) {
        double at = (side - others.dot(r.x)) / entry;
        r.x[column] = Math.max(lower, Math.min(upper, at));
        r.columnStatus[column] = BasisStatus.BASIC;
      } else {
        boolean low = (status == BasisStatus.AT_UPPER) == entry > 0;
        low = status == BasisStatus.AT_ZERO || low;
        r.x[column] = low ? lower : upper;
        r.columnStatus[column] = low ? BasisStatus.AT_LOWER : BasisStatus.AT_UPPER;
      }
    }
  }

  /**
   * A column that an equation gave in terms of its others.
   *
   * @param side of the equation
   * @param others of the equation
   * @param entries of the column in the other rows
   */
  record Substituted(
      int row,
      int column,
      double entry,
      double cost,
      double side,
      EntryLists.Copy others,
      EntryLists.Copy entries,
      Passed passed)
      implements Undo {
    @Override
    public void apply(Restoration r) {
      r.x[column] = (side - others.dot(r.x)) / entry;
      r.y[row] = (cost - entries.dot(r.y)) / entry;
      r.d[column] = 0;
      r.columnStatus[column] = BasisStatus.BASIC;
      r.rowStatus[row] = BasisStatus.AT_LOWER;
      if (passed.to >= 0 && r.columnStatus[passed.to] != BasisStatus.BASIC) {
        passed.apply(r, this);
      }
    }
  }

  /**
   * Bounds that went from one column of an equation to the other.
   *
   * @param to the column that stayed, or -1 if it had its own bounds
   * @param entry of that column in the equation
   * @param below whether it took over a lower bound
   * @param above whether it took over an upper bound
   * @param lower of the column that went
   * @param upper of the column that went
   */
  record Passed(int to, double entry, boolean below, boolean above, double lower, double upper) {
    static final Passed NOTHING = new Passed(-1, 1, false, false, 0, 0);

    /** Where the column that stayed is at a bound of the one that went, they change roles. */
    private void apply(Restoration r, Substituted gone) {
      boolean low = r.columnStatus[to] == BasisStatus.AT_LOWER;
      if (!(low ? below : above && r.columnStatus[to] == BasisStatus.AT_UPPER)) {
        return;
      }
      boolean up = low == (entry > 0 == gone.entry > 0);
      r.y[gone.row] += r.d[to] / entry;
      r.d[gone.column] = -gone.entry * r.d[to] / entry;
      r.d[to] = 0;
      r.columnStatus[to] = BasisStatus.BASIC;
      r.x[gone.column] = up ? upper : lower;
      r.columnStatus[gone.column] = up ? BasisStatus.AT_UPPER : BasisStatus.AT_LOWER;
    }
  }
}
