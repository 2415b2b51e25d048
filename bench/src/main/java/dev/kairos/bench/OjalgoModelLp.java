// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.lp.LinearProgram;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/** ojAlgo's modelling layer, which presolves, with the dual simplex on a dense matrix. */
final class OjalgoModelLp implements LpPeer {
  static final String NAME = "ojalgo-model";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public LpContender open(LinearProgram program, boolean presolve, Duration limit) {
    return new LpContender() {
      private @Nullable ExpressionsBasedModel model;
      private double[] point = new double[0];

      @Override
      public void build() {
        model = model(program, limit);
      }

      @Override
      public void solve() {
        ExpressionsBasedModel current = model;
        if (current == null) {
          throw new IllegalStateException("no model");
        }
        Optimisation.Result result = current.minimise();
        point =
            result.getState().isOptimal()
                ? Arrays.copyOf(result.toRawCopy1D(), program.columns())
                : new double[0];
      }

      @Override
      public double[] point() {
        return point;
      }

      @Override
      public void close() {}
    };
  }

  private static ExpressionsBasedModel model(LinearProgram program, Duration limit) {
    ExpressionsBasedModel model = new ExpressionsBasedModel();
    model.options.linear().dual();
    model.options.sparse = Boolean.FALSE;
    model.options.time_abort = limit.toMillis();
    model.options.time_suffice = limit.toMillis();
    Expression[] rows = new Expression[program.rows()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = model.newExpression("r" + i);
      if (Double.isFinite(program.rowLower(i))) {
        rows[i].lower(program.rowLower(i));
      }
      if (Double.isFinite(program.rowUpper(i))) {
        rows[i].upper(program.rowUpper(i));
      }
    }
    for (int j = 0; j < program.columns(); j++) {
      Variable column = model.newVariable("c" + j);
      if (Double.isFinite(program.lower(j))) {
        column.lower(program.lower(j));
      }
      if (Double.isFinite(program.upper(j))) {
        column.upper(program.upper(j));
      }
      if (program.cost(j) != 0) {
        column.weight(program.cost(j));
      }
      for (int k = program.start(j); k < program.start(j + 1); k++) {
        rows[program.entryRow(k)].set(j, program.entryValue(k));
      }
    }
    return model;
  }
}
