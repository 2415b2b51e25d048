// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The choice among several optima: against trying everything, and by what it must not depend on.
 */
class LeastNormTest {
  private static final String VARIANTS = "dev.kairos.lp.linpro.LinProOracleTest#variants";

  private static LinProSolution solve(LinProProblem problem, LinProOptions options, String what) {
    LinProSolver solver = new LinProSolver(options.withChoice(Choice.LEAST_NORM));
    solver.solve(problem);
    LinProSolution found = solver.solution();
    Problems.assertProved(problem, options, found, what);
    assertEquals(Choice.LEAST_NORM, found.choice(), what);
    return found;
  }

  private static double distance(double[] a, double[] b) {
    double most = 0;
    for (int t = 0; t < a.length; t++) {
      most = Math.max(most, Math.abs(a[t] - b[t]));
    }
    return most;
  }

  private static LinProProblem small(
      SplittableRandom random, int rows, int groups, Weighting weighting) {
    while (true) {
      LinProProblem problem =
          random.nextBoolean()
              ? Problems.any(random, rows, 5 + random.nextInt(20), weighting)
              : Problems.feasible(random, rows, 5 + random.nextInt(20), weighting);
      if (VertexEnumeration.groups(problem).size() <= groups) {
        return problem;
      }
    }
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void strictProgramsAgainstTryingEverything(SignForm form, Weighting weighting) {
    LinProOptions options = LinProOptions.strict(form);
    int moved = 0;
    for (long seed = 0; seed < 150; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      LinProProblem problem = small(random, 1 + random.nextInt(4), 7, weighting);
      moved += compare(problem, options, "seed " + seed) ? 1 : 0;
    }
    assertTrue(weighting == Weighting.NORMALIZED || moved > 10, "several optima: " + moved);
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void elasticProgramsAgainstTryingEverything(SignForm form, Weighting weighting) {
    int moved = 0;
    for (long seed = 0; seed < 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double penalty = new double[] {0.25, 0.5, 1, 3, 1000}[random.nextInt(5)];
      LinProOptions options = new LinProOptions(form, penalty, 0);
      LinProProblem problem = small(random, 1 + random.nextInt(3), 5, weighting);
      moved += compare(problem, options, "seed " + seed + ", penalty " + penalty) ? 1 : 0;
    }
    assertTrue(weighting == Weighting.NORMALIZED || moved > 5, "several optima: " + moved);
  }

  /** Whether the vertex was another label. */
  private static boolean compare(LinProProblem problem, LinProOptions options, String what) {
    LinProSolver solver = new LinProSolver(options);
    if (solver.solve(problem) != LinProStatus.OPTIMAL) {
      return false;
    }
    LinProSolution found = solve(problem, options, what);
    assertEquals(solver.objective(), found.objective(), 1e-9 * (1 + found.objective()), what);
    double[] expected = LeastNormOracle.label(problem, options, solver.objective());
    assertArrayEquals(expected, found.label(), 1e-6, what);
    return distance(solver.solution().label(), found.label()) > 1e-6;
  }

  /** Many rows, their order and a warm start: one label, of no greater norm than the vertex. */
  @ParameterizedTest
  @MethodSource(VARIANTS)
  void theOrderOfRowsHasNoPart(SignForm form, Weighting weighting) {
    for (long seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int rows = 2 + random.nextInt(40);
      boolean strict = seed % 2 == 0;
      LinProOptions options =
          strict
              ? LinProOptions.strict(form)
              : new LinProOptions(form, 2 + 998 * (seed % 4 / 2), 0);
      LinProProblem problem =
          strict
              ? Problems.feasible(random, rows, 200, weighting)
              : Problems.any(random, rows, 200, weighting);
      String what = "seed " + seed;
      LinProSolution found = solve(problem, options, what);
      LinProProblem turned = backwards(problem);
      assertArrayEquals(found.label(), solve(turned, options, what).label(), 1e-7, what);
      LinProSolver vertex = new LinProSolver(options);
      vertex.solve(problem);
      assertTrue(norm(found.label()) <= norm(vertex.solution().label()) + 1e-9, what);
    }
  }

  private static double norm(double[] label) {
    return Arrays.stream(label).map(x -> x * x).sum();
  }

  private static LinProProblem backwards(LinProProblem problem) {
    int rows = problem.rows();
    int[][] cuts = new int[rows][4];
    double[] targets = new double[rows];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < 4; k++) {
        cuts[i][k] = problem.cut(rows - 1 - i, k);
      }
      targets[i] = problem.target(rows - 1 - i);
    }
    return new LinProProblem(problem.length(), cuts, targets, problem.weighting());
  }

  @Test
  void solvingAgainGivesTheLabelOfSolvingAnew() {
    LinProOptions options = LinProOptions.elastic(SignForm.BOX, 1000).withChoice(Choice.LEAST_NORM);
    LinProSolver solver = new LinProSolver(options);
    for (long seed = 0; seed < 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      LinProProblem problem = Problems.any(random, 12, 80, Weighting.UNIT);
      solver.solve(problem);
      double[] targets = new double[problem.rows()];
      int[][] cuts = new int[targets.length][4];
      for (int i = 0; i < targets.length; i++) {
        targets[i] = problem.target(i) + 0.05 * random.nextInt(3);
        for (int k = 0; k < 4; k++) {
          cuts[i][k] = problem.cut(i, k);
        }
      }
      solver.solveAgain(targets);
      LinProProblem anew = new LinProProblem(80, cuts, targets, Weighting.UNIT);
      assertArrayEquals(
          solve(anew, options, "seed " + seed).label(), solver.solution().label(), 1e-7);
    }
  }

  /** Scores of thousands have labels of thousands where signs are free. */
  @Test
  void sizeDoesNotMatter() {
    LinProOptions options = LinProOptions.strict(SignForm.FREE);
    for (long seed = 0; seed < 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      LinProProblem problem = Problems.feasible(random, 10, 90, Weighting.UNIT);
      double[] label = solve(problem, options, "seed " + seed).label();
      for (double factor : new double[] {0x1p-10, 0x1p12, 0x1p24}) {
        LinProSolver solver = new LinProSolver(options.withChoice(Choice.LEAST_NORM));
        solver.solve(times(problem, factor));
        String what = "seed " + seed + " times " + factor;
        assertEquals(Choice.LEAST_NORM, solver.choice(), what);
        double[] other = solver.solution().label();
        for (int t = 0; t < label.length; t++) {
          assertEquals(label[t], other[t] / factor, 1e-7, what);
        }
      }
    }
  }

  private static LinProProblem times(LinProProblem problem, double factor) {
    int[][] cuts = new int[problem.rows()][4];
    double[] targets = new double[cuts.length];
    for (int i = 0; i < cuts.length; i++) {
      for (int k = 0; k < 4; k++) {
        cuts[i][k] = problem.cut(i, k);
      }
      targets[i] = problem.target(i) * factor;
    }
    return new LinProProblem(problem.length(), cuts, targets, problem.weighting());
  }

  @Test
  void oneRowOfAnySignIsSpreadOverItsWholeSupport() {
    LinProProblem problem =
        new LinProProblem(12, new int[][] {{2, 3, 7, 9}}, new double[] {0.7}, Weighting.UNIT);
    double[] label = solve(problem, LinProOptions.strict(SignForm.FREE), "").label();
    double[] expected = {0, 0, -0.1, 0.1, 0.1, 0.1, 0.1, -0.1, -0.1, 0, 0, 0};
    assertArrayEquals(expected, label, 1e-15);
  }
}
