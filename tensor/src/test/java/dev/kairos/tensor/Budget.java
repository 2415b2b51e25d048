// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.function.LongConsumer;

/**
 * How long a fuzz test goes on: some seeds in a build, as many as fit into {@code
 * -Dkairos.fuzz.seconds=N} where that is given.
 */
public final class Budget {
  private Budget() {}

  /** Calls with the seeds 0, 1, .. */
  public static void seeds(int inBuild, LongConsumer trial) {
    long seconds = Long.getLong("kairos.fuzz.seconds", 0);
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    for (long seed = 0; seed < inBuild || System.nanoTime() < end; seed++) {
      trial.accept(seed);
    }
  }
}
