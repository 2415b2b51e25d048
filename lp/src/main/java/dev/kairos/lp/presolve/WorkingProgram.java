// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.presolve;

import dev.kairos.lp.LinearProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A program that loses rows and columns: bounds and costs change, entries only go. */
final class WorkingProgram {
  private static final double ROUNDING = 1e-13;

  final int rows;
  final int columns;
  final int[] start;
  final int[] rowOf;
  final double[] value;
  final int[] rowStart;
  final int[] columnOf;
  final double[] rowValue;
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
    start = new int[columns + 1];
    rowOf = new int[lp.entries()];
    value = new double[lp.entries()];
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
    for (int k = 0; k < rowOf.length; k++) {
      rowOf[k] = lp.entryRow(k);
      value[k] = lp.entryValue(k);
      rowCount[rowOf[k]]++;
    }
    for (int j = 0; j < columns; j++) {
      start[j + 1] = lp.start(j + 1);
      columnCount[j] = start[j + 1] - start[j];
      cost[j] = lp.cost(j);
      lower[j] = lp.lower(j);
      upper[j] = lp.upper(j);
    }
    rowStart = new int[rows + 1];
    for (int i = 0; i < rows; i++) {
      rowStart[i + 1] = rowStart[i] + rowCount[i];
      rowLower[i] = lp.rowLower(i);
      rowUpper[i] = lp.rowUpper(i);
    }
    columnOf = new int[rowOf.length];
    rowValue = new double[rowOf.length];
    int[] next = rowStart.clone();
    for (int j = 0; j < columns; j++) {
      for (int k = start[j]; k < start[j + 1]; k++) {
        int at = next[rowOf[k]]++;
        columnOf[at] = j;
        rowValue[at] = value[k];
      }
    }
  }

  /** Takes a row out; its columns are to be looked at again. */
  void removeRow(int i) {
    rowGone[i] = true;
    for (int e = rowStart[i]; e < rowStart[i + 1]; e++) {
      int j = columnOf[e];
      columnCount[j]--;
      columnTouched[j] = true;
    }
  }

  /** Takes a column out; its rows are to be looked at again. */
  void removeColumn(int j) {
    columnGone[j] = true;
    for (int k = start[j]; k < start[j + 1]; k++) {
      int i = rowOf[k];
      rowCount[i]--;
      rowTouched[i] = true;
    }
  }

  /** Takes a column out at a value, which moves to the bounds of its rows and to the constant. */
  void fix(int j, double at) {
    offset += cost[j] * at;
    if (at != 0) {
      for (int k = start[j]; k < start[j + 1]; k++) {
        int i = rowOf[k];
        if (!rowGone[i]) {
          double shift = value[k] * at;
          moved[i] += Math.abs(shift);
          boolean equal = rowLower[i] == rowUpper[i];
          rowLower[i] -= shift;
          rowUpper[i] = equal ? rowLower[i] : rowUpper[i] - shift;
        }
      }
    }
    removeColumn(j);
  }

  /** The columns of a row are to be looked at again. */
  void touchColumnsOf(int i) {
    for (int e = rowStart[i]; e < rowStart[i + 1]; e++) {
      columnTouched[columnOf[e]] = true;
    }
  }

  /** The rows of a column are to be looked at again. */
  void touchRowsOf(int j) {
    for (int k = start[j]; k < start[j + 1]; k++) {
      rowTouched[rowOf[k]] = true;
    }
  }

  /** What rounding may have made of numbers whose terms have this size; 0 if it is infinite. */
  static double slack(double size) {
    return Double.isInfinite(size) ? 0 : ROUNDING * size;
  }
}
