// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.Basis;
import dev.kairos.lp.BasisStatus;
import dev.kairos.lp.Certificate;
import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LinearProgramBuilder;
import dev.kairos.lp.LpResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SimplexSolverTest {
  private static final SimplexOptions ALL = SimplexOptions.defaults();

  private static List<SimplexSolver> solvers() {
    List<SimplexSolver> solvers = new ArrayList<>();
    for (int bits = 0; bits < 8; bits++) {
      solvers.add(
          new SimplexSolver(
              ALL.withPresolve((bits & 1) > 0)
                  .withScaling((bits & 2) > 0)
                  .withPerturbation((bits & 4) > 0)));
    }
    return solvers;
  }

  private static LpResult.Optimal optimum(SimplexSolver solver, LinearProgram lp) {
    LpResult result = solver.solve(lp);
    Certificate certificate = Certificate.verify(lp, result);
    assertTrue(certificate.valid(), result + ": " + certificate.finding());
    assertTrue(result instanceof LpResult.Optimal, result.toString());
    return (LpResult.Optimal) result;
  }

  private static void assertOptimum(double expected, LinearProgram lp) {
    for (SimplexSolver solver : solvers()) {
      double found = optimum(solver, lp).objective();
      assertEquals(expected, found, 1e-9 * (1 + Math.abs(expected)));
    }
  }

  @Test
  void examplesThatMakeSimplexMethodsCycle() {
    assertOptimum(-0.05, Programs.beale());
    assertOptimum(-2, Programs.kuhn());
    assertOptimum(-1, Programs.marshallSuurballe());
  }

  @Test
  void kleeMintyCubes() {
    for (int n : new int[] {1, 3, 8, 12}) {
      assertOptimum(-Math.pow(5, n), Programs.kleeMinty(n));
    }
  }

  @Test
  void assignmentsAreWhole() {
    SplittableRandom random = new SplittableRandom(3);
    for (int n : new int[] {2, 7, 25}) {
      LinearProgram lp = Programs.assignment(n, random);
      for (SimplexSolver solver : solvers()) {
        for (double x : optimum(solver, lp).x()) {
          assertEquals(Math.rint(x), x, 1e-9);
        }
      }
    }
  }

  @Test
  void degenerateCoveringAgrees() {
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 5; round++) {
      LinearProgram lp = Programs.covering(30, 120, random);
      double expected = optimum(solvers().get(0), lp).objective();
      assertOptimum(expected, lp);
    }
  }

  /** Further out than the bounds that stand in for missing ones: x0 = 1000 x1 = 10^6 x2 = 10^9. */
  @Test
  void anOptimumFarOutIsFound() {
    LinearProgramBuilder builder = LinearProgram.builder();
    for (int i = 0; i < 3; i++) {
      builder.addRow(Double.NEGATIVE_INFINITY, 0);
      builder.addColumn(i == 0 ? -1 : 0, 0, Double.POSITIVE_INFINITY);
    }
    builder.addColumn(0, 0, 1);
    for (int i = 0; i < 3; i++) {
      builder.entry(i, i, 1).entry(i, i + 1, -1000);
    }
    SimplexOptions plain = SimplexOptions.defaults().withPresolve(false).withScaling(false);
    assertEquals(-1e9, optimum(new SimplexSolver(plain), builder.build()).objective(), 1);
    assertOptimum(-1e9, builder.build());
  }

  /** Another library calls a wrong point of such a program optimal. */
  @Test
  void identicalColumnsShareTheirBounds() {
    LinearProgramBuilder builder = LinearProgram.builder();
    builder.addRow(3.5, 3.5);
    builder.addRow(-1, -1);
    for (int j = 0; j < 6; j++) {
      builder.addColumn(1, 0, 1);
      builder.entry(0, j, 1);
    }
    for (int j = 6; j < 9; j++) {
      builder.addColumn(1, 0, 1);
      builder.entry(0, j, -0.5).entry(1, j, -1);
    }
    assertOptimum(5, builder.build());
  }

  @Test
  void programsWithoutRowsOrColumns() {
    assertOptimum(0, LinearProgram.builder().build());
    LinearProgramBuilder rowless = LinearProgram.builder().offset(7);
    rowless.addColumn(2, -3, 5);
    rowless.addColumn(-1, -3, 5);
    rowless.addColumn(0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    assertOptimum(7 - 6 - 5, rowless.build());
    LinearProgramBuilder columnless = LinearProgram.builder();
    columnless.addRow(-1, 1);
    assertOptimum(0, columnless.build());
    columnless.addRow(1, 2);
    for (SimplexSolver solver : solvers()) {
      assertTrue(solver.solve(columnless.build()) instanceof LpResult.Infeasible);
    }
  }

  @Test
  void theDualProgramHasTheSameOptimum() {
    SplittableRandom random = new SplittableRandom(9);
    for (int round = 0; round < 50; round++) {
      int m = 2 + random.nextInt(6);
      int n = 2 + random.nextInt(6);
      double[][] a = new double[m][n];
      double[][] transposed = new double[n][m];
      double[] b = new double[m];
      double[] c = new double[n];
      for (int i = 0; i < m; i++) {
        b[i] = random.nextInt(9);
        for (int j = 0; j < n; j++) {
          a[i][j] = random.nextInt(9) - 2;
          transposed[j][i] = -a[i][j];
        }
      }
      // Rows that bound every column keep the primal bounded.
      for (int j = 0; j < n; j++) {
        a[j % m][j] = 5;
        transposed[j][j % m] = -5;
        c[j] = -random.nextInt(9);
      }
      LinearProgram primal = Programs.inequalities(c, a, b);
      LinearProgram dual = Programs.inequalities(b, transposed, c);
      LpResult result = solvers().get(7).solve(primal);
      if (result instanceof LpResult.Optimal optimal) {
        assertOptimum(-optimal.objective(), dual);
      } else {
        assertTrue(solvers().get(7).solve(dual) instanceof LpResult.Infeasible);
      }
    }
  }

  @Test
  void orderScaleSignAndRepetitionDoNotMatter() {
    SplittableRandom random = new SplittableRandom(12);
    for (int round = 0; round < 30; round++) {
      LinearProgram lp = Programs.sparse(15, 25, random);
      double expected = optimum(solvers().get(7), lp).objective();
      assertOptimum(expected, changed(lp, random));
    }
  }

  /** Permuted, scaled by powers of two, some columns mirrored, a row repeated. */
  private static LinearProgram changed(LinearProgram lp, SplittableRandom random) {
    int[] rowAt = permutation(lp.rows(), random);
    int[] columnAt = permutation(lp.columns(), random);
    double[] scale = new double[lp.rows()];
    LinearProgramBuilder builder = LinearProgram.builder().offset(lp.offset());
    for (int at = 0; at < lp.rows(); at++) {
      int i = rowAt[at];
      scale[i] = Math.scalb(1.0, random.nextInt(9) - 4);
      builder.addRow(lp.rowLower(i) * scale[i], lp.rowUpper(i) * scale[i]);
    }
    int copy = lp.rows();
    builder.addRow(lp.rowUpper(rowAt[0]) * -2, lp.rowLower(rowAt[0]) * -2);
    for (int at = 0; at < lp.columns(); at++) {
      int j = columnAt[at];
      double s = Math.scalb(random.nextBoolean() ? 1.0 : -1.0, random.nextInt(7) - 3);
      double a = lp.lower(j) / s;
      double b = lp.upper(j) / s;
      builder.addColumn(lp.cost(j) * s, Math.min(a, b), Math.max(a, b));
      for (int k = lp.start(j); k < lp.start(j + 1); k++) {
        int i = lp.entryRow(k);
        for (int to = 0; to < lp.rows(); to++) {
          if (rowAt[to] == i) {
            builder.entry(to, at, lp.entryValue(k) * s * scale[i]);
          }
        }
        if (i == rowAt[0]) {
          builder.entry(copy, at, lp.entryValue(k) * s * -2);
        }
      }
    }
    return builder.build();
  }

  private static int[] permutation(int n, SplittableRandom random) {
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    for (int i = n - 1; i > 0; i--) {
      int k = random.nextInt(i + 1);
      int t = order[i];
      order[i] = order[k];
      order[k] = t;
    }
    return order;
  }

  @Test
  void theSameBitsInEveryRunAndThread() {
    LinearProgram lp = Programs.sparse(60, 150, new SplittableRandom(1));
    SimplexSolver solver = new SimplexSolver(ALL);
    LpResult.Optimal first = optimum(solver, lp);
    List<CompletableFuture<LpResult.Optimal>> others = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      others.add(CompletableFuture.supplyAsync(() -> optimum(solver, lp)));
    }
    for (CompletableFuture<LpResult.Optimal> other : others) {
      assertArrayEquals(first.x(), other.join().x(), 0.0);
      assertArrayEquals(first.duals(), other.join().duals(), 0.0);
      assertEquals(first.iterations(), other.join().iterations());
    }
  }

  @Test
  void aStartNearTheEndSavesIterations() {
    SplittableRandom random = new SplittableRandom(8);
    int cold = 0;
    int warm = 0;
    SimplexSolver solver = new SimplexSolver(ALL.withPresolve(false));
    for (int round = 0; round < 10; round++) {
      LinearProgram lp = Programs.sparse(80, 200, random);
      LpResult.Optimal before = optimum(solver, lp);
      assertEquals(0, solver.solve(lp, before.basis()).iterations(), "nothing is left to do");
      LinearProgram next = withOtherSide(lp, random.nextInt(80));
      LpResult.Optimal expected = optimum(solver, next);
      LpResult.Optimal found = (LpResult.Optimal) solver.solve(next, before.basis());
      assertEquals(expected.objective(), found.objective(), 1e-9);
      cold += expected.iterations();
      warm += found.iterations();
    }
    assertTrue(warm < 0.3 * cold, warm + " of " + cold);
  }

  private static LinearProgram withOtherSide(LinearProgram lp, int row) {
    LinearProgramBuilder builder = LinearProgram.builder();
    for (int i = 0; i < lp.rows(); i++) {
      builder.addRow(lp.rowLower(i) - (i == row ? 0.25 : 0), lp.rowUpper(i) + (i == row ? 0.1 : 0));
    }
    for (int j = 0; j < lp.columns(); j++) {
      builder.addColumn(lp.cost(j), lp.lower(j), lp.upper(j));
      for (int k = lp.start(j); k < lp.start(j + 1); k++) {
        builder.entry(lp.entryRow(k), j, lp.entryValue(k));
      }
    }
    return builder.build();
  }

  @Test
  void anyBasisIsRepaired() {
    SplittableRandom random = new SplittableRandom(21);
    SimplexSolver solver = new SimplexSolver(ALL);
    for (int round = 0; round < 100; round++) {
      LinearProgram lp = Programs.sparse(12, 20, random);
      BasisStatus[] columns = new BasisStatus[20];
      BasisStatus[] rows = new BasisStatus[12];
      BasisStatus[] all = BasisStatus.values();
      Arrays.setAll(columns, j -> all[random.nextInt(4)]);
      Arrays.setAll(rows, i -> all[random.nextInt(4)]);
      LpResult result = solver.solve(lp, new Basis(columns, rows));
      assertTrue(result instanceof LpResult.Optimal, result.toString());
      double expected = optimum(solver, lp).objective();
      assertEquals(expected, ((LpResult.Optimal) result).objective(), 1e-8);
    }
    LinearProgram other = Programs.beale();
    Basis basis = Basis.ofRows(Programs.kleeMinty(5));
    assertThrows(IllegalArgumentException.class, () -> solver.solve(other, basis));
  }

  @Test
  void limitsStopTheSolver() {
    LinearProgram lp = Programs.sparse(100, 200, new SplittableRandom(6));
    LpResult few = new SimplexSolver(ALL.withMostIterations(5)).solve(lp);
    assertEquals(LpResult.Reason.ITERATION_LIMIT, ((LpResult.Stopped) few).reason());
    assertEquals(5, few.iterations());
    LpResult late = new SimplexSolver(ALL.withTimeLimit(Duration.ZERO)).solve(lp);
    assertEquals(LpResult.Reason.TIME_LIMIT, ((LpResult.Stopped) late).reason());
    assertThrows(IllegalArgumentException.class, () -> ALL.withMostIterations(-1));
    assertThrows(IllegalArgumentException.class, () -> ALL.withTimeLimit(Duration.ofNanos(-1)));
  }

  @Test
  void anInterruptStopsTheSolver() throws InterruptedException {
    LinearProgram lp = Programs.covering(400, 1600, new SplittableRandom(2));
    AtomicReference<LpResult> result = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              result.set(new SimplexSolver(ALL).solve(lp));
              assertTrue(Thread.currentThread().isInterrupted(), "the flag stays set");
            });
    thread.start();
    thread.join();
    assertEquals(LpResult.Reason.INTERRUPTED, ((LpResult.Stopped) result.get()).reason());
  }

  @Test
  void tolerancesAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> ALL.tolerances().withSolver(0, 1e-9));
    assertThrows(IllegalArgumentException.class, () -> ALL.tolerances().withCheck(Double.NaN));
  }
}
