// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.lp.simplex.SimplexOptions;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of {@code lp solve} that say how to solve. */
final class LpSolverOptions {
  private static final double MOST_SECONDS = 1e9;

  @Option(
      names = "--time-limit",
      paramLabel = "SECONDS",
      description = "Stop after so long (default: never).")
  private double timeLimit = MOST_SECONDS;

  @Option(
      names = "--iteration-limit",
      paramLabel = "N",
      description = "Stop after so many simplex iterations (default: never).")
  private int iterationLimit = Integer.MAX_VALUE;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      description = "By how much the solver lets scaled bounds and reduced costs be missed (1e-9).")
  private double tolerance = 1e-9;

  @Option(names = "--no-presolve", description = "Do not reduce the program first.")
  private boolean noPresolve;

  @Option(names = "--no-scaling", description = "Do not scale rows, columns, costs and bounds.")
  private boolean noScaling;

  @Option(names = "--no-perturbation", description = "Do not disturb costs against degeneracy.")
  private boolean noPerturbation;

  /** Refuses what cannot be. */
  void check() {
    if (!(timeLimit >= 0)) {
      throw new UsageException("--time-limit must be at least 0: " + timeLimit, "");
    }
    if (iterationLimit < 0) {
      throw new UsageException("--iteration-limit must be at least 0: " + iterationLimit, "");
    }
    if (!(tolerance > 0 && tolerance <= 1e-3)) {
      throw new UsageException("--tolerance must be above 0, at most 1e-3: " + tolerance, "");
    }
  }

  SimplexOptions options() {
    SimplexOptions options = SimplexOptions.defaults();
    return options
        .withTimeLimit(Duration.ofMillis((long) (1000 * Math.min(timeLimit, MOST_SECONDS))))
        .withMostIterations(iterationLimit)
        .withTolerances(options.tolerances().withSolver(tolerance, tolerance))
        .withPresolve(!noPresolve)
        .withScaling(!noScaling)
        .withPerturbation(!noPerturbation);
  }
}
