// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.factor;

import java.util.Arrays;

/**
 * The part of the basis that elimination has not reached, by columns with values and by rows
 * without them. A column holds its entries in rows that still wait in front, and behind them the
 * ones in rows that have had their pivot, which are its part of U.
 */
final class ActiveMatrix {
  final int[] start;
  final int[] active;
  final int[] end;
  int[] index = new int[64];
  double[] value = new double[64];
  final int[] rowStart;
  final int[] rowEnd;
  int[] rowIndex = new int[64];

  private final int[] room;
  private final int[] rowRoom;
  private int used;
  private int rowUsed;

  ActiveMatrix(int size) {
    start = new int[size];
    active = new int[size];
    end = new int[size];
    room = new int[size];
    rowStart = new int[size];
    rowEnd = new int[size];
    rowRoom = new int[size];
  }

  void clear() {
    used = 0;
    rowUsed = 0;
    Arrays.fill(start, 0);
    Arrays.fill(active, 0);
    Arrays.fill(end, 0);
    Arrays.fill(rowStart, 0);
    Arrays.fill(rowEnd, 0);
  }

  /** Takes in a column of the basis; {@code done} says which rows have had their pivot. */
  void load(int k, ColumnMatrix a, int column, boolean[] done) {
    int from = a.start()[column];
    int to = a.start()[column + 1];
    growColumns(to - from);
    start[k] = used;
    for (int pass = 0; pass < 2; pass++) {
      for (int e = from; e < to; e++) {
        if (done[a.index()[e]] == (pass == 1)) {
          index[used] = a.index()[e];
          value[used++] = a.value()[e];
        }
      }
      if (pass == 0) {
        active[k] = used;
      }
    }
    end[k] = used;
    room[k] = used;
  }

  /** Makes the rows from the columns loaded. */
  void makeRows() {
    int size = start.length;
    for (int k = 0; k < size; k++) {
      for (int e = start[k]; e < active[k]; e++) {
        rowEnd[index[e]]++;
      }
    }
    for (int i = 0; i < size; i++) {
      rowStart[i] = rowUsed;
      rowUsed += rowEnd[i];
      rowRoom[i] = rowUsed;
      rowEnd[i] = rowStart[i];
    }
    if (rowUsed > rowIndex.length) {
      rowIndex = new int[rowUsed + rowUsed / 2];
    }
    for (int k = 0; k < size; k++) {
      for (int e = start[k]; e < active[k]; e++) {
        rowIndex[rowEnd[index[e]]++] = k;
      }
    }
  }

  /** Puts what waits in front of each column and leaves nothing else in the rows. */
  void keepWaiting(boolean[] rowDone, boolean[] columnDone) {
    for (int k = 0; k < start.length; k++) {
      for (int e = start[k]; !columnDone[k] && e < active[k]; e++) {
        if (rowDone[index[e]]) {
          retire(k, e--);
        }
      }
    }
    for (int i = 0; i < start.length; i++) {
      int n = rowStart[i];
      for (int e = rowStart[i]; !rowDone[i] && e < rowEnd[i]; e++) {
        if (!columnDone[rowIndex[e]]) {
          rowIndex[n++] = rowIndex[e];
        }
      }
      rowEnd[i] = n;
    }
  }

  int columnCount(int k) {
    return active[k] - start[k];
  }

  int rowCount(int i) {
    return rowEnd[i] - rowStart[i];
  }

  /** Where the entry of a waiting row is in a column. */
  int find(int k, int row) {
    int e = start[k];
    while (index[e] != row) {
      e++;
    }
    return e;
  }

  /** The largest size of the entries of a column in rows that wait. */
  double largest(int k) {
    double largest = 0;
    for (int e = start[k]; e < active[k]; e++) {
      largest = Math.max(largest, Math.abs(value[e]));
    }
    return largest;
  }

  /** Moves an entry behind the waiting ones, to the part of U. */
  void retire(int k, int entry) {
    swap(entry, --active[k]);
  }

  /** Deletes an entry of a waiting row from its column. */
  void delete(int k, int entry) {
    swap(entry, --active[k]);
    swap(active[k], --end[k]);
  }

  private void swap(int a, int b) {
    int i = index[a];
    double v = value[a];
    index[a] = index[b];
    value[a] = value[b];
    index[b] = i;
    value[b] = v;
  }

  /** Takes column k out of a row. */
  void removeFromRow(int row, int k) {
    int e = rowStart[row];
    while (rowIndex[e] != k) {
      e++;
    }
    rowIndex[e] = rowIndex[--rowEnd[row]];
  }

  /** Adds a new entry to column k and to its row. */
  void fill(int k, int row, double v) {
    if (end[k] == room[k]) {
      relocateColumn(k);
    }
    index[end[k]] = index[active[k]];
    value[end[k]] = value[active[k]];
    end[k]++;
    index[active[k]] = row;
    value[active[k]] = v;
    active[k]++;
    if (rowEnd[row] == rowRoom[row]) {
      relocateRow(row);
    }
    rowIndex[rowEnd[row]++] = k;
  }

  private void relocateColumn(int k) {
    int length = end[k] - start[k];
    int wanted = 2 * length + 4;
    growColumns(wanted);
    System.arraycopy(index, start[k], index, used, length);
    System.arraycopy(value, start[k], value, used, length);
    active[k] += used - start[k];
    start[k] = used;
    end[k] = used + length;
    used += wanted;
    room[k] = used;
  }

  private void relocateRow(int row) {
    int length = rowEnd[row] - rowStart[row];
    int wanted = 2 * length + 4;
    if (rowUsed + wanted > rowIndex.length) {
      rowIndex = Arrays.copyOf(rowIndex, Math.max(rowUsed + wanted, 2 * rowIndex.length));
    }
    System.arraycopy(rowIndex, rowStart[row], rowIndex, rowUsed, length);
    rowStart[row] = rowUsed;
    rowEnd[row] = rowUsed + length;
    rowUsed += wanted;
    rowRoom[row] = rowUsed;
  }

  private void growColumns(int by) {
    if (used + by > index.length) {
      int size = Math.max(used + by, 2 * index.length);
      index = Arrays.copyOf(index, size);
      value = Arrays.copyOf(value, size);
    }
  }
}
