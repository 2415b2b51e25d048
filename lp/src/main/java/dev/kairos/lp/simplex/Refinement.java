// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import dev.kairos.lp.factor.ColumnMatrix;
import dev.kairos.lp.factor.SparseVector;

/**
 * One step of iterative refinement: what the rows {@code A x + s = 0} miss by is computed in twice
 * the precision and solved for again, so that the values of the basic variables are as good as
 * their numbers allow, whatever the factors have lost.
 */
final class Refinement {
  private final SimplexState state;
  private final double[] sum;
  private final double[] lost;
  private final SparseVector work;

  Refinement(SimplexState state) {
    this.state = state;
    sum = new double[state.rows];
    lost = new double[state.rows];
    work = new SparseVector(state.rows);
  }

  /** Corrects the basic variables. */
  void apply() {
    ColumnMatrix a = state.program.matrix;
    for (int i = 0; i < state.rows; i++) {
      sum[i] = state.x[state.columns + i];
      lost[i] = 0;
    }
    for (int j = 0; j < state.columns; j++) {
      double x = state.x[j];
      if (x != 0) {
        for (int k = a.start()[j]; k < a.start()[j + 1]; k++) {
          add(a.index()[k], a.value()[k], x);
        }
      }
    }
    work.clear();
    for (int i = 0; i < state.rows; i++) {
      work.value[i] = sum[i] + lost[i];
    }
    work.gather(0);
    state.factor.ftran(work);
    for (int i = 0; i < state.rows; i++) {
      double better = state.x[state.head[i]] - work.value[i];
      if (Double.isFinite(better)) {
        state.x[state.head[i]] = better;
      }
    }
  }

  private void add(int i, double factor, double x) {
    double product = factor * x;
    double before = sum[i];
    double after = before + product;
    double part = after - before;
    lost[i] += (before - (after - part)) + (product - part) + Math.fma(factor, x, -product);
    sum[i] = after;
  }
}
