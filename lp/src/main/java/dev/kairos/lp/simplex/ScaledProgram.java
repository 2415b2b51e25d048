// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.Scaling;
import dev.kairos.lp.factor.ColumnMatrix;

/**
 * The data the simplex method works on: scaled by powers of two, so that scaling rounds nothing,
 * with a logical variable per row. All arrays are read-only after construction.
 */
final class ScaledProgram {
  final int rows;
  final int columns;

  /** Columns and logicals together. */
  final int size;

  final ColumnMatrix matrix;
  final ColumnMatrix byRow;
  final double[] cost;
  final double[] lower;
  final double[] upper;

  private final LinearProgram source;
  private final Scaling scaling;

  ScaledProgram(LinearProgram lp, Scaling scaling) {
    source = lp;
    this.scaling = scaling;
    rows = lp.rows();
    columns = lp.columns();
    size = rows + columns;
    int[] start = new int[columns + 1];
    int[] index = new int[lp.entries()];
    double[] value = new double[lp.entries()];
    for (int j = 0; j < columns; j++) {
      start[j + 1] = lp.start(j + 1);
    }
    for (int j = 0; j < columns; j++) {
      for (int k = start[j]; k < start[j + 1]; k++) {
        index[k] = lp.entryRow(k);
        value[k] = lp.entryValue(k) * (scaling.row(index[k]) * scaling.column(j));
      }
    }
    matrix = new ColumnMatrix(rows, start, index, value);
    byRow = matrix.transpose();
    cost = new double[size];
    lower = new double[size];
    upper = new double[size];
    for (int j = 0; j < columns; j++) {
      cost[j] = lp.cost(j) * scaling.column(j) * scaling.cost();
      lower[j] = lp.lower(j) / scaling.column(j) * scaling.bound();
      upper[j] = lp.upper(j) / scaling.column(j) * scaling.bound();
    }
    for (int i = 0; i < rows; i++) {
      double factor = scaling.row(i) * scaling.bound();
      lower[columns + i] = 0 - lp.rowUpper(i) * factor;
      upper[columns + i] = 0 - lp.rowLower(i) * factor;
    }
  }

  /** The value of some scaled costs at a scaled point, in the units of the source. */
  double objective(double[] costs, double[] scaled) {
    double sum = 0;
    for (int j = 0; j < size; j++) {
      sum += costs[j] * scaled[j];
    }
    return sum / scaling.cost() / scaling.bound();
  }

  /** The constant of the objective. */
  double offset() {
    return source.offset();
  }

  /** The columns of a scaled point, in the units of the source and within its bounds if close. */
  double[] point(double[] scaled) {
    double[] x = new double[columns];
    for (int j = 0; j < columns; j++) {
      double at = scaled[j] * scaling.column(j) / scaling.bound();
      x[j] = scaled[j] == lower[j] ? source.lower(j) : scaled[j] == upper[j] ? source.upper(j) : at;
    }
    return x;
  }

  /** A scaled direction in the units of the source. */
  double[] direction(double[] scaled) {
    double[] v = new double[columns];
    for (int j = 0; j < columns; j++) {
      v[j] = scaled[j] * scaling.column(j);
    }
    return v;
  }

  /** Scaled row multipliers in the units of the source. */
  double[] multipliers(double[] scaled) {
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      y[i] = scaled[i] * scaling.row(i) / scaling.cost();
    }
    return y;
  }
}
