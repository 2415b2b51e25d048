// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import java.util.Arrays;
import java.util.Optional;

/**
 * The primal simplex of textbooks on the whole matrix: two phases in a dense tableau under Bland's
 * rule. Slow, simple, and nothing in common with what it tests.
 */
final class TextbookSimplex {
  private static final double EPS = 1e-9;

  private final double[][] table; // constraints, then the two cost rows; the last column is b
  private final int[] basis;
  private final int columns;

  private TextbookSimplex(double[][] table, int[] basis, int columns) {
    this.table = table;
    this.basis = basis;
    this.columns = columns;
  }

  /** A label of least norm that meets the rows, or none. */
  static Optional<double[]> solve(LinProProblem problem, SignForm form) {
    boolean free = form == SignForm.FREE;
    int n = problem.rows();
    int length = problem.length();
    int equations = free ? n : n + length; // x_t + slack_t = 1
    int variables = 2 * length; // x and slack, or the positive and negative parts
    int columns = variables + equations;
    double[][] table = new double[equations + 2][columns + 1];
    int[] basis = new int[equations];
    for (int i = 0; i < equations; i++) {
      double[] row = table[i];
      for (int t = 0; t < length; t++) {
        double a = i < n ? Problems.entry(problem, i, t) : i - n == t ? 1 : 0;
        row[t] = a;
        row[length + t] = free ? -a : i - n == t ? 1 : 0;
      }
      row[columns] = i < n ? problem.target(i) : 1;
      if (row[columns] < 0) {
        Arrays.setAll(row, k -> -row[k]);
      }
      row[variables + i] = 1;
      basis[i] = variables + i;
      for (int k = 0; k <= columns; k++) {
        table[equations + 1][k] -= k >= variables && k < columns ? 0 : row[k];
      }
    }
    Arrays.fill(table[equations], 0, free ? variables : length, 1);
    TextbookSimplex simplex = new TextbookSimplex(table, basis, columns);
    simplex.run(equations + 1, columns);
    if (table[equations + 1][columns] < -1e-8) {
      return Optional.empty();
    }
    simplex.run(equations, variables);
    double[] x = new double[length];
    for (int i = 0; i < equations; i++) {
      if (basis[i] < length) {
        x[basis[i]] += table[i][columns];
      } else if (free && basis[i] < variables) {
        x[basis[i] - length] -= table[i][columns];
      }
    }
    return Optional.of(x);
  }

  private void run(int costRow, int allowed) {
    while (true) {
      int entering = 0;
      while (entering < allowed && table[costRow][entering] >= -EPS) {
        entering++;
      }
      if (entering == allowed) {
        return;
      }
      int leaving = -1;
      for (int i = 0; i < basis.length; i++) {
        // An artificial variable that is still basic stays at 0: it leaves at once.
        boolean stuck = basis[i] >= allowed && Math.abs(table[i][entering]) > EPS;
        if (table[i][entering] > EPS || stuck) {
          double ratio = stuck ? 0 : table[i][columns] / table[i][entering];
          double best =
              leaving < 0
                  ? Double.POSITIVE_INFINITY
                  : basis[leaving] >= allowed
                      ? 0
                      : table[leaving][columns] / table[leaving][entering];
          if (ratio < best - 1e-12
              || (ratio <= best + 1e-12 && (leaving < 0 || basis[i] < basis[leaving]))) {
            leaving = i;
          }
        }
      }
      pivot(leaving, entering);
    }
  }

  private void pivot(int r, int q) {
    double[] row = table[r];
    double element = row[q];
    Arrays.setAll(row, k -> row[k] / element);
    for (int i = 0; i < table.length; i++) {
      double factor = table[i][q];
      if (i != r && factor != 0) {
        double[] other = table[i];
        Arrays.setAll(other, k -> other[k] - factor * row[k]);
      }
    }
    basis[r] = q;
  }
}
