// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

/** How many rounds of random cases to try: a fixed number, or all that fit into a given time. */
final class Campaign {
  private final int usual;
  private final long nanos = Long.getLong("kairos.fuzz.seconds", 0) * 1_000_000_000L;
  private final long begun = System.nanoTime();
  private int round;

  /** A fixed number of rounds, and more until {@code -Dkairos.fuzz.seconds} have gone by. */
  Campaign(int usual) {
    this.usual = usual;
  }

  boolean next() {
    round++;
    return round <= usual || System.nanoTime() - begun < nanos;
  }

  /** The round, from 1. */
  int round() {
    return round;
  }
}
