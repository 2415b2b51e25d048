// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.presolve;

import java.util.Arrays;

/** What can be done with a row. */
final class RowRules {
  private final WorkingProgram p;
  private final Activity activity = new Activity();

  RowRules(WorkingProgram program) {
    p = program;
  }

  /** Looks at a row once; returns whether it went or changed something. */
  boolean apply(int i) {
    if (p.rowLower[i] > p.rowUpper[i] + WorkingProgram.slack(p.rowUpper[i])) {
      p.hopeless = true;
      return false;
    }
    if (p.rowCount[i] == 1) {
      return singleton(i);
    }
    activity.of(p, i, -1);
    double low = WorkingProgram.slack(p.rowLower[i]);
    double high = WorkingProgram.slack(p.rowUpper[i]);
    if (activity.least > p.rowUpper[i] + high || activity.greatest < p.rowLower[i] - low) {
      p.hopeless = true;
      return false;
    }
    boolean aboveLower = activity.least >= p.rowLower[i] - low / 10;
    boolean belowUpper = activity.greatest <= p.rowUpper[i] + high / 10;
    if ((aboveLower || p.rowLower[i] == Double.NEGATIVE_INFINITY)
        && (belowUpper || p.rowUpper[i] == Double.POSITIVE_INFINITY)) {
      p.removeRow(i);
      p.undo.add(new Undo.Row(i));
      return true;
    }
    if (activity.greatest <= p.rowLower[i] + low / 10) {
      return force(i, true);
    }
    if (activity.least >= p.rowUpper[i] - high / 10) {
      return force(i, false);
    }
    return dropSide(i, aboveLower, belowUpper);
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
    int e = p.rowStart[i];
    while (p.columnGone[p.columnOf[e]]) {
      e++;
    }
    int j = p.columnOf[e];
    double v = p.rowValue[e];
    double low = (v > 0 ? p.rowLower[i] : p.rowUpper[i]) / v;
    double high = (v > 0 ? p.rowUpper[i] : p.rowLower[i]) / v;
    boolean below = low > p.lower[j];
    boolean above = high < p.upper[j];
    double newLower = below ? low : p.lower[j];
    double newUpper = above ? high : p.upper[j];
    if (newLower > newUpper) {
      if (newLower > newUpper + WorkingProgram.slack(newUpper)) {
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
    for (int e = p.rowStart[i]; e < p.rowStart[i + 1]; e++) {
      if (!p.columnGone[p.columnOf[e]]) {
        columns[n] = p.columnOf[e];
        entries[n++] = p.rowValue[e];
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
