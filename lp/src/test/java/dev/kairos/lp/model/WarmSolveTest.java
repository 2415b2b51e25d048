// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.Fuzz;
import dev.kairos.lp.LpResult;
import dev.kairos.lp.simplex.SimplexOptions;
import dev.kairos.lp.simplex.SimplexSolver;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Solved again after any changes, a model has the answer of one that is solved from nothing. */
class WarmSolveTest {
  private static final SimplexSolver FRESH = new SimplexSolver(SimplexOptions.defaults());

  @Test
  void theAnswerIsThatOfAFreshSolve() {
    Map<SolutionStatus, Integer> met = new EnumMap<>(SolutionStatus.class);
    for (long seed : Fuzz.seeds(400)) {
      SplittableRandom random = new SplittableRandom(seed);
      RandomModel changing = new RandomModel(random);
      for (int round = 0; round < 12; round++) {
        LpSolution warm = changing.model.solve();
        met.merge(warm.status(), 1, Integer::sum);
        LpResult cold = FRESH.solve(changing.model.program());
        String where = "seed " + seed + ", round " + round + ": " + warm + ", fresh " + cold;
        assertEquals(cold.getClass(), warm.result().getClass(), where);
        assertTrue(warm.certificate().valid(), where);
        if (cold instanceof LpResult.Optimal optimal) {
          double expected = changing.model.inSense(optimal.objective());
          assertEquals(expected, warm.objective(), 1e-8 * (1 + Math.abs(expected)), where);
        }
        for (int k = random.nextInt(4); k >= 0; k--) {
          changing.change();
        }
      }
    }
    assertEquals(3, met.size(), "every status but stopped: " + met);
    assertTrue(met.values().stream().allMatch(n -> n > 200), "often: " + met);
  }

  @Test
  void fewIterationsFollowASmallChange() {
    LpModel model = LpModel.maximize("knapsacks");
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 60; i++) {
      model.addRow("r" + i).upper(50 + random.nextInt(50));
    }
    for (int j = 0; j < 120; j++) {
      Variable x = model.addVariable("x" + j).cost(1 + random.nextInt(20)).upper(9);
      for (int k = 0; k < 5; k++) {
        model.rows().get(random.nextInt(60)).add(1 + random.nextInt(9), x);
      }
    }
    int cold = model.solve().iterations();
    model.rows().get(3).upper(70);
    int warm = model.solve().iterations();
    assertTrue(warm * 5 < cold, warm + " after " + cold);
  }
}
