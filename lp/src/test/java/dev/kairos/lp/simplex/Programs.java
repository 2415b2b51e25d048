// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LinearProgramBuilder;
import java.util.SplittableRandom;

/** Programs that are known for something. */
final class Programs {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private Programs() {}

  /** Minimise c'x, A x {@code <=} b, x {@code >=} 0. */
  static LinearProgram inequalities(double[] c, double[][] a, double[] b) {
    LinearProgramBuilder builder = LinearProgram.builder();
    for (double side : b) {
      builder.addRow(-INFINITY, side);
    }
    for (double cost : c) {
      builder.addColumn(cost, 0, INFINITY);
    }
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < c.length; j++) {
        builder.entry(i, j, a[i][j]);
      }
    }
    return builder.build();
  }

  /** Beale's example, on which the first simplex rules cycle; the optimum is -1/20. */
  static LinearProgram beale() {
    return inequalities(
        new double[] {-0.75, 150, -0.02, 6},
        new double[][] {{0.25, -60, -0.04, 9}, {0.5, -90, -0.02, 3}, {0, 0, 1, 0}},
        new double[] {0, 0, 1});
  }

  /** Kuhn's cycling example; the optimum is -2. */
  static LinearProgram kuhn() {
    return inequalities(
        new double[] {-2, -3, 1, 12},
        new double[][] {{-2, -9, 1, 9}, {1.0 / 3, 1, -1.0 / 3, -2}, {2, 3, -1, -12}},
        new double[] {0, 0, 2});
  }

  /** Marshall and Suurballe's cycling example; the optimum is -1. */
  static LinearProgram marshallSuurballe() {
    return inequalities(
        new double[] {-10, 57, 9, 24},
        new double[][] {{0.5, -5.5, -2.5, 9}, {0.5, -1.5, -0.5, 1}, {1, 0, 0, 0}},
        new double[] {0, 0, 1});
  }

  /** A cube bent so that some rules visit all its corners; the optimum is -5^n. */
  static LinearProgram kleeMinty(int n) {
    double[] c = new double[n];
    double[] b = new double[n];
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      c[i] = -Math.pow(2, n - 1.0 - i);
      b[i] = Math.pow(5, i + 1.0);
      a[i][i] = 1;
      for (int j = 0; j < i; j++) {
        a[i][j] = Math.pow(2, i - j + 1.0);
      }
    }
    return inequalities(c, a, b);
  }

  /** Assigning n workers to n jobs at whole costs. */
  static LinearProgram assignment(int n, SplittableRandom random) {
    return assignment(n, random, 1);
  }

  /** The same with costs that are multiples of a unit. */
  static LinearProgram assignment(int n, SplittableRandom random, double unit) {
    LinearProgramBuilder builder = LinearProgram.builder();
    for (int i = 0; i < 2 * n; i++) {
      builder.addRow(1, 1);
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        int column = builder.addColumn(unit * random.nextInt(100), 0, INFINITY);
        builder.entry(i, column, 1).entry(n + j, column, 1);
      }
    }
    return builder.build();
  }

  /** Covering by random sets of equal cost: very degenerate. */
  static LinearProgram covering(int rows, int columns, SplittableRandom random) {
    LinearProgramBuilder builder = LinearProgram.builder();
    for (int i = 0; i < rows; i++) {
      builder.addRow(1, INFINITY);
    }
    for (int j = 0; j < columns; j++) {
      builder.addColumn(1, 0, 1);
      for (int i = 0; i < rows; i++) {
        builder.entry(i, j, i == j % rows || random.nextInt(8) == 0 ? 1 : 0);
      }
    }
    return builder.build();
  }

  /** A sparse program with a feasible point and a bound, of any size. */
  static LinearProgram sparse(int rows, int columns, SplittableRandom random) {
    double[] activity = new double[rows];
    double[][] entries = new double[columns][rows];
    for (int j = 0; j < columns; j++) {
      double x = random.nextInt(3) * random.nextDouble();
      for (int k = 0; k < 4; k++) {
        int i = random.nextInt(rows);
        entries[j][i] = random.nextDouble() * 4 - 1;
      }
      for (int i = 0; i < rows; i++) {
        activity[i] += entries[j][i] * x;
      }
    }
    LinearProgramBuilder whole = LinearProgram.builder();
    for (int i = 0; i < rows; i++) {
      whole.addRow(activity[i] - random.nextInt(2), activity[i] + random.nextInt(2) * 0.5);
    }
    for (int j = 0; j < columns; j++) {
      whole.addColumn(random.nextDouble() * 10 - 3, 0, 2 + random.nextInt(3));
      for (int i = 0; i < rows; i++) {
        whole.entry(i, j, entries[j][i]);
      }
    }
    return whole.build();
  }
}
