// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.ejml;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LinearProgramBuilder;
import org.ejml.data.DMatrixSparseCSC;

/**
 * Linear programs whose matrix is a {@code DMatrixSparseCSC} of EJML, in and out, always as copies.
 * {@code LpModel.of} makes a model of a program, and {@code LpModel.program} gives one.
 */
public final class EjmlPrograms {
  private EjmlPrograms() {}

  /**
   * The program {@code minimise c'x} subject to {@code L <= A x <= U} and {@code l <= x <= u}.
   * Entries of one place add up, as they do where EJML multiplies; zeros are left out. The rows of
   * a column may come in any order.
   *
   * @param a {@code [m, n]}
   * @param cost c, {@code [n]}
   * @param lower l, {@code [n]}; minus infinity where there is none
   * @param upper u, {@code [n]}
   * @param rowLower L, {@code [m]}
   * @param rowUpper U, {@code [m]}
   * @throws IllegalArgumentException if lengths differ, a number is NaN, a cost or an entry is
   *     infinite, bounds leave no finite value, or the matrix is broken; says where
   */
  public static LinearProgram program(
      DMatrixSparseCSC a,
      double[] cost,
      double[] lower,
      double[] upper,
      double[] rowLower,
      double[] rowUpper) {
    requireLength("cost", cost, a.numCols, "columns");
    requireLength("lower", lower, a.numCols, "columns");
    requireLength("upper", upper, a.numCols, "columns");
    requireLength("rowLower", rowLower, a.numRows, "rows");
    requireLength("rowUpper", rowUpper, a.numRows, "rows");
    LinearProgramBuilder builder = LinearProgram.builder();
    for (int i = 0; i < a.numRows; i++) {
      builder.addRow(rowLower[i], rowUpper[i]);
    }
    for (int j = 0; j < a.numCols; j++) {
      if (!Double.isFinite(cost[j])) {
        throw new IllegalArgumentException("cost of column " + j + " must be finite: " + cost[j]);
      }
      builder.addColumn(cost[j], lower[j], upper[j]);
    }
    addEntries(builder, a);
    return builder.build();
  }

  private static void requireLength(String what, double[] values, int length, String of) {
    if (values.length != length) {
      throw new IllegalArgumentException(
          what + ": " + values.length + " values for the " + length + " " + of + " of the matrix");
    }
  }

  private static void addEntries(LinearProgramBuilder builder, DMatrixSparseCSC a) {
    double[] sum = new double[a.numRows];
    int[] seenIn = new int[a.numRows]; // the last column with an entry in each row, from 1
    int[] rows = new int[a.numRows];
    for (int j = 0; j < a.numCols; j++) {
      int count = 0;
      for (int k = start(a, j); k < start(a, j + 1); k++) {
        int i = a.nz_rows[k];
        if (i < 0 || i >= a.numRows) {
          throw new IllegalArgumentException(
              "column %d has an entry in row %d, the matrix has %d rows"
                  .formatted(j, i, a.numRows));
        }
        if (seenIn[i] != j + 1) {
          seenIn[i] = j + 1;
          sum[i] = 0;
          rows[count++] = i;
        }
        sum[i] += a.nz_values[k];
      }
      for (int k = 0; k < count; k++) {
        double value = sum[rows[k]];
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException(
              "entry (" + rows[k] + ", " + j + ") must be finite: " + value);
        }
        builder.entry(rows[k], j, value);
      }
    }
  }

  /** Where the entries of a column begin, which must not be before those of the column before. */
  private static int start(DMatrixSparseCSC a, int column) {
    int start = a.col_idx[column];
    int before = column == 0 ? 0 : a.col_idx[column - 1];
    if (start < before || start > a.nz_length || (column == 0 && start != 0)) {
      throw new IllegalArgumentException(
          "the entries of column %d begin at %d, those before it at %d, and there are %d"
              .formatted(column, start, before, a.nz_length));
    }
    return start;
  }

  /** The matrix A of a program, {@code [m, n]}, the rows of each column in order. */
  public static DMatrixSparseCSC matrix(LinearProgram program) {
    int count = program.entries();
    DMatrixSparseCSC a = new DMatrixSparseCSC(program.rows(), program.columns(), count);
    for (int j = 0; j < program.columns(); j++) {
      a.col_idx[j + 1] = program.start(j + 1);
    }
    for (int k = 0; k < count; k++) {
      a.nz_rows[k] = program.entryRow(k);
      a.nz_values[k] = program.entryValue(k);
    }
    a.nz_length = count;
    a.indicesSorted = true;
    return a;
  }
}
