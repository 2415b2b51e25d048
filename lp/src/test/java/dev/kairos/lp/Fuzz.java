// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

import java.util.function.LongConsumer;

/**
 * Runs a test for many seeds: a fixed number of them in the build, so that it is the same each
 * time, or for as long as {@code -Dkairos.fuzz.seconds} says.
 */
public final class Fuzz {
  private static final long SECONDS = Long.getLong("kairos.fuzz.seconds", 0L);

  private Fuzz() {}

  /** Seeds from 0 on; a failure names its seed by the words of the test. */
  public static void seeds(int ordinary, LongConsumer test) {
    long until = System.nanoTime() + SECONDS * 1_000_000_000L;
    for (long seed = 0; seed < ordinary || System.nanoTime() < until; seed++) {
      test.accept(seed);
    }
  }
}
