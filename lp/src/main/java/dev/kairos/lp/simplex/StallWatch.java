// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

/** Notices that a value which should fall has not done so for many iterations. */
final class StallWatch {
  /** A fall by this part is none. */
  private static final double NOTHING = 1e-9;

  private final int patience;
  private double best = Double.POSITIVE_INFINITY;
  private int since;

  /** Begins to watch; gives up after so many iterations without progress. */
  StallWatch(int patience) {
    this.patience = patience;
  }

  /** Looks at the value after an iteration; returns whether nothing has moved for too long. */
  boolean stalled(double value, int iteration) {
    if (best == Double.POSITIVE_INFINITY || value < best - NOTHING * (1 + Math.abs(best))) {
      best = value;
      since = iteration;
    }
    return iteration - since > patience;
  }

  /** Begins anew, for another value or after something was done about it. */
  void reset() {
    best = Double.POSITIVE_INFINITY;
  }
}
