// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LinearProgramBuilder;
import dev.kairos.lp.LpResult;
import dev.kairos.lp.simplex.SimplexOptions;
import dev.kairos.lp.simplex.SimplexSolver;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against optima in exact arithmetic, and against a textbook method on the whole matrix. */
class LinProOracleTest {
  static Stream<Arguments> variants() {
    return Stream.of(SignForm.values())
        .flatMap(form -> Stream.of(Weighting.values()).map(w -> Arguments.of(form, w)));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void strictOptimaAreExact(SignForm form, Weighting weighting) {
    LinProOptions options = LinProOptions.strict(form);
    int[] outcomes = new int[2];
    for (long seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      LinProProblem problem = small(random, 1 + random.nextInt(4), 8, weighting);
      boolean feasible = compare(problem, options, "seed " + seed);
      outcomes[feasible ? 1 : 0]++;
    }
    assertTrue(outcomes[0] > 5 && outcomes[1] > 10, Arrays.toString(outcomes));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void elasticOptimaAreExact(SignForm form, Weighting weighting) {
    for (long seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double penalty = new double[] {0.25, 1, 3, 1000}[random.nextInt(4)];
      LinProOptions options = new LinProOptions(form, penalty, random.nextInt(2) * 0.5);
      LinProProblem problem = small(random, 1 + random.nextInt(3), 5, weighting);
      assertTrue(compare(problem, options, "seed " + seed));
    }
  }

  private static LinProProblem small(
      SplittableRandom random, int rows, int groups, Weighting weighting) {
    while (true) {
      LinProProblem problem = Problems.any(random, rows, 5 + random.nextInt(20), weighting);
      if (VertexEnumeration.groups(problem).size() <= groups) {
        return problem;
      }
    }
  }

  private static boolean compare(LinProProblem problem, LinProOptions options, String what) {
    LinProSolver solver = new LinProSolver(options);
    solver.solve(problem);
    LinProSolution found = solver.solution();
    Optional<Fraction> expected = VertexEnumeration.optimum(problem, options);
    assertEquals(VertexEnumeration.groups(problem).size(), found.groups(), what);
    Problems.assertProved(problem, options, found, what);
    if (expected.isEmpty()) {
      assertEquals(LinProStatus.INFEASIBLE, found.status(), what);
      if (options.form() == SignForm.BOX) {
        assertExactlyInfeasible(problem, found.certificate(), what);
      }
      return false;
    }
    assertEquals(LinProStatus.OPTIMAL, found.status(), what);
    double value = expected.get().toDouble();
    assertEquals(value, found.objective(), 1e-9 * (1 + value), what);
    return true;
  }

  private static void assertExactlyInfeasible(LinProProblem problem, double[] w, String what) {
    Fraction[] needed = {Fraction.ZERO};
    for (int i = 0; i < w.length; i++) {
      needed[0] = needed[0].plus(Fraction.of(w[i]).times(Fraction.of(problem.target(i))));
    }
    VertexEnumeration.groups(problem)
        .forEach(
            (column, size) -> {
              Fraction product = Fraction.ZERO;
              for (int i = 0; i < w.length; i++) {
                product = product.plus(column.get(i).times(Fraction.of(w[i])));
              }
              if (product.sign() > 0) {
                needed[0] = needed[0].minus(product.times(Fraction.of(size, 1)));
              }
            });
    assertEquals(1, needed[0].sign(), what);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theWholeMatrixHasTheSameOptimum(SignForm form, Weighting weighting) {
    LinProOptions options = LinProOptions.strict(form);
    LinProSolver solver = new LinProSolver(options);
    for (long seed = 0; seed < 150; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int rows = 1 + random.nextInt(7);
      LinProProblem problem =
          seed % 3 == 0
              ? Problems.any(random, rows, 30, weighting)
              : Problems.feasible(random, rows, 30, weighting);
      String what = "seed " + seed;
      solver.solve(problem);
      LinProSolution found = solver.solution();
      Problems.assertProved(problem, options, found, what);
      Optional<double[]> whole = TextbookSimplex.solve(problem, form);
      assertEquals(whole.isPresent(), found.status() == LinProStatus.OPTIMAL, what);
      if (whole.isPresent()) {
        double norm = Arrays.stream(whole.get()).map(Math::abs).sum();
        assertEquals(norm, found.objective(), 1e-8 * (1 + norm), what);
        assertMeansAreAsGood(problem, whole.get(), norm, what);
      }
    }
  }

  /** Replaces each value by the mean over all positions with an equal column. */
  private static void assertMeansAreAsGood(
      LinProProblem problem, double[] x, double norm, String what) {
    double[] means = new double[x.length];
    for (int t = 0; t < x.length; t++) {
      double sum = 0;
      int count = 0;
      for (int u = 0; u < x.length; u++) {
        boolean equal = true;
        for (int i = 0; i < problem.rows(); i++) {
          equal &= Problems.entry(problem, i, t) == Problems.entry(problem, i, u);
        }
        sum += equal ? x[u] : 0;
        count += equal ? 1 : 0;
      }
      means[t] = sum / count;
    }
    assertEquals(norm, Arrays.stream(means).map(Math::abs).sum(), 1e-8 * (1 + norm), what);
    double[] product = Problems.times(problem, means);
    for (int i = 0; i < product.length; i++) {
      assertEquals(problem.target(i), product[i], 1e-8, what);
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theGeneralSolverHasTheSameOptimum(SignForm form, Weighting weighting) {
    SimplexSolver general = new SimplexSolver(SimplexOptions.defaults());
    int[] outcomes = new int[2];
    for (long seed = 0; seed < 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int rows = seed % 9 == 0 ? random.nextInt(2) : 2 + random.nextInt(9);
      LinProProblem problem =
          seed % 2 == 0
              ? Problems.any(random, rows, 1 + random.nextInt(40), weighting)
              : Problems.feasible(random, rows, 40, weighting);
      LinProOptions options =
          seed % 3 == 0
              ? LinProOptions.strict(form)
              : LinProOptions.elastic(form, new double[] {0, 0.5, 1, 1000}[random.nextInt(4)]);
      LinProSolver solver = new LinProSolver(options);
      String what = "seed " + seed;
      boolean optimal = solver.solve(problem) == LinProStatus.OPTIMAL;
      LpResult expected = general.solve(whole(problem, options));
      assertEquals(expected instanceof LpResult.Optimal, optimal, what);
      if (expected instanceof LpResult.Optimal found) {
        double size = 1 + Math.abs(found.objective());
        assertEquals(found.objective(), solver.objective(), 1e-7 * size, what);
      }
      outcomes[optimal ? 1 : 0]++;
    }
    assertTrue(outcomes[0] > 20 && outcomes[1] > 300, Arrays.toString(outcomes));
  }

  /** A column for each position, two for one of any sign, and two for what a row may miss. */
  private static LinearProgram whole(LinProProblem problem, LinProOptions options) {
    LinearProgramBuilder builder = LinearProgram.builder();
    for (int i = 0; i < problem.rows(); i++) {
      builder.addRow(problem.target(i), problem.target(i));
    }
    boolean free = options.form() == SignForm.FREE;
    for (int sign = 1; sign >= (free ? -1 : 1); sign -= 2) {
      for (int t = 0; t < problem.length(); t++) {
        int j = builder.addColumn(1, 0, free ? Double.POSITIVE_INFINITY : 1);
        for (int i = 0; i < problem.rows(); i++) {
          double entry = sign * Problems.entry(problem, i, t);
          if (entry != 0) {
            builder.entry(i, j, entry);
          }
        }
      }
      for (int i = 0; i < problem.rows() && !options.isStrict(); i++) {
        double penalty = Problems.penalty(problem, options, i);
        builder.entry(i, builder.addColumn(penalty, 0, Double.POSITIVE_INFINITY), 1);
        builder.entry(i, builder.addColumn(penalty, 0, Double.POSITIVE_INFINITY), -1);
      }
    }
    return builder.build();
  }

  @Test
  void fractionsAreInLowestTerms() {
    assertEquals(Fraction.of(-1, 2), Fraction.of(3, -6));
    assertEquals(Fraction.of(3, 8), Fraction.of(0.375));
    assertEquals(Fraction.of(5, 6), Fraction.of(1, 2).plus(Fraction.of(1, 3)));
  }
}
