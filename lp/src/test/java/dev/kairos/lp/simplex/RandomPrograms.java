// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LinearProgramBuilder;
import java.util.SplittableRandom;

/**
 * Small programs in whole numbers of every kind: degenerate, infeasible, unbounded, with free and
 * fixed columns, empty and repeated rows and columns, crossed bounds.
 */
final class RandomPrograms {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private final SplittableRandom random;

  RandomPrograms(SplittableRandom random) {
    this.random = random;
  }

  LinearProgram next() {
    int m = random.nextInt(8);
    int n = random.nextInt(9);
    int size = random.nextInt(5) == 0 ? 100 : 4;
    double density = random.nextDouble() * 0.9 + 0.1;
    double[] zero = new double[m];
    double[] point = new double[n];
    boolean[] skip = new boolean[m];
    double[][] a = new double[m][n];
    for (int i = 0; i < m; i++) {
      skip[i] = chance(15);
      boolean copy = i > 0 && chance(10);
      int factor = 1 + random.nextInt(3);
      for (int j = 0; j < n; j++) {
        double fresh = random.nextDouble() < density && !skip[i] ? number(size) : 0;
        a[i][j] = copy ? a[i - 1][j] * (chance(2) ? factor : -factor) : fresh;
      }
    }
    LinearProgramBuilder builder = LinearProgram.builder().offset(chance(3) ? number(9) : 0);
    for (int j = 0; j < n; j++) {
      if (j > 0 && chance(8)) {
        for (int i = 0; i < m; i++) {
          a[i][j] = a[i][j - 1];
        }
      }
      point[j] = addColumn(builder, size);
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        zero[i] += a[i][j] * point[j];
      }
      addRow(builder, chance(4) ? number(3 * size) : zero[i], size);
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        builder.entry(i, j, a[i][j]);
      }
    }
    return builder.build();
  }

  /** Returns a value within the bounds, as far as there is one. */
  private double addColumn(LinearProgramBuilder builder, int size) {
    double cost = chance(3) ? 0 : number(size);
    double at = number(3);
    double width = random.nextInt(2 * size);
    switch (random.nextInt(8)) {
      case 0 -> builder.addColumn(cost, -INFINITY, INFINITY);
      case 1 -> builder.addColumn(cost, at, at);
      case 2 -> builder.addColumn(cost, -INFINITY, at);
      case 3 -> builder.addColumn(cost, at - width, at);
      case 4 -> builder.addColumn(cost, at, at + width);
      case 5 -> builder.addColumn(cost, at, chance(12) ? at - 1 : at + 1);
      default -> {
        builder.addColumn(Math.abs(cost), 0, INFINITY);
        return Math.abs(at);
      }
    }
    return at;
  }

  private void addRow(LinearProgramBuilder builder, double around, int size) {
    double width = random.nextInt(2 * size);
    switch (random.nextInt(8)) {
      case 0 -> builder.addRow(-INFINITY, INFINITY);
      case 1, 2 -> builder.addRow(around, around);
      case 3 -> builder.addRow(around - width, around);
      case 4 -> builder.addRow(around, around + width);
      case 5 -> builder.addRow(around, INFINITY);
      case 6 -> builder.addRow(around, chance(20) ? around - 1 : INFINITY);
      default -> builder.addRow(-INFINITY, around);
    }
  }

  private double number(int size) {
    return random.nextInt(2 * size + 1) - size;
  }

  /** True once in so many times. */
  private boolean chance(int times) {
    return random.nextInt(times) == 0;
  }
}
