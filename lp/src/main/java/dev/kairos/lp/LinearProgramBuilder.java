// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the rows, columns and entries of a {@link LinearProgram}. Rows and columns are numbered
 * from 0 in the order in which they are added; entries may come in any order.
 */
public final class LinearProgramBuilder {
  final DoubleArrayList cost = new DoubleArrayList();
  final DoubleArrayList lower = new DoubleArrayList();
  final DoubleArrayList upper = new DoubleArrayList();
  final DoubleArrayList rowLower = new DoubleArrayList();
  final DoubleArrayList rowUpper = new DoubleArrayList();
  private final IntArrayList entryRow = new IntArrayList();
  private final IntArrayList entryColumn = new IntArrayList();
  private final DoubleArrayList entryValue = new DoubleArrayList();
  private final List<@Nullable String> columnNames = new ArrayList<>();
  private final List<@Nullable String> rowNames = new ArrayList<>();
  private String name = "";
  private double offset;

  LinearProgramBuilder() {}

  /** Names the problem. */
  public LinearProgramBuilder named(String problem) {
    name = problem;
    return this;
  }

  /** Sets the constant of the objective. */
  public LinearProgramBuilder offset(double constant) {
    offset = finite("offset", constant);
    return this;
  }

  /** Adds a column without a name; see {@link #addColumn(String, double, double, double)}. */
  public int addColumn(double cost, double lower, double upper) {
    return addColumn(null, cost, lower, upper);
  }

  /**
   * Adds a column.
   *
   * @param name unique among columns by the caller's care, or null
   * @param cost finite
   * @param lower not NaN, below 1e20
   * @param upper not NaN, above -1e20
   * @return its number
   */
  public int addColumn(@Nullable String name, double cost, double lower, double upper) {
    finite("cost", cost);
    addBounds("column " + columnNames.size(), lower, upper, this.lower, this.upper);
    this.cost.add(cost);
    columnNames.add(name);
    return columnNames.size() - 1;
  }

  /** Adds a row without a name; see {@link #addRow(String, double, double)}. */
  public int addRow(double lower, double upper) {
    return addRow(null, lower, upper);
  }

  /**
   * Adds a row.
   *
   * @param name unique among rows by the caller's care, or null
   * @param lower least activity: not NaN, below 1e20
   * @param upper greatest activity: not NaN, above -1e20
   * @return its number
   */
  public int addRow(@Nullable String name, double lower, double upper) {
    addBounds("row " + rowNames.size(), lower, upper, rowLower, rowUpper);
    rowNames.add(name);
    return rowNames.size() - 1;
  }

  /**
   * Sets one entry of A. Zeros are dropped; a place is set at most once, which {@link #build}
   * checks.
   */
  public LinearProgramBuilder entry(int row, int column, double value) {
    if (row < 0 || row >= rowNames.size() || column < 0 || column >= columnNames.size()) {
      throw new IllegalArgumentException(
          "entry (%d, %d) is outside the %d rows and %d columns added so far"
              .formatted(row, column, rowNames.size(), columnNames.size()));
    }
    if (finite("entry", value) != 0) {
      entryRow.add(row);
      entryColumn.add(column);
      entryValue.add(value);
    }
    return this;
  }

  /**
   * The program as collected so far.
   *
   * @throws IllegalArgumentException if an entry was set twice
   */
  public LinearProgram build() {
    int count = entryValue.size();
    // Two counting sorts, by row and then by column, leave each column in the order of its rows.
    int[] byRow = sorted(entryRow, rowNames.size(), null);
    int[] order = sorted(entryColumn, columnNames.size(), byRow);
    int[] start = starts(entryColumn, columnNames.size());
    int[] row = new int[count];
    double[] value = new double[count];
    for (int k = 0; k < count; k++) {
      row[k] = entryRow.getInt(order[k]);
      value[k] = entryValue.getDouble(order[k]);
      int column = entryColumn.getInt(order[k]);
      if (k > start[column] && row[k] == row[k - 1]) {
        throw new IllegalArgumentException("entry (" + row[k] + ", " + column + ") is set twice");
      }
    }
    return new LinearProgram(this, start, row, value);
  }

  private static int[] starts(IntArrayList keys, int range) {
    int[] start = new int[range + 1];
    for (int k = 0; k < keys.size(); k++) {
      start[keys.getInt(k) + 1]++;
    }
    for (int i = 0; i < range; i++) {
      start[i + 1] += start[i];
    }
    return start;
  }

  private static int[] sorted(IntArrayList keys, int range, int @Nullable [] before) {
    int[] next = starts(keys, range);
    int[] order = new int[keys.size()];
    for (int k = 0; k < order.length; k++) {
      int item = before == null ? k : before[k];
      order[next[keys.getInt(item)]++] = item;
    }
    return order;
  }

  private static void addBounds(
      String what, double low, double high, DoubleArrayList lows, DoubleArrayList highs) {
    boolean usable = low < LinearProgram.INFINITE_BOUND && high > -LinearProgram.INFINITE_BOUND;
    if (!usable) { // also if one is NaN
      throw new IllegalArgumentException(
          what + ": bounds leave no finite value: [" + low + ", " + high + "]");
    }
    lows.add(low <= -LinearProgram.INFINITE_BOUND ? Double.NEGATIVE_INFINITY : low);
    highs.add(high >= LinearProgram.INFINITE_BOUND ? Double.POSITIVE_INFINITY : high);
  }

  private static double finite(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(what + " must be finite: " + value);
    }
    return value;
  }

  String name() {
    return name;
  }

  double offset() {
    return offset;
  }

  @Nullable String @Nullable [] columnNames() {
    return namesOrNull(columnNames);
  }

  @Nullable String @Nullable [] rowNames() {
    return namesOrNull(rowNames);
  }

  private static @Nullable String @Nullable [] namesOrNull(List<@Nullable String> names) {
    for (String given : names) {
      if (given != null) {
        return names.toArray(new String[0]);
      }
    }
    return null;
  }
}
