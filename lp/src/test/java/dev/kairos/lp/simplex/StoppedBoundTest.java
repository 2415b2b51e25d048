// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.DualBound;
import dev.kairos.lp.Fuzz;
import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LinearProgramBuilder;
import dev.kairos.lp.LpResult;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StoppedBoundTest {
  private static final SimplexOptions OPTIONS = SimplexOptions.defaults();

  @Test
  void noFeasiblePointIsBetterWhateverTheMultipliers() {
    int finite = 0;
    for (long seed : Fuzz.seeds(3000)) {
      SplittableRandom random = new SplittableRandom(seed);
      LinearProgram lp = new RandomPrograms(random).next();
      ExactTableau exact = new ExactTableau(lp).solve();
      if (exact.status == ExactTableau.Status.INFEASIBLE) {
        continue;
      }
      boolean bounded = exact.status == ExactTableau.Status.OPTIMAL;
      double least = bounded ? exact.objective() : Double.NEGATIVE_INFINITY;
      double[] y = new double[lp.rows()];
      for (int i = 0; i < y.length; i++) {
        y[i] = random.nextInt(7) - 3;
      }
      double bound = DualBound.of(lp, y);
      assertTrue(bound <= least, "seed " + seed + ": " + bound + " for " + least);
      finite += Double.isInfinite(bound) ? 0 : 1;
    }
    assertTrue(finite > 300, finite + " finite");
  }

  @Test
  void atAnOptimumItIsTheObjective() {
    LinearProgram lp = Programs.sparse(30, 60, new SplittableRandom(5));
    LpResult.Optimal optimal = (LpResult.Optimal) new SimplexSolver(OPTIONS).solve(lp);
    double bound = DualBound.of(lp, optimal.duals());
    assertEquals(optimal.objective(), bound, 1e-9 * Math.abs(optimal.objective()));
    assertTrue(bound <= optimal.objective() + 1e-12 * Math.abs(bound));
  }

  @Test
  void aStoppedSolveBoundsTheOptimumCloserAndCloser() {
    LinearProgram lp = Programs.sparse(60, 150, new SplittableRandom(5));
    LpResult.Optimal optimal = (LpResult.Optimal) new SimplexSolver(OPTIONS).solve(lp);
    double least = optimal.objective();
    for (boolean presolve : new boolean[] {true, false}) {
      double first = Double.NaN;
      double last = Double.NaN;
      for (int most = 0; most < optimal.iterations() - 1; most += 3) {
        SimplexOptions few = OPTIONS.withMostIterations(most).withPresolve(presolve);
        if (new SimplexSolver(few).solve(lp) instanceof LpResult.Stopped stopped) {
          assertTrue(stopped.bound() <= least + 1e-9 * Math.abs(least), most + ": " + stopped);
          last = stopped.bound();
          first = most == 0 ? last : first;
        }
      }
      assertTrue(last > first && least - last < 0.2 * (least - first), first + " " + last);
    }
  }

  @Test
  void boundsThatRowsImplyStandInForThoseThatColumnsLack() {
    LinearProgramBuilder builder = LinearProgram.builder().offset(1);
    int row = builder.addRow(Double.NEGATIVE_INFINITY, 6);
    int x = builder.addColumn(-1, 0, Double.POSITIVE_INFINITY);
    int y = builder.addColumn(-1, 0, Double.POSITIVE_INFINITY);
    LinearProgram lp = builder.entry(row, x, 2).entry(row, y, 3).build();
    assertEquals(1 - 3 - 2, DualBound.of(lp, new double[1]), 1e-12);
    LpResult.Stopped stopped =
        (LpResult.Stopped)
            new SimplexSolver(OPTIONS.withMostIterations(0).withPresolve(false)).solve(lp);
    assertTrue(stopped.bound() >= -4.001 && stopped.bound() <= -2, stopped.toString());
  }

  @Test
  void whatIsPlainIsSaidAtOnce() {
    LinearProgram lp = Programs.covering(20, 40, new SplittableRandom(3));
    for (int most = 0; most < 12; most++) {
      LpResult result = new SimplexSolver(OPTIONS.withMostIterations(most)).solve(lp);
      double bound = result instanceof LpResult.Stopped stopped ? stopped.bound() : 0;
      assertTrue(bound >= 0, most + ": " + result); // no cost is below 0
    }
  }
}
