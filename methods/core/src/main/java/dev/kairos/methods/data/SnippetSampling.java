// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import java.util.random.RandomGenerator;

/**
 * Fixed-length sampling: S snippets out of the L of a recording, as indices in {@code [0, L)} in
 * ascending order, possibly repeated. A recording with L &lt; S repeats snippets, one with L = S is
 * taken as it is.
 *
 * <p>With {@code b_i = i * L / S}: uniform sampling takes {@code floor(b_i)}; random sampling
 * draws, independently for each i, a whole number between {@code floor(b_i)} and {@code
 * floor(b_(i+1))}, both included, and for the last i between {@code floor(b_i)} and {@code L - 1}.
 * Source: BaS-Net, "Background Suppression Network for Weakly-supervised Temporal Action
 * Localization".
 */
public final class SnippetSampling {
  private SnippetSampling() {}

  /**
   * The indices used in test: {@code floor(i * L / S)}.
   *
   * @param samples S, at least 1
   * @param length L, at least 1
   */
  public static int[] uniform(int samples, int length) {
    return lowest(samples, length);
  }

  /**
   * Indices drawn for training; nothing is drawn where only one index is possible.
   *
   * @param samples S, at least 1
   * @param length L, at least 1
   */
  public static int[] random(int samples, int length, RandomGenerator random) {
    int[] indices = lowest(samples, length);
    int[] highest = highest(samples, length);
    for (int i = 0; i < samples; i++) {
      if (highest[i] > indices[i]) {
        indices[i] = random.nextInt(indices[i], highest[i] + 1);
      }
    }
    return indices;
  }

  /** The smallest index that {@link #random} can draw at each place. */
  public static int[] lowest(int samples, int length) {
    check(samples, length);
    int[] indices = new int[samples];
    for (int i = 0; i < samples; i++) {
      indices[i] = floor(i, samples, length);
    }
    return indices;
  }

  /** The largest index that {@link #random} can draw at each place. */
  public static int[] highest(int samples, int length) {
    check(samples, length);
    int[] indices = new int[samples];
    for (int i = 0; i < samples; i++) {
      boolean last = i == samples - 1;
      if (samples == length) {
        indices[i] = i;
      } else {
        indices[i] = last ? length - 1 : floor(i + 1, samples, length);
      }
    }
    return indices;
  }

  /** {@code floor(i * L / S)}: whole-number division gives what doubles give, and is exact. */
  private static int floor(int i, int samples, int length) {
    return (int) ((long) i * length / samples);
  }

  private static void check(int samples, int length) {
    if (samples < 1 || length < 1) {
      throw new IllegalArgumentException(
          "sampling: needs at least one snippet to take and one to take from: S "
              + samples
              + ", L "
              + length);
    }
  }
}
