// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.presolve;

import java.util.Arrays;

/** What can be done with a row. */
final class RowRules {
  /** Of the rounding, within which a row counts as only just met. */
  private static final double NEAR = 0.1;

  private final WorkingProgram p;
  private final Activity activity = new Activity();

  RowRules(WorkingProgram program) {
    p = program;
  }

  /** Looks at a row once; returns whether it went or changed something. */
  boolean apply(int i) {
    if (p.rowLower[i]
        > p.rowUpper[i] + WorkingProgram.slack(Math.abs(p.rowUpper[i]) + p.moved[i])) {
      p.hopeless = true;
      return false;
    }
    if (p.rowCount[i] == 1) {
      return singleton(i);
    }
    activity.of(p, i, -1);
    double ofLeast = p.moved[i] + activity.leastSize;
    double ofGreatest = p.moved[i] + activity.greatestSize;
    double low = p.rowLower[i];
    double high = p.rowUpper[i];
    if (above(activity.least, high, ofLeast, 1) || above(low, activity.greatest, ofGreatest, 1)) {
      p.hopeless = true;
      return false;
    }
    boolean aboveLower = above(activity.least, low, ofLeast, -NEAR);
    boolean belowUpper = above(high, activity.greatest, ofGreatest, -NEAR);
    if ((aboveLower || low == Double.NEGATIVE_INFINITY)
        && (belowUpper || high == Double.POSITIVE_INFINITY)) {
      p.removeRow(i);
      p.undo.add(new Undo.Row(i));
      return true;
    }
    if (above(low, activity.greatest, ofGreatest, -NEAR)) {
      return force(i, true);
    }
    if (above(activity.least, high, ofLeast, -NEAR)) {
      return force(i, false);
    }
    return dropSide(i, aboveLower, belowUpper);
  }

  /** Whether a is above b by so many times what rounding may have made of them. */
  private static boolean above(double a, double b, double terms, double times) {
    double bound = Math.min(Math.abs(a), Math.abs(b)); // one may be infinite
    return (a >= b && times < 0) || a - b > times * WorkingProgram.slack(bound + terms);
  }

  /** A bound that is never met is no bound. */
  private boolean dropSide(int i, boolean aboveLower, boolean belowUpper) {
    if (aboveLower && p.rowLower[i] != Double.NEGATIVE_INFINITY) {
      p.rowLower[i] = Double.NEGATIVE_INFINITY;
    } else if (belowUpper && p.rowUpper[i] != Double.POSITIVE_INFINITY) {
      p.rowUpper[i] = Double.POSITIVE_INFINITY;
    } else {
      return false;
    }
    p.touchColumnsOf(i);
    return true;
  }

  private boolean singleton(int i) {
    int e = p.byRow.start[i];
    while (p.columnGone[p.byRow.index[e]]) {
      e++;
    }
    int j = p.byRow.index[e];
    double v = p.byRow.value[e];
    double low = (v > 0 ? p.rowLower[i] : p.rowUpper[i]) / v;
    double high = (v > 0 ? p.rowUpper[i] : p.rowLower[i]) / v;
    boolean below = low > p.lower[j];
    boolean above = high < p.upper[j];
    double newLower = below ? low : p.lower[j];
    double newUpper = above ? high : p.upper[j];
    if (newLower > newUpper) {
      double moved = p.moved[i] / Math.abs(v);
      if (newLower > newUpper + WorkingProgram.slack(Math.abs(newUpper) + moved)) {
        p.hopeless = true;
        return false;
      }
      newLower = above ? newLower : newUpper; // equal but for rounding
      newUpper = newLower;
    }
    p.lower[j] = newLower;
    p.upper[j] = newUpper;
    p.removeRow(i);
    p.touchRowsOf(j);
    p.undo.add(new Undo.SingletonRow(i, j, v, below, above, newLower == newUpper));
    return true;
  }

  /** All columns go to the bounds at which the row is only just met. */
  private boolean force(int i, boolean atLower) {
    int[] columns = new int[p.rowCount[i]];
    double[] entries = new double[p.rowCount[i]];
    int n = 0;
    for (int e = p.byRow.start[i]; e < p.byRow.end[i]; e++) {
      if (!p.columnGone[p.byRow.index[e]]) {
        columns[n] = p.byRow.index[e];
        entries[n++] = p.byRow.value[e];
      }
    }
    p.removeRow(i);
    p.undo.add(
        new Undo.ForcingRow(i, Arrays.copyOf(columns, n), Arrays.copyOf(entries, n), atLower));
    for (int k = 0; k < n; k++) {
      int j = columns[k];
      boolean up = entries[k] > 0 == atLower;
      ColumnRules.fix(p, j, up);
    }
    return true;
  }
}
