// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/**
 * The key of a sequence of counter-based random numbers. Element {@code i} of the sequence depends
 * on seed, stream and {@code i} alone, never on the thread or on what was drawn before (see {@link
 * Philox}).
 *
 * @param seed the run's seed
 * @param stream which of the seed's sequences
 */
public record RandomKey(long seed, long stream) {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /** A key for a purpose inside this one; different numbers give unrelated sequences. */
  public RandomKey child(long number) {
    return new RandomKey(seed, mix(stream * GOLDEN_GAMMA + mix(number + GOLDEN_GAMMA)));
  }

  /** A key for a named purpose inside this one. */
  public RandomKey child(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return child(hash);
  }

  /** The finaliser of SplitMix64: a bijection that spreads every input bit over the output. */
  private static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }
}
