// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.Certificate;
import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LinearProgramBuilder;
import dev.kairos.lp.LpResult;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Programs whose numbers differ by up to six hundred powers of ten: the solver need not solve them,
 * but it ends, throws nothing and claims nothing that the check refuses.
 */
class WildNumbersTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final int CASES = 5000;

  @Test
  void nothingIsClaimedThatDoesNotHold() {
    int proved = 0;
    for (long seed = 0; seed < CASES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      LinearProgram lp = next(random);
      boolean presolve = random.nextBoolean();
      LpResult result =
          new SimplexSolver(SimplexOptions.defaults().withPresolve(presolve)).solve(lp);
      if (!(result instanceof LpResult.Stopped)) {
        Certificate certificate = Certificate.verify(lp, result);
        assertTrue(certificate.valid(), "seed " + seed + ": " + result + certificate);
        proved++;
      }
    }
    assertTrue(proved > 0.8 * CASES, proved + " proved");
  }

  private static LinearProgram next(SplittableRandom random) {
    int powers = random.nextInt(4) == 0 ? 300 : 1 + random.nextInt(14);
    int m = random.nextInt(15);
    int n = 1 + random.nextInt(15);
    LinearProgramBuilder builder = LinearProgram.builder();
    for (int i = 0; i < m; i++) {
      double a = bound(random, powers);
      switch (random.nextInt(5)) {
        case 0 -> builder.addRow(a, a);
        case 1 -> builder.addRow(-INFINITY, a);
        case 2 -> builder.addRow(a, INFINITY);
        case 3 -> builder.addRow(a, Math.max(a, bound(random, powers)));
        default -> builder.addRow(-INFINITY, INFINITY);
      }
    }
    for (int j = 0; j < n; j++) {
      double a = bound(random, powers);
      double cost = random.nextInt(3) == 0 ? 0 : number(random, powers);
      switch (random.nextInt(6)) {
        case 0 -> builder.addColumn(cost, a, a);
        case 1 -> builder.addColumn(cost, -INFINITY, a);
        case 2 -> builder.addColumn(cost, 0, INFINITY);
        case 3 -> builder.addColumn(cost, a, Math.max(a, bound(random, powers)));
        case 4 -> builder.addColumn(cost, -INFINITY, INFINITY);
        default -> builder.addColumn(cost, a, INFINITY);
      }
      for (int i = 0; i < m; i++) {
        builder.entry(i, j, random.nextInt(3) == 0 ? number(random, powers) : 0);
      }
    }
    return builder.build();
  }

  private static double number(SplittableRandom random, int powers) {
    double size = Math.pow(10, (2 * random.nextDouble() - 1) * powers);
    return random.nextBoolean() ? size : -size;
  }

  private static double bound(SplittableRandom random, int powers) {
    double v = number(random, powers);
    return Math.abs(v) < LinearProgram.INFINITE_BOUND ? v : Math.signum(v) * 1e19;
  }
}
