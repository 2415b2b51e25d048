// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.lp.LinearProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;

/**
 * The primal tableau simplex of commons-math. Takes programs of equations in columns of at least 0;
 * an upper bound is one more row. Registered as a service.
 */
public final class CommonsMathLp implements LpPeer {
  private static final double EPSILON = 1e-10;

  @Override
  public String name() {
    return "commons-math";
  }

  @Override
  public LpContender open(LinearProgram program, boolean presolve, Duration limit) {
    double[] costs = new double[program.columns()];
    double[][] rows = new double[program.rows()][program.columns()];
    for (int j = 0; j < costs.length; j++) {
      costs[j] = program.cost(j);
      for (int k = program.start(j); k < program.start(j + 1); k++) {
        rows[program.entryRow(k)][j] = program.entryValue(k);
      }
    }
    return new LpContender() {
      private List<LinearConstraint> constraints = List.of();
      private double[] point = new double[0];

      @Override
      public void build() {
        List<LinearConstraint> all = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
          all.add(new LinearConstraint(rows[i], Relationship.EQ, program.rowLower(i)));
        }
        for (int j = 0; j < costs.length; j++) {
          if (Double.isFinite(program.upper(j))) {
            double[] bound = new double[costs.length];
            bound[j] = 1;
            all.add(new LinearConstraint(bound, Relationship.LEQ, program.upper(j)));
          }
        }
        constraints = all;
      }

      @Override
      public void solve() {
        try {
          point =
              new SimplexSolver(EPSILON)
                  .optimize(
                      new MaxIter(100_000),
                      new LinearObjectiveFunction(costs, 0),
                      new LinearConstraintSet(constraints),
                      GoalType.MINIMIZE,
                      new NonNegativeConstraint(true))
                  .getPoint();
        } catch (MathIllegalStateException e) {
          point = new double[0]; // it says that there is no optimum
        }
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
