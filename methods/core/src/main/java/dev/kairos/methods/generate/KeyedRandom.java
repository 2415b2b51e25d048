// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.generate;

import java.util.SplittableRandom;

/**
 * Random numbers that belong to a name: the same seed and key give the same numbers, whatever else
 * was drawn before. Normal deviates come from {@link StrictMath}, so they are the same everywhere.
 */
final class KeyedRandom {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final SplittableRandom random;

  KeyedRandom(long seed, String key) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * FNV_PRIME;
    }
    this.random = new SplittableRandom(new SplittableRandom(seed).nextLong() ^ hash);
  }

  /** Uniform in {@code [low, high)}. */
  double uniform(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** Uniform whole number in {@code [low, high]}, both included. */
  int integer(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  /** Standard normal, by Box and Muller. */
  double gaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }

  /** The numbers {@code 0 .. n-1} in random order. */
  int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
