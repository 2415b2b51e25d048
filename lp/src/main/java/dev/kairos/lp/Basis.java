// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

import java.util.Arrays;

/**
 * A basis of the simplex method: which columns and row activities are basic, and at which bound
 * each of the others is. A basis of a program has as many basic members as the program has rows;
 * {@code SimplexSolver} repairs one that has not.
 */
public final class Basis {
  private final BasisStatus[] columns;
  private final BasisStatus[] rows;

  /**
   * A basis from its parts, which are copied.
   *
   * @param columns [n]
   * @param rows [m]
   */
  public Basis(BasisStatus[] columns, BasisStatus[] rows) {
    this.columns = columns.clone();
    this.rows = rows.clone();
  }

  /** The basis of the row activities alone; each column stands at the bound nearest to zero. */
  public static Basis ofRows(LinearProgram lp) {
    BasisStatus[] columns = new BasisStatus[lp.columns()];
    for (int j = 0; j < columns.length; j++) {
      columns[j] = resting(lp.lower(j), lp.upper(j));
    }
    BasisStatus[] rows = new BasisStatus[lp.rows()];
    Arrays.fill(rows, BasisStatus.BASIC);
    return new Basis(columns, rows);
  }

  private static BasisStatus resting(double lower, double upper) {
    if (lower == Double.NEGATIVE_INFINITY && upper == Double.POSITIVE_INFINITY) {
      return BasisStatus.AT_ZERO;
    }
    return Math.abs(lower) <= Math.abs(upper) ? BasisStatus.AT_LOWER : BasisStatus.AT_UPPER;
  }

  /** Number of columns n. */
  public int columns() {
    return columns.length;
  }

  /** Number of rows m. */
  public int rows() {
    return rows.length;
  }

  /** Where a column stands. */
  public BasisStatus column(int column) {
    return columns[column];
  }

  /** Where the activity of a row stands. */
  public BasisStatus row(int row) {
    return rows[row];
  }
}
