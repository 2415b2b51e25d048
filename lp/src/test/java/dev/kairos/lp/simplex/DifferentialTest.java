// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.Certificate;
import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LpResult;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The solver against {@link ExactTableau} on random programs. {@code -Dlp.cases=100000} asks for
 * more of them.
 */
class DifferentialTest {
  private static final int CASES = Integer.getInteger("lp.cases", 4000);
  private static final long SEED = Long.getLong("lp.seed", 20261120L);

  @Test
  void statusAndObjectiveAreThoseOfTheExactMethod() {
    Map<ExactTableau.Status, Integer> met = new EnumMap<>(ExactTableau.Status.class);
    SimplexOptions all = SimplexOptions.defaults();
    SimplexSolver[] solvers = {
      new SimplexSolver(all),
      new SimplexSolver(all.withPresolve(false)),
      new SimplexSolver(all.withPresolve(false).withPerturbation(false).withScaling(false))
    };
    for (int i = 0; i < CASES; i++) {
      long seed = SEED + i;
      LinearProgram lp = new RandomPrograms(new SplittableRandom(seed)).next();
      ExactTableau exact = new ExactTableau(lp).solve();
      met.merge(exact.status, 1, Integer::sum);
      for (int s = 0; s < solvers.length; s++) {
        check(lp, exact, solvers[s].solve(lp), "solver " + s + ", -Dlp.seed=" + seed);
      }
    }
    assertEquals(3, met.size(), "every status must be met: " + met);
    assertTrue(met.values().stream().allMatch(n -> n > CASES / 20), "often: " + met);
  }

  private static void check(LinearProgram lp, ExactTableau exact, LpResult result, String which) {
    String said = which + ", exact " + exact.status + ", found " + result;
    switch (exact.status) {
      case OPTIMAL -> {
        assertTrue(result instanceof LpResult.Optimal, said);
        double expected = exact.objective();
        double found = ((LpResult.Optimal) result).objective();
        assertEquals(expected, found, 1e-9 * (1 + Math.abs(expected)), said);
      }
      case INFEASIBLE -> assertTrue(result instanceof LpResult.Infeasible, said);
      case UNBOUNDED -> assertTrue(result instanceof LpResult.Unbounded, said);
    }
    Certificate certificate = Certificate.verify(lp, result);
    assertTrue(certificate.valid(), said + ": " + certificate.finding());
  }
}
