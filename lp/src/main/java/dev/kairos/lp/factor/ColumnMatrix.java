// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.factor;

/**
 * A sparse matrix by columns.
 *
 * @param rows m
 * @param start [n + 1], where each column begins in the other two
 * @param index row of each entry
 * @param value of each entry
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by agreement, and never compared
public record ColumnMatrix(int rows, int[] start, int[] index, double[] value) {

  /** Number of columns n. */
  public int columns() {
    return start.length - 1;
  }

  /** The transposed matrix, which is this one by rows. */
  public ColumnMatrix transpose() {
    int[] begin = new int[rows + 1];
    for (int i : index) {
      begin[i + 1]++;
    }
    for (int i = 0; i < rows; i++) {
      begin[i + 1] += begin[i];
    }
    int[] next = begin.clone();
    int[] columnOf = new int[index.length];
    double[] values = new double[index.length];
    for (int j = 0; j < columns(); j++) {
      for (int k = start[j]; k < start[j + 1]; k++) {
        int at = next[index[k]]++;
        columnOf[at] = j;
        values[at] = value[k];
      }
    }
    return new ColumnMatrix(columns(), begin, columnOf, values);
  }
}
