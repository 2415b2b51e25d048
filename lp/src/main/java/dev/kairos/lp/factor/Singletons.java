// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.factor;

/**
 * The first part of the elimination: columns with one row that waits, and rows with one column that
 * waits, as long as there are any. Counts are kept, the lists are not; they are put in order once
 * at the end, so that a long column costs no more than its length.
 */
final class Singletons {
  private final Markowitz of;
  private final int[] columnLeft;
  private final int[] rowLeft;
  private final int[] queue;
  private int tail;

  Singletons(Markowitz of, int size) {
    this.of = of;
    columnLeft = new int[size];
    rowLeft = new int[size];
    queue = new int[2 * size];
  }

  /** Eliminates them, and leaves lists of what waits. */
  void eliminate(int[] head) {
    ActiveMatrix matrix = of.matrix;
    tail = 0;
    for (int k = 0; k < head.length; k++) {
      columnLeft[k] = of.columnDone[k] ? 0 : matrix.columnCount(k);
      if (columnLeft[k] == 1) {
        queue[tail++] = k;
      }
    }
    for (int i = 0; i < head.length; i++) { // columns are queued as k, rows as -1 - i
      rowLeft[i] = of.rowDone[i] ? 0 : matrix.rowCount(i);
      if (rowLeft[i] == 1) {
        queue[tail++] = -1 - i;
      }
    }
    for (int at = 0; at < tail; at++) {
      if (queue[at] >= 0) {
        column(queue[at], head);
      } else {
        row(-1 - queue[at], head);
      }
    }
    matrix.keepWaiting(of.rowDone, of.columnDone);
  }

  private void column(int k, int[] head) {
    if (of.columnDone[k] || columnLeft[k] != 1) {
      return;
    }
    ActiveMatrix matrix = of.matrix;
    int entry = matrix.start[k];
    while (of.rowDone[matrix.index[entry]]) {
      entry++;
    }
    if (Markowitz.tooSmall(matrix.value[entry])) {
      return;
    }
    int row = matrix.index[entry];
    for (int e = matrix.rowStart[row]; e < matrix.rowEnd[row]; e++) {
      int c = matrix.rowIndex[e];
      if (!of.columnDone[c] && --columnLeft[c] == 1) {
        queue[tail++] = c;
      }
    }
    finish(k, row, matrix.value[entry], head);
  }

  private void row(int row, int[] head) {
    if (of.rowDone[row] || rowLeft[row] != 1) {
      return;
    }
    ActiveMatrix matrix = of.matrix;
    int at = matrix.rowStart[row];
    while (of.columnDone[matrix.rowIndex[at]]) {
      at++;
    }
    int k = matrix.rowIndex[at];
    double pivot = matrix.value[matrix.find(k, row)];
    if (Markowitz.tooSmall(pivot)) {
      return;
    }
    of.lower.open(row);
    for (int e = matrix.start[k]; e < matrix.active[k]; e++) {
      int i = matrix.index[e];
      if (i != row && !of.rowDone[i]) {
        of.lower.append(row, i, matrix.value[e] / pivot);
        if (--rowLeft[i] == 1) {
          queue[tail++] = -1 - i;
        }
      }
    }
    finish(k, row, pivot, head);
  }

  /** Stores the part of U of a column, which is in the rows that are done. */
  private void finish(int k, int row, double pivot, int[] head) {
    ActiveMatrix matrix = of.matrix;
    of.columnDone[k] = true;
    of.upper.open(row);
    for (int e = matrix.start[k]; e < matrix.end[k]; e++) {
      if (of.rowDone[matrix.index[e]]) {
        of.upper.append(row, matrix.index[e], matrix.value[e]);
      }
    }
    of.pivot(row, head[k], pivot);
  }
}
