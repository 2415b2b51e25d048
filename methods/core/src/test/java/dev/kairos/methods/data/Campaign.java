// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import java.util.SplittableRandom;

/**
 * Many rounds of one test, each from a seed of its own that a failure names: as many as the build
 * has time for, or for {@code -Dkairos.fuzz.seconds} each.
 */
public final class Campaign {
  private Campaign() {}

  /** One round. */
  public interface Round {
    /** Tries something drawn from {@code random}. */
    void run(SplittableRandom random) throws Exception;
  }

  /** Runs rounds with the seeds from {@code seed} on. */
  public static void run(long seed, int rounds, Round round) {
    long seconds = Long.getLong("kairos.fuzz.seconds", 0);
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    for (long i = 0; seconds > 0 ? System.nanoTime() < end : i < rounds; i++) {
      try {
        round.run(new SplittableRandom(seed + i));
      } catch (Exception | AssertionError | StackOverflowError e) {
        throw new AssertionError("seed " + (seed + i) + ": " + e.getMessage(), e);
      }
    }
  }
}
