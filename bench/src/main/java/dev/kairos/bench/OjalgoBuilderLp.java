// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.lp.LinearProgram;
import java.time.Duration;
import java.util.Arrays;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.linear.LinearSolver;

/**
 * ojAlgo's linear solver without its modelling layer, on dense rows, with the dual simplex forced.
 * Takes programs whose rows are equations.
 */
final class OjalgoBuilderLp implements LpPeer {
  @Override
  public String name() {
    return Peers.OJALGO;
  }

  @Override
  public LpContender open(LinearProgram program, boolean presolve, Duration limit) {
    return new Solver(program);
  }

  private static final class Solver implements LpContender {
    private final double[] costs;
    private final double[] lower;
    private final double[] upper;
    private final double[] targets;
    private final double[][] rows;
    private LinearSolver.@org.jspecify.annotations.Nullable Builder model;
    private double[] point = new double[0];

    Solver(LinearProgram program) {
      int n = program.columns();
      int m = program.rows();
      costs = new double[n];
      lower = new double[n];
      upper = new double[n];
      rows = new double[m][n];
      targets = new double[m];
      for (int j = 0; j < n; j++) {
        costs[j] = program.cost(j);
        lower[j] = program.lower(j);
        upper[j] = program.upper(j);
        for (int k = program.start(j); k < program.start(j + 1); k++) {
          rows[program.entryRow(k)][j] = program.entryValue(k);
        }
      }
      for (int i = 0; i < m; i++) {
        targets[i] = program.rowLower(i);
        if (targets[i] != program.rowUpper(i)) {
          throw new IllegalArgumentException("row " + i + " is not an equation");
        }
      }
    }

    @Override
    public void build() {
      LinearSolver.Builder builder = LinearSolver.newBuilder(costs);
      for (int i = 0; i < rows.length; i++) {
        builder.equality(targets[i], rows[i]);
      }
      builder.lower(lower).upper(upper);
      model = builder;
    }

    @Override
    public void solve() {
      LinearSolver.Builder builder = model;
      if (builder == null) {
        throw new IllegalStateException("no model");
      }
      Optimisation.Options options = new Optimisation.Options();
      options.linear().dual();
      Optimisation.Result result = builder.build(options).solve();
      point =
          result.getState().isOptimal()
              ? Arrays.copyOf(result.toRawCopy1D(), costs.length)
              : new double[0];
    }

    @Override
    public double[] point() {
      return point;
    }

    @Override
    public void close() {}
  }
}
