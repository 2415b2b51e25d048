// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.presolve;

import dev.kairos.lp.LinearProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A program that loses rows and columns, while bounds, costs and entries of others change. */
final class WorkingProgram {
  private static final double ROUNDING = 1e-13;

  final int rows;
  final int columns;

  /** A list of rows for each column; those that are gone stay in it. */
  final EntryLists byColumn;

  /** A list of columns for each row; those that are gone stay in it. */
  final EntryLists byRow;

  final double[] cost;
  final double[] lower;
  final double[] upper;
  final double[] rowLower;
  final double[] rowUpper;

  /** The sum of the absolute terms that moved from fixed columns to the bounds of each row. */
  final double[] moved;

  final boolean[] rowGone;
  final boolean[] columnGone;
  final int[] rowCount;
  final int[] columnCount;
  final boolean[] rowTouched;
  final boolean[] columnTouched;
  final List<Undo> undo = new ArrayList<>();
  double offset;

  /** Set when no point or no bound is left; the program itself then tells which. */
  boolean hopeless;

  WorkingProgram(LinearProgram lp) {
    rows = lp.rows();
    columns = lp.columns();
    offset = lp.offset();
    cost = new double[columns];
    lower = new double[columns];
    upper = new double[columns];
    rowLower = new double[rows];
    rowUpper = new double[rows];
    moved = new double[rows];
    rowGone = new boolean[rows];
    columnGone = new boolean[columns];
    rowCount = new int[rows];
    columnCount = new int[columns];
    rowTouched = new boolean[rows];
    columnTouched = new boolean[columns];
    Arrays.fill(rowTouched, true);
    Arrays.fill(columnTouched, true);
    for (int j = 0; j < columns; j++) {
      columnCount[j] = lp.start(j + 1) - lp.start(j);
      cost[j] = lp.cost(j);
      lower[j] = lp.lower(j);
      upper[j] = lp.upper(j);
    }
    for (int k = 0; k < lp.entries(); k++) {
      rowCount[lp.entryRow(k)]++;
    }
    for (int i = 0; i < rows; i++) {
      rowLower[i] = lp.rowLower(i);
      rowUpper[i] = lp.rowUpper(i);
    }
    byColumn = new EntryLists(columnCount);
    byRow = new EntryLists(rowCount);
    for (int j = 0; j < columns; j++) {
      for (int k = lp.start(j); k < lp.start(j + 1); k++) {
        byColumn.add(j, lp.entryRow(k), lp.entryValue(k));
        byRow.add(lp.entryRow(k), j, lp.entryValue(k));
      }
    }
  }

  /** Takes a row out; its columns are to be looked at again. */
  void removeRow(int i) {
    rowGone[i] = true;
    for (int e = byRow.start[i]; e < byRow.end[i]; e++) {
      int j = byRow.index[e];
      columnCount[j]--;
      columnTouched[j] = true;
    }
  }

  /** Takes a column out; its rows are to be looked at again. */
  void removeColumn(int j) {
    columnGone[j] = true;
    for (int k = byColumn.start[j]; k < byColumn.end[j]; k++) {
      int i = byColumn.index[k];
      rowCount[i]--;
      rowTouched[i] = true;
    }
  }

  /** Takes a column out at a value, which moves to the bounds of its rows and to the constant. */
  void fix(int j, double at) {
    offset += cost[j] * at;
    if (at != 0) {
      for (int k = byColumn.start[j]; k < byColumn.end[j]; k++) {
        int i = byColumn.index[k];
        if (!rowGone[i]) {
          double shift = byColumn.value[k] * at;
          moved[i] += Math.abs(shift);
          shiftRow(i, shift);
        }
      }
    }
    removeColumn(j);
  }

  /** Moves both bounds of a row down; an equation stays one. */
  void shiftRow(int i, double by) {
    boolean equal = rowLower[i] == rowUpper[i];
    rowLower[i] -= by;
    rowUpper[i] = equal ? rowLower[i] : rowUpper[i] - by;
  }

  /** The columns of a row are to be looked at again. */
  void touchColumnsOf(int i) {
    for (int e = byRow.start[i]; e < byRow.end[i]; e++) {
      columnTouched[byRow.index[e]] = true;
    }
  }

  /** The rows of a column are to be looked at again. */
  void touchRowsOf(int j) {
    for (int k = byColumn.start[j]; k < byColumn.end[j]; k++) {
      rowTouched[byColumn.index[k]] = true;
    }
  }

  /** What rounding may have made of numbers whose terms have this size; 0 if it is infinite. */
  static double slack(double size) {
    return Double.isInfinite(size) ? 0 : ROUNDING * size;
  }
}
