// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.factor;

import java.util.Arrays;

/**
 * Gaussian elimination of a sparse basis. Columns and rows with one entry come first; then each
 * pivot is the one of least {@code (r - 1)(c - 1)} among a few candidates that are not small in
 * their column. The variable of a column goes to the place of its pivot row, so that afterwards
 * places and rows are the same.
 */
final class Markowitz {
  private static final int SEARCHED = 4;
  private static final double SINGULAR = 1e-10;

  final Triangle lower;
  final Triangle upper;
  final double[] diagonal;

  /** Pivot rows in the order of elimination [m]. */
  final int[] order;

  /** Variables that had no pivot, the first {@link #deficient} of it. */
  final int[] rejected;

  int deficient;

  /** So many of the first pivots are logical variables. */
  int units;

  /** About how many entries the last factorisation looked at, weighed like those of a solve. */
  long work;

  final ActiveMatrix matrix;
  final boolean[] rowDone;
  final boolean[] columnDone;

  private final int size;
  private final CountLists columns;
  private final CountLists rows;
  private final Singletons singletons;
  private final int[] variable;
  private final double[] multiplier;
  private final int[] touched;
  private final int[] stamp;
  private int clock;
  private int pivots;
  private int bestRow;
  private int bestColumn;

  Markowitz(int size) {
    this.size = size;
    lower = new Triangle(size);
    upper = new Triangle(size);
    diagonal = new double[size];
    order = new int[size];
    rejected = new int[size];
    matrix = new ActiveMatrix(size);
    columns = new CountLists(size);
    rows = new CountLists(size);
    rowDone = new boolean[size];
    columnDone = new boolean[size];
    variable = new int[size];
    multiplier = new double[size];
    touched = new int[size];
    singletons = new Singletons(this, size);
    stamp = new int[size];
  }

  /**
   * Factors a basis.
   *
   * @param a the structural columns; variable n + i is the unit column of row i
   * @param head [m] the basic variables, put in the order of their pivot rows; where a variable has
   *     no pivot the logical of the row takes its place
   * @param threshold least size of a pivot relative to its column, between 0 and 1
   */
  void factor(ColumnMatrix a, int[] head, double threshold) {
    begin(a, head);
    singletons.eliminate(head);
    for (int k = 0; k < size; k++) {
      if (!columnDone[k] && matrix.columnCount(k) > 0) {
        columns.move(k, matrix.columnCount(k));
      }
      if (!rowDone[k] && matrix.rowCount(k) > 0) {
        rows.move(k, matrix.rowCount(k));
      }
    }
    while (pivots < size && search(threshold)) {
      eliminate(bestRow, bestColumn, head);
    }
    replaceRejected(a.columns(), head);
    System.arraycopy(variable, 0, head, 0, size);
    work += 4L * (lower.used + upper.used) + 10L * size;
  }

  private void begin(ColumnMatrix a, int[] head) {
    lower.reset();
    upper.reset();
    matrix.clear();
    columns.clear();
    rows.clear();
    Arrays.fill(rowDone, false);
    Arrays.fill(columnDone, false);
    pivots = 0;
    deficient = 0;
    work = 0;
    int n = a.columns();
    for (int k = 0; k < size; k++) {
      if (head[k] >= n) {
        int row = head[k] - n;
        columnDone[k] = true;
        upper.open(row);
        pivot(row, head[k], 1);
      }
    }
    units = pivots;
    for (int k = 0; k < size; k++) {
      if (!columnDone[k]) {
        matrix.load(k, a, head[k], rowDone);
      }
    }
    matrix.makeRows();
  }

  /** Notes a pivot. */
  void pivot(int row, int basic, double value) {
    rowDone[row] = true;
    variable[row] = basic;
    diagonal[row] = value;
    order[pivots++] = row;
  }

  static boolean tooSmall(double pivot) {
    return Math.abs(pivot) < SINGULAR;
  }

  /** Stores the part of U of a column that has its pivot. */
  private void finishColumn(int k, int row, int entry, int[] head) {
    columnDone[k] = true;
    double value = matrix.value[entry];
    upper.open(row);
    for (int e = matrix.active[k]; e < matrix.end[k]; e++) {
      upper.append(row, matrix.index[e], matrix.value[e]);
    }
    pivot(row, head[k], value);
  }

