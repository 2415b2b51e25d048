// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.Certificate;
import dev.kairos.lp.Fuzz;
import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LinearProgramBuilder;
import dev.kairos.lp.LpResult;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Programs that are feasible, or not, by a known and small margin. */
class ThresholdTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** Of the sum of the terms; some thousand times what rounding makes of it. */
  private static final double SMALLEST_MARGIN = 1e-11;

  private static SimplexSolver solver(SplittableRandom random) {
    return new SimplexSolver(SimplexOptions.defaults().withPresolve(random.nextInt(4) > 0));
  }

  private static void assertAnswer(
      boolean feasible, LinearProgram lp, LpResult found, String what) {
    Class<?> expected = feasible ? LpResult.Optimal.class : LpResult.Infeasible.class;
    assertEquals(expected, found.getClass(), what);
    Certificate certificate = Certificate.verify(lp, found);
    assertTrue(certificate.valid(), what + certificate);
  }

  private static void assertAnswer(boolean feasible, LinearProgram lp) {
    for (int bits = 0; bits < 4; bits++) {
      SimplexOptions options =
          SimplexOptions.defaults().withPresolve((bits & 1) > 0).withScaling((bits & 2) > 0);
      assertAnswer(feasible, lp, new SimplexSolver(options).solve(lp), "options " + bits);
    }
  }

  /** At most a thousand million for two parts of which one needs six hundred million. */
  private static LinearProgram budget(double other) {
    LinearProgramBuilder builder = LinearProgram.builder();
    builder.addRow(-INFINITY, 1e9);
    builder.addRow(6e8, INFINITY);
    builder.addRow(other, INFINITY);
    builder.addColumn(1, 0, INFINITY);
    builder.addColumn(1, 0, INFINITY);
    return builder.entry(0, 0, 1).entry(0, 1, 1).entry(1, 0, 1).entry(2, 1, 1).build();
  }

  @Test
  void aBudgetIsMissedByFiftyOrByFiveCents() {
    assertAnswer(true, budget(4e8));
    assertAnswer(true, budget(4e8 - 0.05));
    assertAnswer(false, budget(4e8 + 50));
    assertAnswer(false, budget(4e8 + 0.05));
  }

  /** {@code size * (x - y) >= side}, x at most and y at least {@code at}. */
  private static LinearProgram apart(double size, double at, double side) {
    LinearProgramBuilder builder = LinearProgram.builder();
    builder.addRow(side, INFINITY);
    builder.addColumn(1, 0, at);
    builder.addColumn(0, at, 2 * at);
    return builder.entry(0, 0, size).entry(0, 1, -size).build();
  }

  @Test
  void aSmallDifferenceOfLargeTermsCounts() {
    assertAnswer(false, apart(1e6, 1, 0.05));
    assertAnswer(false, apart(1, 1e6, 0.15));
    assertAnswer(true, apart(1e6, 1, -0.05));
    assertAnswer(true, apart(1, 1e6, 0));
  }

  @Test
  void theMarginDecides() {
    for (long seed : Fuzz.seeds(4000)) {
      SplittableRandom random = new SplittableRandom(seed);
      double margin = SMALLEST_MARGIN * Math.pow(10, 10 * random.nextDouble());
      boolean feasible = random.nextBoolean();
      LinearProgram lp = byMargin(random, feasible ? -margin : margin);
      String what = "seed " + seed + ", margin " + margin;
      assertAnswer(feasible, lp, solver(random).solve(lp), what);
    }
  }

  /**
   * Rows {@code a_i x >= b_i} whose sum with weights y the columns can meet up to a margin, at one
   * corner of their bounds, where each row is met or missed by its share of the margin.
   */
  private static LinearProgram byMargin(SplittableRandom random, double margin) {
    int m = 1 + random.nextInt(6);
    int n = 1 + random.nextInt(8);
    int spread = random.nextInt(7);
    double[] y = new double[m];
    double[] column = new double[n];
    double[][] a = new double[m][n];
    for (int i = 0; i < m; i++) {
      y[i] = power(random, spread);
    }
    LinearProgramBuilder builder = LinearProgram.builder();
    double[] corner = new double[n];
    double[] activity = new double[m];
    double[] size = new double[m];
    for (int j = 0; j < n; j++) {
      column[j] = power(random, spread);
      double sum = 0;
      for (int i = 0; i < m; i++) {
        if (j == 0 || random.nextInt(3) > 0) {
          double whole = 1 + random.nextInt(9);
          double part = random.nextBoolean() ? whole : -whole;
          a[i][j] = part / y[i] / column[j];
          sum += part;
        }
      }
      double low = (random.nextInt(21) - 10) * column[j];
      double high = low + (1 + random.nextInt(10)) * column[j];
      corner[j] = sum > 0 ? high : low;
      // the bound that the sum does not lean on is there or not
      boolean open = random.nextInt(3) == 0 && sum != 0;
      double lower = open && sum > 0 ? -INFINITY : low;
      double upper = open && sum < 0 ? INFINITY : high;
      builder.addColumn(random.nextInt(9) * (lower == low ? 1 : -1) / column[j], lower, upper);
      for (int i = 0; i < m; i++) {
        activity[i] += a[i][j] * corner[j];
        size[i] += Math.abs(a[i][j]) * Math.max(Math.abs(low), Math.abs(high));
      }
    }
    for (int i = 0; i < m; i++) {
      builder.addRow(activity[i] + margin * size[i], INFINITY);
      for (int j = 0; j < n; j++) {
        builder.entry(i, j, a[i][j]);
      }
    }
    return builder.build();
  }

  /** A power of ten of either sign. */
  private static double power(SplittableRandom random, int most) {
    return Math.pow(10, random.nextInt(2 * most + 1) - most);
  }
}
