// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

import java.util.Arrays;

/**
 * Scale factors that bring the numbers of a program near one: a factor for every row and every
 * column, one for all costs and one for all bounds. They follow from the data alone, so a program
 * in cents and the same one in millions are alike once scaled. All are powers of two, so scaling
 * rounds nothing.
 *
 * <p>With row factors r, column factors s, cost factor g and bound factor f the scaled program has
 * entries {@code r_i a_ij s_j}, costs {@code g c_j s_j}, column bounds {@code f l_j / s_j} and row
 * bounds {@code f L_i r_i}; its point is {@code f x_j / s_j}, its multipliers {@code g y_i / r_i}.
 */
public final class Scaling {
  private static final int PASSES = 4;
  private static final double NEAR_ONE = 5;

  /** No factor of costs or bounds is further from one than two to this power. */
  private static final int LARGEST_POWER = 300;

  private final double[] row;
  private final double[] column;
  private double cost = 1;
  private double bound = 1;

  private Scaling(LinearProgram lp) {
    row = new double[lp.rows()];
    column = new double[lp.columns()];
    Arrays.fill(row, 1);
    Arrays.fill(column, 1);
  }

  /** Every factor is one. */
  public static Scaling none(LinearProgram lp) {
    return new Scaling(lp);
  }

  /** Factors for costs and bounds; those of rows and columns are one. */
  public static Scaling ofUnits(LinearProgram lp) {
    Scaling scaling = new Scaling(lp);
    scaling.scaleUnits(lp);
    return scaling;
  }

  /** All factors. */
  public static Scaling of(LinearProgram lp) {
    Scaling scaling = new Scaling(lp);
    scaling.scaleEntries(lp);
    scaling.scaleUnits(lp);
    return scaling;
  }

  /** Factor of a row. */
  public double row(int i) {
    return row[i];
  }

  /** Factor of a column. */
  public double column(int j) {
    return column[j];
  }

  /** Factor of all costs. */
  public double cost() {
    return cost;
  }

  /** Factor of all bounds. */
  public double bound() {
    return bound;
  }

  /** What is one in the scaled activity of a row, in the units of the program. */
  double rowUnit(int i) {
    return 1 / (row[i] * bound);
  }

  /** What is one in the scaled value of a column. */
  double columnUnit(int j) {
    return column[j] / bound;
  }

  /** What is one in the scaled cost, or reduced cost, of a column. */
  double costUnit(int j) {
    return 1 / (column[j] * cost);
  }

  /** What is one in the scaled multiplier of a row. */
  double multiplierUnit(int i) {
    return row[i] / cost;
  }

  /** What is one in the scaled objective. */
  double objectiveUnit() {
    return 1 / (cost * bound);
  }

  /** Geometric scaling, each pass by the root of least times greatest entry. */
  private void scaleEntries(LinearProgram lp) {
    if (nearOne(lp)) {
      return;
    }
    double[] low = new double[row.length];
    double[] high = new double[row.length];
    for (int pass = 0; pass < PASSES; pass++) {
      Arrays.fill(low, Double.POSITIVE_INFINITY);
      Arrays.fill(high, 0);
      for (int j = 0; j < column.length; j++) {
        for (int k = lp.start(j); k < lp.start(j + 1); k++) {
          int i = lp.entryRow(k);
          double v = Math.abs(lp.entryValue(k)) * column[j];
          low[i] = Math.min(low[i], v);
          high[i] = Math.max(high[i], v);
        }
      }
      for (int i = 0; i < row.length; i++) {
        row[i] = high[i] == 0 ? 1 : 1 / Math.sqrt(low[i] * high[i]);
      }
      scaleColumns(lp, pass == PASSES - 1);
    }
    roundToPowers(row);
    roundToPowers(column);
  }

  private static boolean nearOne(LinearProgram lp) {
    for (int k = 0; k < lp.entries(); k++) {
      double v = Math.abs(lp.entryValue(k));
      if (v < 1 / NEAR_ONE || v > NEAR_ONE) {
        return false;
      }
    }
    return true;
  }

  private void scaleColumns(LinearProgram lp, boolean last) {
    for (int j = 0; j < column.length; j++) {
      double low = Double.POSITIVE_INFINITY;
      double high = 0;
      for (int k = lp.start(j); k < lp.start(j + 1); k++) {
        double v = Math.abs(lp.entryValue(k)) * row[lp.entryRow(k)];
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
      // The last pass makes the greatest entry of each column 1, so that pivots are alike.
      column[j] = high == 0 ? 1 : 1 / (last ? high : Math.sqrt(low * high));
    }
  }

  /** Costs and bounds have a geometric mean of about one, zeros and infinite bounds left out. */
  private void scaleUnits(LinearProgram lp) {
    Mean costs = new Mean();
    Mean bounds = new Mean();
    for (int j = 0; j < column.length; j++) {
      costs.add(lp.cost(j) * column[j]);
      bounds.add(lp.lower(j) / column[j]);
      if (lp.upper(j) != lp.lower(j)) {
        bounds.add(lp.upper(j) / column[j]);
      }
    }
    for (int i = 0; i < row.length; i++) {
      bounds.add(lp.rowLower(i) * row[i]);
      if (lp.rowUpper(i) != lp.rowLower(i)) {
        bounds.add(lp.rowUpper(i) * row[i]);
      }
    }
    cost = costs.factor();
    bound = bounds.factor();
  }

  private static void roundToPowers(double[] factors) {
    for (int i = 0; i < factors.length; i++) {
      factors[i] = Math.scalb(1.0, (int) Math.rint(log2(factors[i])));
    }
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  /** A geometric mean. */
  private static final class Mean {
    private double logarithms;
    private int count;

    void add(double value) {
      double log = log2(Math.abs(value));
      if (Double.isFinite(log)) { // neither zero nor infinite
        logarithms += log;
        count++;
      }
    }

    /** The power of two that brings the mean near one. */
    double factor() {
      double power = count == 0 ? 0 : Math.rint(-logarithms / count);
      return Math.scalb(1.0, (int) Math.max(-LARGEST_POWER, Math.min(LARGEST_POWER, power)));
    }
  }
}