  /** Finds the next pivot, into {@code bestRow} and {@code bestColumn}. */
  private boolean search(double threshold) {
    long best = Long.MAX_VALUE;
    int searched = 0;
    bestRow = CountLists.NONE;
    for (int count = 1; count <= size; count++) {
      long least = (long) (count - 1) * (count - 1);
      for (int k = columns.first(count), then; k != CountLists.NONE; k = then) {
        then = columns.after(k);
        best = searchColumn(k, threshold, best);
        if (bestRow != CountLists.NONE && (best <= least || ++searched >= SEARCHED)) {
          return true;
        }
      }
      for (int i = rows.first(count); i != CountLists.NONE; i = rows.after(i)) {
        best = searchRow(i, threshold, best);
        if (bestRow != CountLists.NONE && (best <= least + count - 1 || ++searched >= SEARCHED)) {
          return true;
        }
      }
    }
    return bestRow != CountLists.NONE;
  }

  private long searchColumn(int k, double threshold, long before) {
    long best = before;
    double largest = matrix.largest(k);
    work += 2L * matrix.columnCount(k);
    if (tooSmall(largest)) {
      columns.remove(k); // it will be rejected
      return best;
    }
    double chosen = 0;
    for (int e = matrix.start[k]; e < matrix.active[k]; e++) {
      double v = Math.abs(matrix.value[e]);
      if (v >= threshold * largest && !tooSmall(v)) {
        int i = matrix.index[e];
        long merit = (long) (matrix.columnCount(k) - 1) * (matrix.rowCount(i) - 1);
        if (merit < best || (merit == best && chosen > 0 && v > chosen)) {
          best = merit;
          chosen = v;
          bestRow = i;
          bestColumn = k;
        }
      }
    }
    return best;
  }

  private long searchRow(int i, double threshold, long before) {
    long best = before;
    for (int e = matrix.rowStart[i]; e < matrix.rowEnd[i]; e++) {
      int k = matrix.rowIndex[e];
      long merit = (long) (matrix.rowCount(i) - 1) * (matrix.columnCount(k) - 1);
      if (merit < best) {
        work += 2L * matrix.columnCount(k);
        double v = Math.abs(matrix.value[matrix.find(k, i)]);
        if (v >= threshold * matrix.largest(k) && !tooSmall(v)) {
          best = merit;
          bestRow = i;
          bestColumn = k;
        }
      }
    }
    return best;
  }

  private void eliminate(int row, int k, int[] head) {
    columns.remove(k);
    rows.remove(row);
    int entry = matrix.find(k, row);
    double pivot = matrix.value[entry];
    int n = 0;
    lower.open(row);
    for (int e = matrix.start[k]; e < matrix.active[k]; e++) {
      int i = matrix.index[e];
      if (i != row) {
        double factor = matrix.value[e] / pivot;
        lower.append(row, i, factor);
        multiplier[i] = factor;
        touched[n++] = i;
        matrix.removeFromRow(i, k);
      }
    }
    for (int e = matrix.rowStart[row]; e < matrix.rowEnd[row]; e++) {
      int c = matrix.rowIndex[e];
      if (c != k) {
        update(c, row, n);
      }
    }
    for (int t = 0; t < n; t++) {
      int i = touched[t];
      multiplier[i] = 0;
      if (matrix.rowCount(i) > 0) {
        rows.move(i, matrix.rowCount(i));
      } else {
        rows.remove(i);
      }
    }
    finishColumn(k, row, entry, head);
  }

  /** Subtracts the pivot column, times the entry of the pivot row, from another column. */
  private void update(int c, int row, int n) {
    int entry = matrix.find(c, row);
    double times = matrix.value[entry];
    matrix.retire(c, entry);
    clock++;
    work += 3L * (matrix.columnCount(c) + n);
    for (int e = matrix.start[c]; e < matrix.active[c]; e++) {
      int i = matrix.index[e];
      double factor = multiplier[i];
      if (factor != 0) {
        stamp[i] = clock;
        double v = matrix.value[e] - factor * times;
        matrix.value[e] = v;
        if (Math.abs(v) < Triangle.DROP) {
          matrix.removeFromRow(i, c);
          matrix.delete(c, e--);
        }
      }
    }
    for (int t = 0; t < n; t++) {
      int i = touched[t];
      if (stamp[i] != clock) {
        double v = -multiplier[i] * times;
        if (Math.abs(v) >= Triangle.DROP) {
          matrix.fill(c, i, v);
        }
      }
    }
    if (matrix.columnCount(c) > 0) {
      columns.move(c, matrix.columnCount(c));
    } else {
      columns.remove(c);
    }
  }

  private void replaceRejected(int n, int[] head) {
    for (int k = 0; k < size; k++) {
      if (!columnDone[k]) {
        rejected[deficient++] = head[k];
      }
    }
    for (int i = 0; i < size && pivots < size; i++) {
      if (!rowDone[i]) {
        upper.open(i);
        pivot(i, n + i, 1);
      }
    }
  }
}
