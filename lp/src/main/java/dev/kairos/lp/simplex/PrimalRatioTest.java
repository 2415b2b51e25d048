// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import dev.kairos.lp.factor.SparseVector;

/** Which basic variable leaves and how far the entering one can go. */
final class PrimalRatioTest {
  private final SimplexState state;
  private final double tolerance;
  private final double[] at;
  private final int[] place;
  private final boolean[] high;
  private int breakpoints;

  /** Place that leaves, or -1 if the entering variable changes to its other bound. */
  int leaving;

  /** Whether the leaving variable ends at its upper bound. */
  boolean toUpper;

  /** How far the entering variable goes, at least 0; infinite if nothing stops it. */
  double step;

  PrimalRatioTest(SimplexState state, double tolerance) {
    this.state = state;
    this.tolerance = tolerance;
    at = new double[2 * state.rows];
    place = new int[2 * state.rows];
    high = new boolean[2 * state.rows];
  }

  /**
   * Phase 2: the first basic variable to meet a bound, with the largest pivot among almost equals.
   *
   * @param alpha entering column, {@code B^-1 a_q}
   * @param direction 1 if the entering variable grows, -1 if it falls
   * @param exact whether ties are settled by step and number alone, as Bland's rule needs
   */
  void feasible(SparseVector alpha, int q, int direction, double smallest, boolean exact) {
    double slack = exact ? 0 : tolerance;
    double most = Double.POSITIVE_INFINITY;
    for (int k = 0; k < alpha.count; k++) {
      double v = -direction * alpha.value[alpha.index[k]];
      if (Math.abs(v) > smallest) {
        double room = room(state.head[alpha.index[k]], v) + slack;
        most = Math.min(most, Math.max(room, 0) / Math.abs(v));
      }
    }
    leaving = -1;
    step = state.upper[q] - state.lower[q];
    if (step <= most) {
      return;
    }
    step = Double.POSITIVE_INFINITY;
    double largest = 0;
    for (int k = 0; k < alpha.count; k++) {
      int i = alpha.index[k];
      double v = -direction * alpha.value[i];
      double size = Math.abs(v);
      if (size > smallest) {
        double ratio = Math.max(room(state.head[i], v), 0) / size;
        boolean first = exact && leaving >= 0 && state.head[i] > state.head[leaving];
        if (ratio <= most && !first && (exact || size > largest)) {
          largest = size;
          leaving = i;
          toUpper = v > 0;
          step = ratio;
        }
      }
    }
  }

  /** How far a variable is from the bound it moves to. */
  private double room(int j, double v) {
    return v > 0 ? state.upper[j] - state.x[j] : state.x[j] - state.lower[j];
  }

  /**
   * Phase 1: goes on past bounds while the sum of infeasibilities falls.
   *
   * @param slope by how much the sum falls at first, per unit of the entering variable
   */
  void infeasible(SparseVector alpha, int q, int direction, double smallest, double slope) {
    breakpoints = 0;
    for (int k = 0; k < alpha.count; k++) {
      int i = alpha.index[k];
      double v = -direction * alpha.value[i];
      if (Math.abs(v) > smallest) {
        collect(i, state.head[i], v);
      }
    }
    double range = state.upper[q] - state.lower[q];
    double left = slope;
    double largest = 0;
    int passed = 0;
    while (passed < breakpoints && left > 0) {
      int next = first(passed);
      if (at[next] > range) {
        break;
      }
      swap(next, passed);
      double size = Math.abs(alpha.value[place[passed]]);
      largest = Math.max(largest, size);
      left -= size;
      passed++;
    }
    leaving = -1;
    step = range;
    if (left > 0 && range != Double.POSITIVE_INFINITY) {
      return;
    }
    for (int k = passed - 1; k >= 0; k--) {
      if (Math.abs(alpha.value[place[k]]) >= Math.min(0.1 * largest, 1)) {
        leaving = place[k];
        toUpper = high[k];
        step = at[k];
        return;
      }
    }
  }

  private void collect(int i, int j, double v) {
    boolean up = v > 0;
    double x = state.x[j];
    double near = up ? state.lower[j] : state.upper[j];
    double far = up ? state.upper[j] : state.lower[j];
    double size = Math.abs(v);
    if (up ? x < near - tolerance : x > near + tolerance) {
      add(i, Math.abs(near - x) / size, !up);
    }
    boolean beyond = up ? x > far + tolerance : x < far - tolerance;
    if (!beyond && !Double.isInfinite(far)) {
      add(i, Math.max(0, up ? far - x : x - far) / size, up);
    }
  }

  private void add(int i, double step, boolean upper) {
    at[breakpoints] = step;
    place[breakpoints] = i;
    high[breakpoints++] = upper;
  }

  private int first(int from) {
    int best = from;
    for (int k = from + 1; k < breakpoints; k++) {
      if (at[k] < at[best]) {
        best = k;
      }
    }
    return best;
  }

  private void swap(int a, int b) {
    double t = at[a];
    int p = place[a];
    boolean h = high[a];
    at[a] = at[b];
    place[a] = place[b];
    high[a] = high[b];
    at[b] = t;
    place[b] = p;
    high[b] = h;
  }
}
