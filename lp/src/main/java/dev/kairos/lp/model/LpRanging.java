// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.model;

import dev.kairos.lp.LpResult;
import dev.kairos.lp.Range;
import dev.kairos.lp.simplex.Ranging;

/**
 * How far one number of a model may be changed, all others as they are, until the basis of its
 * optimum is no longer optimal; see {@link Ranging}. Within the range of a cost the values stay;
 * within that of a bound the objective changes by the dual, or the reduced cost, per unit. It tells
 * of the model as it was solved.
 */
public final class LpRanging {
  private final LpSolution solution;
  private final Ranging ranging;

  LpRanging(LpSolution solution, LpResult.Optimal optimal) {
    this.solution = solution;
    ranging = new Ranging(solution.program(), optimal);
  }

  /** From where to where the cost of a variable may be. */
  public Range cost(Variable variable) {
    Range minimized = ranging.cost(solution.index(variable));
    return variable.model.maximizes()
        ? new Range(0 - minimized.most(), 0 - minimized.least())
        : minimized;
  }

  /** From where to where the lower bound may be; of a fixed variable both bounds together. */
  public Range lower(Variable variable) {
    return ranging.lower(solution.index(variable));
  }

  /** From where to where the upper bound may be; of a fixed variable both bounds together. */
  public Range upper(Variable variable) {
    return ranging.upper(solution.index(variable));
  }

  /** From where to where the least activity may be; of an equation both bounds together. */
  public Range lower(Row row) {
    return ranging.rowLower(solution.index(row));
  }

  /** From where to where the greatest activity may be; of an equation both bounds together. */
  public Range upper(Row row) {
    return ranging.rowUpper(solution.index(row));
  }
}
