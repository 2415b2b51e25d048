// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Problems to try, and proofs on the whole matrix, which the solver never builds. */
final class Problems {
  private static final double TOLERANCE = 1e-9;

  private Problems() {}

  /** Any rows: wide and narrow, with empty parts, some twice; targets in sixteenths. */
  static LinProProblem any(SplittableRandom random, int rows, int length, Weighting weighting) {
    int[][] cuts = new int[rows][];
    double[] targets = new double[rows];
    for (int i = 0; i < rows; i++) {
      cuts[i] = new int[4];
      for (int k = 0; k < 4; k++) {
        cuts[i][k] = random.nextInt(length + 1);
      }
      Arrays.sort(cuts[i]);
      if (i > 0 && random.nextInt(8) == 0) {
        cuts[i] = cuts[random.nextInt(i)].clone();
      }
      targets[i] = (random.nextInt(33) - 8) / 16.0;
    }
    return new LinProProblem(length, cuts, targets, weighting);
  }

  /** Clustered intervals, and targets that some label in [0,1] meets. */
  static LinProProblem feasible(
      SplittableRandom random, int rows, int length, Weighting weighting) {
    int clusters = 1 + rows / 8;
    double width = (double) length / clusters;
    int[][] cuts = new int[rows][];
    for (int i = 0; i < rows; i++) {
      double centre = (random.nextInt(clusters) + 0.3 + 0.4 * random.nextDouble()) * width;
      double half = (0.05 + 0.3 * random.nextDouble()) * width;
      int start = (int) Math.max(0, centre - half);
      int end = Math.min(length, start + 1 + (int) (2 * half));
      int margin = (int) (half / 2);
      cuts[i] =
          new int[] {
            Math.max(0, start - margin),
            start,
            end,
            Math.max(end, Math.min(length - 1, end + margin))
          };
    }
    double[] label = new double[length];
    for (int t = 0; t < length; t++) {
      label[t] = random.nextInt(3) == 0 ? random.nextInt(2) : random.nextDouble();
    }
    LinProProblem rowsAlone = new LinProProblem(length, cuts, new double[rows], weighting);
    return new LinProProblem(length, cuts, times(rowsAlone, label), weighting);
  }

  /** The entry of the matrix at row i and position t. */
  static double entry(LinProProblem problem, int i, int t) {
    if (t < problem.cut(i, 0) || t >= problem.cut(i, 3)) {
      return 0;
    }
    boolean inner = t >= problem.cut(i, 1) && t < problem.cut(i, 2);
    return inner ? problem.innerWeight(i) : problem.outerWeight(i);
  }

  static double[] times(LinProProblem problem, double[] x) {
    double[] product = new double[problem.rows()];
    for (int i = 0; i < product.length; i++) {
      for (int t = 0; t < x.length; t++) {
        product[i] += entry(problem, i, t) * x[t];
      }
    }
    return product;
  }

  static double[] transposedTimes(LinProProblem problem, double[] y) {
    double[] product = new double[problem.length()];
    for (int t = 0; t < product.length; t++) {
      for (int i = 0; i < y.length; i++) {
        product[t] += entry(problem, i, t) * y[i];
      }
    }
    return product;
  }

  static double penalty(LinProProblem problem, LinProOptions options, int row) {
    return options.penalty()
        + options.innerPenalty() * Math.max(1, problem.cut(row, 2) - problem.cut(row, 1));
  }

  /** Checks an answer by what it says of itself: optimal or infeasible, each with its proof. */
  static void assertProved(
      LinProProblem problem, LinProOptions options, LinProSolution found, String what) {
    assertTrue(found.status() != LinProStatus.IMPRECISE, () -> what + ": " + found.status());
    if (found.status() == LinProStatus.OPTIMAL) {
      assertOptimal(problem, options, found, what);
    } else {
      assertInfeasible(problem, options.form(), found.certificate(), what);
    }
  }

  private static void assertOptimal(
      LinProProblem problem, LinProOptions options, LinProSolution found, String what) {
    double[] x = found.label();
    double[] y = found.prices();
    double[] product = times(problem, x);
    double primal = 0;
    double dual = 0;
    double residual = 0;
    for (double value : x) {
      primal += Math.abs(value);
      assertTrue(options.form() == SignForm.FREE || (value >= 0 && value <= 1), what);
    }
    for (int i = 0; i < y.length; i++) {
      double missed = problem.target(i) - product[i];
      residual = Math.max(residual, Math.abs(missed));
      assertEquals(missed, found.missed()[i], TOLERANCE * (1 + Math.abs(missed)), what);
      if (options.isStrict()) {
        assertEquals(0, missed, TOLERANCE * (1 + Math.abs(problem.target(i))), what);
      } else {
        primal += penalty(problem, options, i) * Math.abs(missed);
        assertTrue(
            Math.abs(y[i]) <= penalty(problem, options, i) * (1 + TOLERANCE) + TOLERANCE, what);
      }
      dual += y[i] * problem.target(i);
    }
    double[] slopes = transposedTimes(problem, y);
    for (double slope : slopes) {
      if (options.form() == SignForm.FREE) {
        assertTrue(Math.abs(slope) <= 1 + 1e-8, () -> what + ": slope " + slope);
      } else {
        dual -= Math.max(0, slope - 1);
      }
    }
    assertEquals(dual, primal, TOLERANCE * (1 + Math.abs(dual)), what + ": gap");
    assertEquals(primal, found.objective(), TOLERANCE * (1 + Math.abs(primal)), what);
    assertEquals(residual, found.residual(), TOLERANCE * (1 + residual), what);
  }

  static void assertInfeasible(LinProProblem problem, SignForm form, double[] w, String what) {
    double[] slopes = transposedTimes(problem, w);
    double needed = 0;
    double size = 0;
    for (int i = 0; i < w.length; i++) {
      needed += w[i] * problem.target(i);
      size = Math.max(size, Math.abs(w[i]));
    }
    double most = 0;
    for (double slope : slopes) {
      if (form == SignForm.FREE) {
        assertEquals(0, slope, TOLERANCE * size, what + ": certificate");
      } else {
        most += Math.max(0, slope);
      }
    }
    assertTrue(needed > most + 1e-10, what + ": " + needed + " against " + most);
  }
}
