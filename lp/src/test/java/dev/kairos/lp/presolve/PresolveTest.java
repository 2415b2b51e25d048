// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.presolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.Basis;
import dev.kairos.lp.BasisStatus;
import dev.kairos.lp.Certificate;
import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LinearProgramBuilder;
import dev.kairos.lp.LpResult;
import dev.kairos.lp.NetlibFolder;
import dev.kairos.lp.io.Mps;
import dev.kairos.lp.simplex.SimplexOptions;
import dev.kairos.lp.simplex.SimplexSolver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PresolveTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final SimplexSolver PLAIN =
      new SimplexSolver(SimplexOptions.defaults().withPresolve(false));

  /** Solves the smaller program; the restored answer must be proved, and its basis be a basis. */
  private static LpResult.Optimal restored(LinearProgram lp, String which) {
    Presolve presolve = new Presolve(lp);
    assertFalse(presolve.hopeless(), which);
    LpResult small = PLAIN.solve(presolve.reduced());
    assertTrue(small instanceof LpResult.Optimal, which + ": " + small);
    LpResult.Optimal whole = presolve.restore((LpResult.Optimal) small);
    Certificate certificate = Certificate.verify(lp, whole);
    assertTrue(certificate.valid(), which + ": " + certificate);
    assertEquals(lp.rows(), basics(whole.basis()), which);
    return whole;
  }

  private static int basics(Basis basis) {
    int count = 0;
    for (int j = 0; j < basis.columns(); j++) {
      count += basis.column(j) == BasisStatus.BASIC ? 1 : 0;
    }
    for (int i = 0; i < basis.rows(); i++) {
      count += basis.row(i) == BasisStatus.BASIC ? 1 : 0;
    }
    return count;
  }

  @Test
  void netlibProblemsComeBackWhole() throws IOException {
    int saved = 0;
    for (Path file : NetlibFolder.feasible()) {
      LinearProgram lp = Mps.read(file).program();
      if (lp.rows() <= 700) {
        LpResult.Optimal whole = restored(lp, NetlibFolder.name(file));
        LpResult again = PLAIN.solve(lp, whole.basis());
        assertTrue(again.iterations() <= 5, NetlibFolder.name(file) + ": " + again);
        saved += lp.rows() - new Presolve(lp).reduced().rows();
      }
    }
    assertTrue(saved > 1000, saved + " rows saved");
  }

  /** Programs in which rules follow each other: singletons, forcing rows, slacks, fixed columns. */
  @Test
  void randomProgramsComeBackWhole() {
    int tried = 0;
    for (long seed = 0; tried < 3000; seed++) {
      LinearProgram lp = random(new SplittableRandom(seed));
      if (PLAIN.solve(lp) instanceof LpResult.Optimal expected) {
        tried++;
        LpResult.Optimal whole = restored(lp, "seed " + seed);
        double scale = 1 + Math.abs(expected.objective());
        assertEquals(expected.objective(), whole.objective(), 1e-9 * scale, "seed " + seed);
      }
    }
  }

  private static LinearProgram random(SplittableRandom random) {
    int m = 1 + random.nextInt(10);
    int n = 1 + random.nextInt(12);
    LinearProgramBuilder builder = LinearProgram.builder();
    double[] activity = new double[m];
    double[][] a = new double[n][m];
    for (int j = 0; j < n; j++) {
      double low = random.nextInt(3) - 1;
      double at = low + random.nextInt(3);
      int kind = random.nextInt(6);
      builder.addColumn(
          random.nextInt(7) - 2,
          kind == 0 ? -INFINITY : kind == 1 ? at : low,
          kind == 1 ? at : kind == 2 ? low + 2 : INFINITY);
      for (int k = 0; k < 1 + random.nextInt(3); k++) {
        int i = random.nextInt(m);
        a[j][i] = random.nextInt(7) - 3;
      }
      for (int i = 0; i < m; i++) {
        activity[i] += a[j][i] * at;
      }
    }
    for (int i = 0; i < m; i++) {
      int kind = random.nextInt(4);
      double slack = random.nextInt(3);
      builder.addRow(
          kind == 1 ? -INFINITY : activity[i] - (kind == 0 ? 0 : slack),
          kind == 2 ? INFINITY : activity[i] + (kind == 0 ? 0 : slack));
    }
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < m; i++) {
        builder.entry(i, j, a[j][i]);
      }
    }
    return builder.build();
  }

  @Test
  void aSingletonRowBecomesABound() {
    LinearProgramBuilder builder = LinearProgram.builder();
    builder.addRow(-INFINITY, -6);
    builder.addRow(1, INFINITY);
    builder.addColumn(1, 0, 10);
    builder.addColumn(1, 0, 10);
    builder.entry(0, 0, -2).entry(1, 0, 1).entry(1, 1, 1);
    LinearProgram lp = builder.build();
    LpResult.Optimal whole = restored(lp, "");
    assertEquals(0, new Presolve(lp).reduced().rows());
    assertEquals(3, whole.x()[0]);
    assertEquals(-0.5, whole.duals()[0]);
    assertEquals(BasisStatus.AT_UPPER, whole.basis().row(0));
  }

  @Test
  void aForcingRowFixesItsColumns() {
    LinearProgramBuilder builder = LinearProgram.builder();
    builder.addRow(5, INFINITY);
    builder.addColumn(3, 0, 2);
    builder.addColumn(1, -1, 1);
    builder.entry(0, 0, 2).entry(0, 1, -1);
    LpResult.Optimal whole = restored(builder.build(), "");
    assertEquals(5, whole.objective());
    assertEquals(1.5, whole.duals()[0]);
  }

  /** 2 x0 - x1 = 1, whose bounds on x0 become bounds on x1: one of them holds at the optimum. */
  @Test
  void anEquationOfTwoColumnsLeavesOne() {
    for (double cost : new double[] {-1, 1}) {
      LinearProgramBuilder builder = LinearProgram.builder();
      builder.addRow(1, 1);
      builder.addRow(-20, 20);
      builder.addRow(-30, 30);
      builder.addColumn(0, 1, 3);
      builder.addColumn(cost, -10, 10);
      builder.addColumn(-3, 0, INFINITY);
      builder.entry(0, 0, 2).entry(0, 1, -1);
      builder.entry(1, 0, 1).entry(1, 1, 1).entry(1, 2, 1);
      builder.entry(2, 0, 1).entry(2, 1, -1).entry(2, 2, 3);
      LinearProgram lp = builder.build();
      assertEquals(2, new Presolve(lp).reduced().columns());
      LpResult.Optimal whole = restored(lp, "cost " + cost);
      assertEquals(cost < 0 ? 3 : 1, whole.x()[0], 1e-12);
      assertEquals(cost < 0 ? 5 : 1, whole.x()[1], 1e-12);
    }
  }

  /** x0 = x1 + x2 with x1, x2 in [0, 1] is within [0, 2] anyway, and stands in one more row. */
  @Test
  void aColumnThatAnEquationKeepsWithinItsBoundsIsSubstituted() {
    LinearProgramBuilder builder = LinearProgram.builder();
    builder.addRow(0, 0);
    builder.addRow(1, 1.5);
    builder.addColumn(1, 0, 2);
    builder.addColumn(1, 0, 1);
    builder.addColumn(-2, 0, 1);
    builder.entry(0, 0, 1).entry(0, 1, -1).entry(0, 2, -1);
    builder.entry(1, 0, 2).entry(1, 1, -1).entry(1, 2, -1);
    LinearProgram lp = builder.build();
    Presolve presolve = new Presolve(lp);
    assertTrue(presolve.reduced().columns() < 3);
    assertEquals(-1, restored(lp, "").objective(), 1e-12);
  }

  @Test
  void whatCannotBeIsLeftToTheSolver() {
    LinearProgramBuilder infeasible = LinearProgram.builder();
    infeasible.addRow(5, INFINITY);
    infeasible.addColumn(0, 0, 1);
    infeasible.entry(0, 0, 2);
    assertTrue(new Presolve(infeasible.build()).hopeless());
    LinearProgramBuilder unbounded = LinearProgram.builder();
    unbounded.addColumn(-1, 0, INFINITY);
    assertTrue(new Presolve(unbounded.build()).hopeless());
  }
}
