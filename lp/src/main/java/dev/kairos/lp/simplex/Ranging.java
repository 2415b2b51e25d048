// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LpResult;
import dev.kairos.lp.Range;
import dev.kairos.lp.Scaling;
import dev.kairos.lp.factor.SparseVector;

/**
 * How far one number of a program may be changed, all others as they are, until the basis of an
 * optimum is no longer optimal. Within the range of a cost the optimal point stays the same; within
 * that of a bound the multipliers stay, so the objective changes in proportion to the dual or the
 * reduced cost. Where an optimum is degenerate they hold for longer than one basis tells.
 *
 * <p>Each question costs a solve with the factors of the basis. An object belongs to one thread.
 */
public final class Ranging {
  /** A change of a basic variable per unit below this is rounding. */
  private static final double NOTHING = 1e-11;

  /** By so much, scaled, the point and the multipliers of the basis may be off. */
  private static final double OFF = 1e-6;

  private final LinearProgram lp;
  private final Scaling scaling;
  private final SimplexState state;
  private final int[] position;
  private final SparseVector alpha;
  private final SparseVector rho;
  private final SparseVector row;

  /**
   * Factors the basis of an optimum.
   *
   * @throws IllegalArgumentException if its basis is not an optimal one of the program
   */
  public Ranging(LinearProgram lp, LpResult.Optimal optimal) {
    this.lp = lp;
    scaling = Scaling.of(lp);
    state = new SimplexState(new ScaledProgram(lp, scaling));
    alpha = new SparseVector(state.rows);
    rho = new SparseVector(state.rows);
    row = new SparseVector(state.size);
    state.start(optimal.basis());
    state.refactor();
    state.computePrimal();
    state.computeDual(state.cost);
    position = new int[state.size];
    for (int r = 0; r < state.rows; r++) {
      position[state.head[r]] = r;
    }
    for (int j = 0; j < state.size; j++) {
      if (!(state.primalInfeasibility(j) <= OFF && state.dualInfeasibility(j) <= OFF)) {
        throw new IllegalArgumentException("the basis is not an optimal one of the program");
      }
    }
  }

  /** From where to where the cost of a column may be. */
  public Range cost(int column) {
    double[] by = state.place[column] == Place.BASIC ? basicCost(column) : nonbasicCost(column);
    double unit = 1 / (scaling.column(column) * scaling.cost());
    double cost = lp.cost(column);
    return new Range(cost + by[0] * unit, cost + by[1] * unit);
  }

  /**
   * From where to where the lower bound of a column may be; of a fixed column both bounds together.
   */
  public Range lower(int column) {
    double upper = lp.upper(column);
    return column(column, lp.lower(column), upper, state.place[column] == Place.LOWER, true);
  }

  /** The same of the upper bound. */
  public Range upper(int column) {
    double lower = lp.lower(column);
    return column(column, lp.upper(column), lower, state.place[column] == Place.UPPER, false);
  }

  /**
   * From where to where the lower bound of a row's activity may be; of an equation both bounds
   * together.
   */
  public Range rowLower(int i) {
    double upper = lp.rowUpper(i);
    // The logical of a row is the negated activity: it stands at the other bound.
    boolean holds = state.place[state.columns + i] == Place.UPPER;
    return row(i, lp.rowLower(i), upper, holds, true);
  }

  /** The same of the upper bound. */
  public Range rowUpper(int i) {
    double lower = lp.rowLower(i);
    boolean holds = state.place[state.columns + i] == Place.LOWER;
    return row(i, lp.rowUpper(i), lower, holds, false);
  }

  private Range column(int j, double bound, double other, boolean holds, boolean below) {
    double unit = scaling.column(j) / scaling.bound();
    return range(j, unit, bound, other, holds, below, state.x[j] * unit);
  }

  private Range row(int i, double bound, double other, boolean holds, boolean below) {
    double unit = -1 / (scaling.row(i) * scaling.bound());
    int logical = state.columns + i;
    return range(logical, unit, bound, other, holds, below, state.x[logical] * unit);
  }

  private Range range(
      int j, double unit, double bound, double other, boolean holds, boolean below, double value) {
    boolean fixed = bound == other;
    if (fixed && state.place[j] == Place.BASIC) { // both bounds hold a value that others determine
      return new Range(bound, bound);
    }
    if (!holds && !fixed) {
      // A bound that does not hold may move up to the value, and away for ever.
      return below
          ? new Range(Double.NEGATIVE_INFINITY, Math.max(bound, value))
          : new Range(Math.min(bound, value), Double.POSITIVE_INFINITY);
    }
    double[] steps = steps(j);
    double one = bound + steps[0] * unit;
    double two = bound + steps[1] * unit;
    double least = Math.min(one, two);
    double most = Math.max(one, two);
    if (!fixed && below) {
      most = Math.min(most, other);
    } else if (!fixed) {
      least = Math.max(least, other);
    }
    return new Range(least, most);
  }

  /** How far down and up a nonbasic variable may go with the basic ones within their bounds. */
  private double[] steps(int j) {
    state.column(j, alpha);
    state.factor.ftran(alpha);
    double down = Double.NEGATIVE_INFINITY;
    double up = Double.POSITIVE_INFINITY;
    for (int k = 0; k < alpha.count; k++) {
      double a = alpha.value[alpha.index[k]];
      int basic = state.head[alpha.index[k]];
      if (Math.abs(a) > NOTHING) {
        double room = Math.max(0, state.x[basic] - state.lower[basic]) / Math.abs(a);
        double rest = Math.max(0, state.upper[basic] - state.x[basic]) / Math.abs(a);
        up = Math.min(up, a > 0 ? room : rest);
        down = Math.max(down, a > 0 ? -rest : -room);
      }
    }
    return new double[] {down, up};
  }

  /** A nonbasic column stays where it is until its reduced cost changes its sign. */
  private double[] nonbasicCost(int j) {
    double d = state.d[j];
    if (state.lower[j] == state.upper[j]) {
      return new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
    }
    return switch (state.place[j]) {
      case Place.LOWER -> new double[] {-Math.max(0, d), Double.POSITIVE_INFINITY};
      case Place.UPPER -> new double[] {Double.NEGATIVE_INFINITY, Math.max(0, -d)};
      default -> new double[2];
    };
  }

  /** The cost of a basic column changes the reduced costs of the others by its row. */
  private double[] basicCost(int column) {
    state.factor.btranLeaving(position[column], rho);
    state.priceRow(rho, row);
    double down = Double.NEGATIVE_INFINITY;
    double up = Double.POSITIVE_INFINITY;
    for (int k = 0; k < row.count; k++) {
      int j = row.index[k];
      double a = row.value[j];
      if (state.lower[j] == state.upper[j] || Math.abs(a) <= NOTHING) {
        continue;
      }
      if (state.place[j] == Place.ZERO) {
        return new double[2];
      }
      boolean lower = state.place[j] == Place.LOWER;
      double step = Math.max(0, lower ? state.d[j] : -state.d[j]) / Math.abs(a);
      if (a > 0 == lower) {
        up = Math.min(up, step);
      } else {
        down = Math.max(down, -step);
      }
    }
    return new double[] {down, up};
  }
}
