// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LpResult;
import dev.kairos.lp.io.Mps;
import dev.kairos.lp.simplex.SimplexOptions;
import dev.kairos.lp.simplex.SimplexSolver;
import java.io.IOException;
import java.nio.file.Path;

/** A process that reads a linear program and solves it, or only reads it. */
public final class SolveOnce {
  private SolveOnce() {}

  /** {@code FILE} to solve, {@code FILE read} to read. */
  public static void main(String[] arguments) throws IOException {
    LinearProgram program = Mps.read(Path.of(arguments[0])).program();
    if (arguments.length == 1) {
      LpResult result = new SimplexSolver(SimplexOptions.defaults()).solve(program);
      if (result instanceof LpResult.Optimal optimal) {
        System.out.println("objective " + optimal.objective());
      }
    }
  }
}
