// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LinProSolverTest {
  private static final LinProOptions BOX = LinProOptions.strict(SignForm.BOX);
  private static final LinProOptions FREE = LinProOptions.strict(SignForm.FREE);

  private static LinProSolution solve(LinProProblem problem, LinProOptions options) {
    LinProSolver solver = new LinProSolver(options);
    solver.solve(problem);
    LinProSolution found = solver.solution();
    Problems.assertProved(problem, options, found, "");
    return found;
  }

  private static LinProProblem one(int[] cuts, double target, Weighting weighting) {
    return new LinProProblem(12, new int[][] {cuts}, new double[] {target}, weighting);
  }

  private static double[] filled(int length, double... startEndValue) {
    double[] label = new double[length];
    for (int k = 0; k < startEndValue.length; k += 3) {
      Arrays.fill(label, (int) startEndValue[k], (int) startEndValue[k + 1], startEndValue[k + 2]);
    }
    return label;
  }

  @Test
  void oneRowInClosedForm() {
    int[] cuts = {2, 3, 7, 9}; // 4 inner, 1 + 2 outer
    assertArrayEquals(
        filled(12, 3, 7, 0.5), solve(one(cuts, 0.5, Weighting.NORMALIZED), BOX).label(), 1e-15);
    assertArrayEquals(
        filled(12, 2, 3, 0.5, 7, 9, 0.5),
        solve(one(cuts, -0.5, Weighting.NORMALIZED), BOX).label(),
        1e-15);
    assertArrayEquals(
        filled(12, 3, 7, 0.25), solve(one(cuts, 1, Weighting.UNIT), BOX).label(), 1e-15);
    // The outer ranges are shorter, so negative values there are the cheaper contrast.
    assertArrayEquals(
        filled(12, 2, 3, -0.5, 7, 9, -0.5),
        solve(one(cuts, 0.5, Weighting.NORMALIZED), FREE).label(),
        1e-15);
    assertArrayEquals(new double[12], solve(one(cuts, 0, Weighting.UNIT), FREE).label());
    for (double target : new double[] {1.01, -1.01}) {
      assertEquals(
          LinProStatus.INFEASIBLE, solve(one(cuts, target, Weighting.NORMALIZED), BOX).status());
      assertEquals(
          LinProStatus.OPTIMAL, solve(one(cuts, target, Weighting.NORMALIZED), FREE).status());
    }
    assertEquals(
        LinProStatus.INFEASIBLE,
        solve(one(new int[] {3, 3, 7, 7}, -0.1, Weighting.UNIT), BOX).status());
  }

  @Test
  void rowsWithoutSupport() {
    LinProProblem nothing = one(new int[] {4, 4, 4, 4}, 0, Weighting.NORMALIZED);
    assertEquals(LinProStatus.OPTIMAL, solve(nothing, BOX).status());
    LinProProblem something = one(new int[] {4, 4, 4, 4}, -0.5, Weighting.NORMALIZED);
    LinProSolution strict = solve(something, BOX);
    assertEquals(LinProStatus.INFEASIBLE, strict.status());
    assertEquals(0.5, strict.residual());
    assertEquals(2.5, solve(something, LinProOptions.elastic(SignForm.BOX, 5)).objective());
    LinProProblem none = new LinProProblem(3, new int[0][], new double[0], Weighting.UNIT);
    assertArrayEquals(new double[3], solve(none, BOX).label());
    LinProProblem empty = new LinProProblem(0, new int[0][], new double[0], Weighting.UNIT);
    assertEquals(0, solve(empty, FREE).label().length);
  }

  @Test
  void aLongerRowAroundAStrongerOnePushesMassOutside() {
    LinProProblem problem =
        new LinProProblem(
            80,
            new int[][] {{19, 20, 26, 28}, {2, 5, 60, 63}},
            new double[] {0.6, 0.2},
            Weighting.UNIT);
    assertEquals(1.0, solve(problem, BOX).objective(), 1e-12);
  }

  @Test
  void equalRowsLoseRankButNotTheAnswer() {
    LinProProblem problem =
        new LinProProblem(
            40,
            new int[][] {{9, 10, 20, 21}, {9, 10, 20, 21}, {9, 12, 22, 30}, {9, 12, 22, 30}},
            new double[] {0.6, 0.6, 0.2, 0.2},
            Weighting.NORMALIZED);
    for (LinProOptions options : List.of(BOX, FREE, LinProOptions.elastic(SignForm.BOX, 1e4))) {
      LinProSolution found = solve(problem, options);
      assertEquals(LinProStatus.OPTIMAL, found.status());
      assertEquals(0, found.residual(), 1e-12);
    }
  }

  @Test
  void contradictionsComeWithACertificateAndLeaveOtherBlocksAlone() {
    LinProProblem problem =
        new LinProProblem(
            60,
            new int[][] {{9, 10, 20, 21}, {9, 10, 20, 21}, {40, 42, 50, 51}},
            new double[] {0.6, 0.4, 0.3},
            Weighting.UNIT);
    for (LinProOptions options : List.of(BOX, FREE)) {
      LinProSolution found = solve(problem, options);
      assertEquals(LinProStatus.INFEASIBLE, found.status());
      assertEquals(0, found.certificate()[2]);
      assertEquals(1, Math.abs(found.certificate()[0]));
      double[] label = found.label();
      assertEquals(0, Arrays.stream(label, 0, 40).sum());
      assertEquals(0.3, Arrays.stream(label, 40, 60).map(Math::abs).sum(), 1e-15);
    }
    LinProSolution elastic = solve(problem, LinProOptions.elastic(SignForm.BOX, 1000));
    assertEquals(LinProStatus.OPTIMAL, elastic.status());
    double missed = Arrays.stream(elastic.missed()).map(Math::abs).sum();
    assertEquals(0.2, missed, 1e-12);
    assertEquals(
        200 + 0.3 + Arrays.stream(elastic.label(), 0, 40).sum(), elastic.objective(), 1e-9);
  }

  @ParameterizedTest
  @MethodSource("dev.kairos.lp.linpro.LinProOracleTest#variants")
  void manySizesAreProvedOnTheWholeMatrix(SignForm form, Weighting weighting) {
    LinProSolver strict = new LinProSolver(LinProOptions.strict(form));
    LinProOptions stretch = new LinProOptions(form, 2, 3);
    LinProSolver elastic = new LinProSolver(stretch);
    for (long seed = 0; seed < 120; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int rows = 1 + random.nextInt(seed % 10 == 0 ? 150 : 40);
      int length = 20 + random.nextInt(400);
      boolean clustered = seed % 2 == 0;
      LinProProblem problem =
          clustered
              ? Problems.feasible(random, rows, length, weighting)
              : Problems.any(random, rows, length, weighting);
      String what = "seed " + seed;
      strict.solve(problem);
      Problems.assertProved(problem, LinProOptions.strict(form), strict.solution(), what);
      assertTrue(!clustered || strict.status() == LinProStatus.OPTIMAL, what);
      elastic.solve(problem);
      Problems.assertProved(problem, stretch, elastic.solution(), what);
      assertEquals(LinProStatus.OPTIMAL, elastic.status(), what);
    }
  }

  @ParameterizedTest
  @EnumSource(SignForm.class)
  void aHighPenaltyIsTheStrictFormAndALowOneGivesNothing(SignForm form) {
    for (long seed = 0; seed < 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      LinProProblem problem = Problems.feasible(random, 12, 200, Weighting.NORMALIZED);
      LinProSolution strict = solve(problem, LinProOptions.strict(form));
      double largest = 0;
      for (double price : strict.prices()) {
        largest = Math.max(largest, Math.abs(price));
      }
      LinProSolution high = solve(problem, LinProOptions.elastic(form, 1.01 * largest + 1));
      String what = "seed " + seed;
      assertEquals(strict.objective(), high.objective(), 1e-9 * (1 + strict.objective()), what);
      assertEquals(0, high.residual(), 1e-9, what);
      LinProSolution low = solve(problem, LinProOptions.elastic(form, 1e-6));
      assertArrayEquals(new double[200], low.label(), what);
      assertArrayEquals(
          new double[200], solve(problem, LinProOptions.elastic(form, 0)).label(), what);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.kairos.lp.linpro.LinProOracleTest#variants")
  void orderOfTheRowsDoesNotMatter(SignForm form, Weighting weighting) {
    LinProOptions options = LinProOptions.strict(form);
    for (long seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int rows = 2 + random.nextInt(20);
      LinProProblem problem = Problems.feasible(random, rows, 150, weighting);
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        order.add(random.nextInt(i + 1), i);
      }
      int[][] cuts = new int[rows][4];
      double[] targets = new double[rows];
      for (int i = 0; i < rows; i++) {
        targets[i] = problem.target(order.get(i));
        for (int k = 0; k < 4; k++) {
          cuts[i][k] = problem.cut(order.get(i), k);
        }
      }
      LinProProblem shuffled = new LinProProblem(150, cuts, targets, weighting);
      assertArrayEquals(
          solve(problem, options).label(), solve(shuffled, options).label(), 1e-9, "seed " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource(SignForm.class)
  void solvingAgainStartsWhereItEnded(SignForm form) {
    LinProOptions options = LinProOptions.strict(form);
    LinProSolver warm = new LinProSolver(options);
    LinProSolver cold = new LinProSolver(options);
    for (long seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      LinProProblem problem = Problems.feasible(random, 20, 300, Weighting.NORMALIZED);
      warm.solve(problem);
      double[] label = new double[300];
      warm.label(label);
      for (int k = 0; k < 300; k++) {
        label[k] = Math.max(0, Math.min(1, label[k] * (0.9 + 0.2 * random.nextDouble())));
      }
      double[] targets = Problems.times(problem, label);
      if (seed % 5 == 0) {
        targets[0] = 3; // out of reach in the box, and back again below
        warm.solveAgain(targets);
        targets[0] = Problems.times(problem, label)[0];
      }
      int[][] cuts = new int[20][4];
      for (int i = 0; i < 20; i++) {
        for (int k = 0; k < 4; k++) {
          cuts[i][k] = problem.cut(i, k);
        }
      }
      LinProProblem moved = new LinProProblem(300, cuts, targets, Weighting.NORMALIZED);
      warm.solveAgain(targets);
      cold.solve(moved);
      String what = "seed " + seed;
      Problems.assertProved(moved, options, warm.solution(), what);
      assertEquals(cold.objective(), warm.objective(), 1e-9 * (1 + cold.objective()), what);
      assertArrayEquals(cold.solution().label(), warm.solution().label(), 1e-8, what);
    }
    assertTrue(warm.pivots() < 1.9 * cold.pivots(), warm.pivots() + " against " + cold.pivots());
  }

  @Test
  void sameBitsForAnyNumberOfThreads() {
    List<LinProProblem> problems = new ArrayList<>();
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      problems.add(Problems.feasible(random, 1 + random.nextInt(40), 200, Weighting.NORMALIZED));
    }
    List<LinProSolution> first = LinProBatch.solve(problems, BOX, 1);
    for (int threads : new int[] {2, 5}) {
      List<LinProSolution> other = LinProBatch.solve(problems, BOX, threads);
      for (int i = 0; i < problems.size(); i++) {
        assertArrayEquals(first.get(i).label(), other.get(i).label());
        assertArrayEquals(first.get(i).prices(), other.get(i).prices());
        assertEquals(first.get(i).objective(), other.get(i).objective());
      }
    }
    LinProSolution alone = solve(problems.get(150), BOX);
    assertArrayEquals(first.get(150).label(), alone.label());
    assertThrows(IllegalArgumentException.class, () -> LinProBatch.solve(problems, BOX, 0));
    assertEquals(List.of(), LinProBatch.solve(List.of(), BOX, 3));
  }

  @ParameterizedTest
  @EnumSource(SignForm.class)
  void nothingIsAllocatedOnceWarm(SignForm form) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    LinProSolver strict = new LinProSolver(LinProOptions.strict(form));
    LinProSolver elastic = new LinProSolver(LinProOptions.elastic(form, 100));
    LinProSolver leastNorm =
        new LinProSolver(LinProOptions.elastic(form, 1000).withChoice(Choice.LEAST_NORM));
    List<LinProProblem> problems = new ArrayList<>();
    for (long seed = 0; seed < 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int rows = 1 + random.nextInt(80);
      problems.add(
          seed % 2 == 0
              ? Problems.feasible(random, rows, 300, Weighting.NORMALIZED)
              : Problems.any(random, rows, 300, Weighting.UNIT));
    }
    double[] label = new double[300];
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 6; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < problems.size(); i++) {
        strict.solve(problems.get(i));
        strict.label(label);
        elastic.solve(problems.get(i));
        elastic.label(label);
        leastNorm.solve(problems.get(i));
        leastNorm.label(label);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertEquals(0, least);
  }

  @Test
  void manyBlocksOfOneFormAreEachTheirOwn() {
    int blocks = 4000; // two rows each
    int[][] cuts = new int[2 * blocks][];
    double[] targets = new double[2 * blocks];
    double[] expected = new double[10 * blocks];
    for (int k = 0; k < blocks; k++) {
      int t = 10 * k;
      cuts[2 * k] = new int[] {t, t + 1, t + 4, t + 5};
      cuts[2 * k + 1] = new int[] {t + 4, t + 5, t + 9, t + 9};
      targets[2 * k] = (k + 1.0) / blocks;
      targets[2 * k + 1] = 1 - targets[2 * k];
      Arrays.fill(expected, t + 1, t + 4, targets[2 * k]);
      Arrays.fill(expected, t + 5, t + 9, targets[2 * k + 1]);
    }
    LinProProblem problem = new LinProProblem(10 * blocks, cuts, targets, Weighting.NORMALIZED);
    LinProSolver solver = new LinProSolver(BOX);
    assertEquals(LinProStatus.OPTIMAL, solver.solve(problem));
    assertArrayEquals(expected, solver.solution().label(), 1e-12);
  }

  @Test
  void aLongerArrayIsLeftAsItIsBehindTheLabel() {
    for (int length = 9; length < 16; length++) {
      int[][] cuts = {{1, 2, 4, 5}, {length - 3, length - 2, length, length}};
      LinProSolver solver = new LinProSolver(BOX);
      solver.solve(new LinProProblem(length, cuts, new double[] {0.5, 0.25}, Weighting.NORMALIZED));
      double[] out = new double[length + 6];
      Arrays.fill(out, 9);
      solver.label(out);
      double[] expected = filled(length + 6, length, length + 6, 9);
      Arrays.fill(expected, 2, 4, 0.5);
      Arrays.fill(expected, length - 2, length, 0.25);
      assertArrayEquals(expected, out, 1e-15, "length " + length);
    }
  }

  @Test
  void refusesWhatIsNoProblem() {
    double[] target = {0};
    for (int[] cuts : new int[][] {{-1, 0, 1, 2}, {0, 2, 1, 3}, {0, 1, 2, 13}, {0, 1, 2}}) {
      Throwable e =
          assertThrows(IllegalArgumentException.class, () -> one(cuts, 0, Weighting.UNIT));
      assertTrue(String.valueOf(e.getMessage()).contains("row 0"), e.getMessage());
    }
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e300}) {
      assertThrows(
          IllegalArgumentException.class, () -> one(new int[] {0, 1, 2, 3}, bad, Weighting.UNIT));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new LinProProblem(3, new int[0][], target, Weighting.UNIT));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LinProProblem(-1, new int[0][], new double[0], Weighting.UNIT));
    assertThrows(
        IllegalArgumentException.class, () -> new LinProOptions(SignForm.BOX, Double.NaN, 0));
    assertThrows(IllegalArgumentException.class, () -> LinProOptions.elastic(SignForm.BOX, -1));
    assertThrows(IllegalStateException.class, () -> new LinProSolver(BOX).solveAgain(target));
    assertThrows(IllegalStateException.class, () -> new LinProSolver(BOX).solution());
    LinProSolver solver = new LinProSolver(BOX);
    solver.solve(one(new int[] {0, 1, 2, 3}, 0, Weighting.UNIT));
    assertThrows(IllegalArgumentException.class, () -> solver.solveAgain(new double[2]));
  }
}
