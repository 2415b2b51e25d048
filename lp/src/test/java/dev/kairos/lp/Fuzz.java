// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Rounds of a test: a fixed number of them in a build, so that it is the same each time, and more
 * until {@code -Dkairos.fuzz.seconds} have gone by.
 */
public final class Fuzz {
  private static final long NANOS = Long.getLong("kairos.fuzz.seconds", 0L) * 1_000_000_000L;

  private Fuzz() {}

  /** Seeds from 0 on, to loop over; a failure names its seed by the words of the test. */
  public static Iterable<Long> seeds(int ordinary) {
    return () -> {
      long begun = System.nanoTime();
      return new Iterator<>() {
        private long seed;
        private boolean granted; // the time may end between asking and taking

        @Override
        public boolean hasNext() {
          granted = granted || seed < ordinary || System.nanoTime() - begun < NANOS;
          return granted;
        }

        @Override
        public Long next() {
          if (!hasNext()) {
            throw new NoSuchElementException("no more rounds after " + seed);
          }
          granted = false;
          return seed++;
        }
      };
    };
  }
}
