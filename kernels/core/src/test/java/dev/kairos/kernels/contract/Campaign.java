// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/**
 * Many rounds of one test, each from a seed of its own: a fixed number of them in a build, so that
 * it is the same each time, and more until {@code -Dkairos.fuzz.seconds} have gone by and {@code
 * -Dkairos.fuzz.rounds} are done.
 */
public final class Campaign {
  private static final String PROPERTY = "kairos.fuzz.seconds";
  private static final String ROUNDS = "kairos.fuzz.rounds";

  private Campaign() {}

  /** One round. */
  @FunctionalInterface
  public interface Round {
    /** Tries something drawn from {@code random}. */
    void run(SplittableRandom random) throws Exception;
  }

  /** Runs rounds with the seeds from {@code first} on; a failure names its seed. */
  public static void run(long first, int rounds, Round round) {
    for (long seed : seeds(first, rounds)) {
      try {
        round.run(new SplittableRandom(seed));
      } catch (Exception | AssertionError | StackOverflowError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  /**
   * The seeds of the rounds, for a test that names them itself: from {@code first} on. The time
   * counts from when the loop begins.
   */
  public static Iterable<Long> seeds(long first, int rounds) {
    return () -> {
      long begun = System.nanoTime();
      long least = Math.max(rounds, Long.getLong(ROUNDS, 0));
      long nanos = Long.getLong(PROPERTY, 0) * 1_000_000_000L;
      return new Iterator<>() {
        private long done;
        private boolean granted; // the time may end between asking and taking

        @Override
        public boolean hasNext() {
          granted = granted || done < least || System.nanoTime() - begun < nanos;
          return granted;
        }

        @Override
        public Long next() {
          if (!hasNext()) {
            throw new NoSuchElementException("no more rounds after " + done);
          }
          granted = false;
          return first + done++;
        }
      };
    };
  }
}
