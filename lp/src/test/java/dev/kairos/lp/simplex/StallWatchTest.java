// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LpResult;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StallWatchTest {
  @Test
  void noProgressForTooLongIsNoticed() {
    StallWatch watch = new StallWatch(100);
    assertFalse(watch.stalled(5, 0));
    assertFalse(watch.stalled(4, 100));
    assertFalse(watch.stalled(4 - 1e-12, 200));
    assertTrue(watch.stalled(4 - 1e-12, 201));
    assertFalse(watch.stalled(3, 202));
    assertTrue(watch.stalled(3, 400));
    watch.reset();
    assertFalse(watch.stalled(9, 401));
  }

  /** Without scaling the reduced costs of such costs are never zero but for rounding. */
  @Test
  void roundingThatLooksLikeAWrongSignEnds() {
    SimplexOptions plain = SimplexOptions.defaults().withScaling(false);
    for (double unit : new double[] {1e6, 1e9, 1e12}) {
      LinearProgram lp = Programs.assignment(30, new SplittableRandom(7), unit / 3);
      LpResult result = new SimplexSolver(plain).solve(lp);
      assertTrue(result instanceof LpResult.Optimal, unit + ": " + result);
      assertTrue(result.iterations() < 5 * (lp.rows() + lp.columns()), unit + ": " + result);
    }
  }

  @Test
  void theListenerIsToldHowFarTheSolveHasCome() {
    List<SimplexProgress> told = new ArrayList<>();
    LinearProgram lp = Programs.covering(60, 400, new SplittableRandom(1));
    LpResult result =
        new SimplexSolver(SimplexOptions.defaults().withListener(told::add)).solve(lp);
    double objective = ((LpResult.Optimal) result).objective();
    assertEquals(SimplexProgress.Method.DUAL, told.get(0).method());
    assertTrue(told.get(0).infeasibility() > 0, told.toString());
    SimplexProgress last = told.get(told.size() - 1);
    assertEquals(0, last.infeasibility(), 1e-9);
    assertEquals(objective, last.objective(), 1e-9 * (1 + Math.abs(objective)));
    for (int k = 1; k < told.size(); k++) {
      assertTrue(told.get(k).iterations() >= told.get(k - 1).iterations(), told.toString());
    }
  }
}
