// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LpResult;
import dev.kairos.lp.simplex.SimplexOptions;
import dev.kairos.lp.simplex.SimplexSolver;
import java.time.Duration;

/** Our general solver: presolve, simplex, and the certificate on the data as given. */
final class KairosLp implements LpPeer {
  @Override
  public String name() {
    return Peers.KAIROS;
  }

  @Override
  public LpContender open(LinearProgram program, boolean presolve, Duration limit) {
    SimplexSolver solver =
        new SimplexSolver(SimplexOptions.defaults().withPresolve(presolve).withTimeLimit(limit));
    return new LpContender() {
      private double[] point = new double[0];

      @Override
      public void build() {}

      @Override
      public void solve() {
        point =
            solver.solve(program) instanceof LpResult.Optimal optimal ? optimal.x() : new double[0];
      }

      @Override
      public double[] point() {
        return point;
      }

      @Override
      public void close() {}
    };
  }
}
