// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import dev.kairos.lp.factor.SparseVector;

/**
 * Which nonbasic variable enters: reduced costs may pass zero where the variable is boxed and can
 * change to its other bound (long step), as long as the leaving variable stays infeasible; near the
 * last breakpoint the largest pivot wins, within the tolerance on reduced costs (Harris).
 */
final class DualRatioTest {
  private final SimplexState state;
  private final double tolerance;
  private final int[] candidate;
  private final double[] pivot;
  private final double[] reduced;
  private final int[] groupEnd;
  private int candidates;
  private double feasible;

  /** Variables that change to their other bound, the first {@link #flips} of it. */
  final int[] flipped;

  int flips;

  DualRatioTest(SimplexState state, double dualTolerance) {
    this.state = state;
    tolerance = dualTolerance;
    candidate = new int[state.size];
    pivot = new double[state.size];
    reduced = new double[state.size];
    groupEnd = new int[state.size + 1];
    flipped = new int[state.size];
  }

  /**
   * Chooses.
   *
   * @param row the pivot row, nonbasic variables only
   * @param delta how far the leaving variable is above its upper bound, or below its lower, then
   *     negative
   * @param smallest pivots below are not used
   * @param within how far the leaving variable may be off and count as feasible
   * @return the entering variable, or -1 if the leaving one stays infeasible whatever the others do
   */
  int choose(SparseVector row, double delta, double smallest, double within) {
    feasible = within;
    collect(row, delta > 0 ? 1 : -1, smallest);
    flips = 0;
    double slope = Math.abs(delta);
    int passed = 0;
    double step = 10 * harris(0) + 1e-7;
    while (passed < candidates) {
      int end = front(passed, step);
      end = end == passed ? candidates : end; // numbers that overflowed reach nothing
      double after = slope - fall(passed, end);
      if (after <= feasible || end == candidates) {
        return group(passed, end, slope);
      }
      slope = after;
      passed = end;
      step = Math.max(10 * step, harris(passed));
    }
    return -1;
  }

  private void collect(SparseVector row, int sign, double smallest) {
    int n = 0;
    for (int k = 0; k < row.count; k++) {
      int j = row.index[k];
      double a = sign * row.value[j];
      byte where = state.place[j];
      double direction = where == Place.ZERO ? Math.signum(a) : where == Place.LOWER ? 1 : -1;
      a *= direction;
      if (a > smallest && state.lower[j] != state.upper[j]) {
        candidate[n] = j;
        pivot[n] = a;
        reduced[n++] = where == Place.ZERO ? Math.abs(state.d[j]) : direction * state.d[j];
      }
    }
    candidates = n;
  }

  /** The step at which the first of the candidates from here on is infeasible beyond tolerance. */
  private double harris(int from) {
    double least = Double.POSITIVE_INFINITY;
    for (int k = from; k < candidates; k++) {
      least = Math.min(least, (reduced[k] + tolerance) / pivot[k]);
    }
    return least;
  }

  /** Brings candidates that are reached by a step to the front; returns where they end. */
  private int front(int from, double step) {
    int end = from;
    for (int k = from; k < candidates; k++) {
      if (reduced[k] <= step * pivot[k]) {
        swap(k, end++);
      }
    }
    return end;
  }

  private double fall(int from, int to) {
    double sum = 0;
    for (int k = from; k < to; k++) {
      sum += pivot[k] * (state.upper[candidate[k]] - state.lower[candidate[k]]);
    }
    return sum;
  }

  private void swap(int a, int b) {
    int j = candidate[a];
    double p = pivot[a];
    double d = reduced[a];
    candidate[a] = candidate[b];
    pivot[a] = pivot[b];
    reduced[a] = reduced[b];
    candidate[b] = j;
    pivot[b] = p;
    reduced[b] = d;
  }

  /** Splits the last batch into groups of almost equal step and chooses in one of the last. */
  private int group(int from, int to, double slopeBefore) {
    int all = candidates;
    candidates = to; // for the first steps among these alone
    double slope = slopeBefore;
    int groups = 0;
    int at = from;
    while (at < to && slope > feasible) {
      int end = front(at, harris(at));
      if (end == at) { // rounding; the step is the least one by construction
        end = at + 1;
      }
      slope -= fall(at, end);
      groupEnd[groups++] = end;
      at = end;
    }
    candidates = all;
    if (slope > feasible || groups == 0) { // no group: the slope is no number
      return -1;
    }
    int best = bestOf(from, groups);
    int g = 0;
    while (groupEnd[g] <= best) {
      g++;
    }
    int before = g == 0 ? from : groupEnd[g - 1];
    for (int k = 0; k < before; k++) {
      flipped[flips++] = candidate[k];
    }
    return candidate[best];
  }

  /** From the last group back, the first large enough pivot; the largest of all if none is. */
  private int bestOf(int from, int groups) {
    double largest = 0;
    for (int k = from; k < groupEnd[groups - 1]; k++) {
      largest = Math.max(largest, pivot[k]);
    }
    double enough = Math.min(0.1 * largest, 1);
    for (int g = groups - 1; g >= 0; g--) {
      int best = -1;
      for (int k = g == 0 ? from : groupEnd[g - 1]; k < groupEnd[g]; k++) {
        if (best < 0 || larger(k, best)) {
          best = k;
        }
      }
      if (pivot[best] >= enough) {
        return best;
      }
    }
    throw new IllegalStateException("the largest pivot is large enough");
  }

  /** Ties go to the lower number, so that the order of the candidates does not matter. */
  private boolean larger(int k, int best) {
    return pivot[k] > pivot[best] || (pivot[k] == pivot[best] && candidate[k] < candidate[best]);
  }
}
