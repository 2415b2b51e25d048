// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.factor.ColumnMatrix;
import java.util.Arrays;

/**
 * The data the simplex method works on: rows and columns scaled by powers of two, so that scaling
 * rounds nothing, with a logical variable per row. All arrays are read-only after construction.
 */
final class ScaledProgram {
  private static final int PASSES = 4;

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
  private final double[] rowScale;
  private final double[] columnScale;

  ScaledProgram(LinearProgram lp, boolean scaling) {
    source = lp;
    rows = lp.rows();
    columns = lp.columns();
    size = rows + columns;
    int[] start = new int[columns + 1];
    int[] index = new int[lp.entries()];
    double[] value = new double[lp.entries()];
    for (int j = 0; j < columns; j++) {
      start[j + 1] = lp.start(j + 1);
    }
    for (int k = 0; k < index.length; k++) {
      index[k] = lp.entryRow(k);
      value[k] = lp.entryValue(k);
    }
    rowScale = new double[rows];
    columnScale = new double[columns];
    Arrays.fill(rowScale, 1);
    Arrays.fill(columnScale, 1);
    matrix = new ColumnMatrix(rows, start, index, value);
    if (scaling) {
      scale();
    }
    byRow = matrix.transpose();
    cost = new double[size];
    lower = new double[size];
    upper = new double[size];
    for (int j = 0; j < columns; j++) {
      cost[j] = lp.cost(j) * columnScale[j];
      lower[j] = lp.lower(j) / columnScale[j];
      upper[j] = lp.upper(j) / columnScale[j];
    }
    for (int i = 0; i < rows; i++) {
      lower[columns + i] = 0 - lp.rowUpper(i) * rowScale[i];
      upper[columns + i] = 0 - lp.rowLower(i) * rowScale[i];
    }
  }

  /** Geometric scaling, each pass by the root of least times greatest entry. */
  private void scale() {
    double[] value = matrix.value();
    double least = Double.POSITIVE_INFINITY;
    double greatest = 0;
    for (double v : value) {
      least = Math.min(least, Math.abs(v));
      greatest = Math.max(greatest, Math.abs(v));
    }
    if (least >= 0.2 && greatest <= 5) {
      return;
    }
    double[] low = new double[rows];
    double[] high = new double[rows];
    for (int pass = 0; pass < PASSES; pass++) {
      Arrays.fill(low, Double.POSITIVE_INFINITY);
      Arrays.fill(high, 0);
      for (int j = 0; j < columns; j++) {
        for (int k = matrix.start()[j]; k < matrix.start()[j + 1]; k++) {
          int i = matrix.index()[k];
          double v = Math.abs(value[k]) * columnScale[j];
          low[i] = Math.min(low[i], v);
          high[i] = Math.max(high[i], v);
        }
      }
      for (int i = 0; i < rows; i++) {
        rowScale[i] = high[i] == 0 ? 1 : 1 / Math.sqrt(low[i] * high[i]);
      }
      scaleColumns(pass == PASSES - 1);
    }
    for (int i = 0; i < rows; i++) {
      rowScale[i] = powerOfTwo(rowScale[i]);
    }
    for (int j = 0; j < columns; j++) {
      columnScale[j] = powerOfTwo(columnScale[j]);
      for (int k = matrix.start()[j]; k < matrix.start()[j + 1]; k++) {
        value[k] *= rowScale[matrix.index()[k]] * columnScale[j];
      }
    }
  }

  private void scaleColumns(boolean last) {
    for (int j = 0; j < columns; j++) {
      double low = Double.POSITIVE_INFINITY;
      double high = 0;
      for (int k = matrix.start()[j]; k < matrix.start()[j + 1]; k++) {
        double v = Math.abs(matrix.value()[k]) * rowScale[matrix.index()[k]];
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
      // The last pass makes the greatest entry of each column 1, so that pivots are alike.
      columnScale[j] = high == 0 ? 1 : 1 / (last ? high : Math.sqrt(low * high));
    }
  }

  private static double powerOfTwo(double scale) {
    return Math.scalb(1.0, (int) Math.rint(Math.log(scale) / Math.log(2)));
  }

  /** The columns of a scaled point, in the units of the source and within its bounds if close. */
  double[] point(double[] scaled) {
    double[] x = new double[columns];
    for (int j = 0; j < columns; j++) {
      double at = scaled[j] * columnScale[j];
      x[j] = scaled[j] == lower[j] ? source.lower(j) : scaled[j] == upper[j] ? source.upper(j) : at;
    }
    return x;
  }

  /** A scaled direction in the units of the source. */
  double[] direction(double[] scaled) {
    double[] v = new double[columns];
    for (int j = 0; j < columns; j++) {
      v[j] = scaled[j] * columnScale[j];
    }
    return v;
  }

  /** Scaled row multipliers in the units of the source. */
  double[] multipliers(double[] scaled) {
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      y[i] = scaled[i] * rowScale[i];
    }
    return y;
  }
}
