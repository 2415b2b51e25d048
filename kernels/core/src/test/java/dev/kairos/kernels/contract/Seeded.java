// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Random trials that can be replayed: a failure names its seed. */
public final class Seeded {
  private Seeded() {}

  /**
   * Runs trials from fixed seeds, or the one that the system property {@code prop.seed} names.
   *
   * @param what names the trials in a failure
   */
  public static void trials(String what, int count, Consumer<SplittableRandom> trial) {
    Long replay = Long.getLong("prop.seed");
    long first = replay == null ? 1_000_003L * what.hashCode() : replay;
    for (long seed = first; seed < first + (replay == null ? count : 1); seed++) {
      try {
        trial.accept(new SplittableRandom(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            what + " fails with seed " + seed + " (-Dprop.seed=" + seed + " replays it): " + e, e);
      }
    }
  }
}
