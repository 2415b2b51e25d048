// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

/**
 * Small changes of the bounds for a primal method that stands still: each basic variable gets a
 * little more room, so that many of them no longer meet their bounds at once and steps have a
 * length again. Like those of {@link CostPerturbation} they are made from the index of the
 * variable.
 */
final class BoundPerturbation {
  private static final double BASE = 5e-7;

  private BoundPerturbation() {}

  /**
   * Widens the working bounds of all basic variables.
   *
   * @param round how often this was done before; each time is a little stronger
   */
  static void apply(SimplexState state, int round) {
    for (int i = 0; i < state.rows; i++) {
      int j = state.head[i];
      double part = BASE * (1 + round) * (1 + CostPerturbation.random(j + 31L * round));
      state.lower[j] -= part * (1 + Math.abs(state.program.lower[j]));
      state.upper[j] += part * (1 + Math.abs(state.program.upper[j]));
    }
  }
}
