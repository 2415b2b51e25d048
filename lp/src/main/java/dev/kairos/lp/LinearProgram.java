// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

import org.jspecify.annotations.Nullable;

/**
 * A linear program, immutable: minimise {@code c'x + c0} subject to {@code L <= A x <= U} and
 * {@code l <= x <= u}. A is m x n and stored by columns, the rows of a column in ascending order,
 * without zeros. Any bound may be infinite; a bound of 1e20 or more in size counts as infinite. A
 * lower bound above its upper bound is allowed and makes the program infeasible.
 */
public final class LinearProgram {
  /** From this size on a bound is infinite. */
  public static final double INFINITE_BOUND = 1e20;

  private final String name;
  private final double offset;
  private final double[] cost;
  private final double[] lower;
  private final double[] upper;
  private final double[] rowLower;
  private final double[] rowUpper;
  private final int[] start;
  private final int[] row;
  private final double[] value;
  private final @Nullable String @Nullable [] columnNames;
  private final @Nullable String @Nullable [] rowNames;

  LinearProgram(LinearProgramBuilder from, int[] start, int[] row, double[] value) {
    name = from.name();
    offset = from.offset();
    cost = from.cost.toDoubleArray();
    lower = from.lower.toDoubleArray();
    upper = from.upper.toDoubleArray();
    rowLower = from.rowLower.toDoubleArray();
    rowUpper = from.rowUpper.toDoubleArray();
    columnNames = from.columnNames();
    rowNames = from.rowNames();
    this.start = start;
    this.row = row;
    this.value = value;
  }

  /** Begins an empty program. */
  public static LinearProgramBuilder builder() {
    return new LinearProgramBuilder();
  }

  /** The name of the problem, or empty. */
  public String name() {
    return name;
  }

  /** Number of rows m. */
  public int rows() {
    return rowLower.length;
  }

  /** Number of columns n. */
  public int columns() {
    return cost.length;
  }

  /** Number of entries of A that are not zero. */
  public int entries() {
    return row.length;
  }

  /** The constant c0 of the objective. */
  public double offset() {
    return offset;
  }

  /** Cost c_j. */
  public double cost(int column) {
    return cost[column];
  }

  /** Lower bound l_j, perhaps negative infinity. */
  public double lower(int column) {
    return lower[column];
  }

  /** Upper bound u_j, perhaps infinity. */
  public double upper(int column) {
    return upper[column];
  }

  /** Lower bound L_i of the activity of a row, perhaps negative infinity. */
  public double rowLower(int row) {
    return rowLower[row];
  }

  /** Upper bound U_i of the activity of a row, perhaps infinity. */
  public double rowUpper(int row) {
    return rowUpper[row];
  }

  /** Where the entries of a column begin; they end where those of the next column begin. */
  public int start(int column) {
    return start[column];
  }

  /**
   * Row of an entry.
   *
   * @param entry from {@code start(j)} up to {@code start(j + 1)}, exclusive
   */
  public int entryRow(int entry) {
    return row[entry];
  }

  /** Value of an entry, counted as in {@link #entryRow}. */
  public double entryValue(int entry) {
    return value[entry];
  }

  /** Name of a column, {@code C1} and so on where none was given. */
  public String columnName(int column) {
    String given = columnNames == null ? null : columnNames[column];
    return given == null ? "C" + (column + 1) : given;
  }

  /** Name of a row, {@code R1} and so on where none was given. */
  public String rowName(int row) {
    String given = rowNames == null ? null : rowNames[row];
    return given == null ? "R" + (row + 1) : given;
  }

  /**
   * The objective {@code c'x + c0}, added in the order of the columns.
   *
   * @param x [n]
   */
  public double objective(double[] x) {
    requireLength("x", x, columns());
    double sum = offset;
    for (int j = 0; j < x.length; j++) {
      sum += cost[j] * x[j];
    }
    return sum;
  }

  /**
   * The row activities {@code A x}.
   *
   * @param x [n]
   * @return [m]
   */
  public double[] activity(double[] x) {
    requireLength("x", x, columns());
    double[] sum = new double[rows()];
    for (int j = 0; j < x.length; j++) {
      if (x[j] != 0) {
        for (int k = start[j]; k < start[j + 1]; k++) {
          sum[row[k]] += value[k] * x[j];
        }
      }
    }
    return sum;
  }

  /**
   * A column of A times a vector of row multipliers: {@code a_j'y}.
   *
   * @param y [m]
   */
  public double dot(int column, double[] y) {
    double sum = 0;
    for (int k = start[column]; k < start[column + 1]; k++) {
      sum += value[k] * y[row[k]];
    }
    return sum;
  }

  /**
   * The reduced costs {@code c - A'y}; what could be the rounding of zero is zero.
   *
   * @param y [m]
   * @return [n]
   */
  public double[] reducedCosts(double[] y) {
    requireLength("y", y, rows());
    double[] d = new double[columns()];
    for (int j = 0; j < d.length; j++) {
      double terms = Math.abs(cost[j]) + sumOfTerms(j, y);
      double exact = cost[j] - dot(j, y);
      boolean rounding = Math.abs(exact) <= Rounding.of(start[j + 1] - start[j] + 1, terms);
      d[j] = rounding ? 0 : exact;
    }
    return d;
  }

  /** The sum of the absolute terms of {@link #dot}. */
  double sumOfTerms(int column, double[] y) {
    double sum = 0;
    for (int k = start[column]; k < start[column + 1]; k++) {
      sum += Math.abs(value[k] * y[row[k]]);
    }
    return sum;
  }

  /** The largest absolute term of {@link #dot}. */
  double largestTerm(int column, double[] y) {
    double largest = 0;
    for (int k = start[column]; k < start[column + 1]; k++) {
      largest = Math.max(largest, Math.abs(value[k] * y[row[k]]));
    }
    return largest;
  }

  private static void requireLength(String what, double[] vector, int length) {
    if (vector.length != length) {
      throw new IllegalArgumentException(
          what + " has " + vector.length + " values, the program has " + length);
    }
  }

  @Override
  public String toString() {
    return "LinearProgram["
        + (name.isEmpty() ? "" : name + ", ")
        + rows()
        + " rows, "
        + columns()
        + " columns, "
        + entries()
        + " entries]";
  }
}
