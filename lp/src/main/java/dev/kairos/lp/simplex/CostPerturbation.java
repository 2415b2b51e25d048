// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

/**
 * Small changes of the costs, so that ties between reduced costs, and with them steps of length
 * zero, become rare. They are numbers made from the index of the variable, so the same program is
 * always disturbed alike, and signed so that a dual feasible basis stays one.
 */
final class CostPerturbation {
  private static final double BASE = 5e-7;

  private CostPerturbation() {}

  /** Disturbs the working costs of all columns that are neither free nor fixed. */
  static void apply(SimplexState state) {
    double base = BASE * size(state);
    for (int j = 0; j < state.columns; j++) {
      double low = state.program.lower[j];
      double high = state.program.upper[j];
      boolean below = low != Double.NEGATIVE_INFINITY;
      boolean above = high != Double.POSITIVE_INFINITY;
      if (low < high && (below || above)) {
        double amount = (1 + Math.abs(state.cost[j])) * base * (1 + random(j));
        boolean up = below && (!above || state.cost[j] >= 0);
        state.cost[j] += up ? amount : -amount;
      }
    }
    for (int i = state.columns; i < state.size; i++) {
      state.cost[i] += (random(i) - 0.5) * 1e-12;
    }
  }

  /**
   * Disturbs the nonbasic variables in the midst of a dual method that stands still, each away from
   * a reduced cost of zero.
   *
   * @param round how often this was done before; each time is a little stronger
   */
  static void again(SimplexState state, int round) {
    double base = BASE * size(state) * (1 + round);
    for (int j = 0; j < state.size; j++) {
      boolean low = state.place[j] == Place.LOWER;
      if ((low || state.place[j] == Place.UPPER) && state.lower[j] != state.upper[j]) {
        double amount = (1 + Math.abs(state.cost[j])) * base * (1 + random(j + (long) round));
        state.cost[j] += low ? amount : -amount;
        state.d[j] += low ? amount : -amount;
      }
    }
  }

  private static double size(SimplexState state) {
    double largest = 0;
    int boxed = 0;
    for (int j = 0; j < state.columns; j++) {
      largest = Math.max(largest, Math.abs(state.cost[j]));
      boxed += state.program.upper[j] - state.program.lower[j] < 1e30 ? 1 : 0;
    }
    if (largest > 100) {
      largest = Math.sqrt(Math.sqrt(largest));
    }
    return boxed < 0.01 * state.columns ? Math.min(largest, 1) : largest;
  }

  /** A number in [0, 1) for an index: the finisher of SplitMix64. */
  static double random(long index) {
    long z = (index + 1) * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
  }
}
