// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import java.nio.charset.StandardCharsets;

/**
 * Vectors of class names without any knowledge of language: each word has a code of random signs,
 * drawn from a hash of its letters, and a name is the direction of the sum of its words' codes. So
 * names that share a word are alike, and others are nearly orthogonal.
 *
 * <p>The hash is FNV-1a of 64 bits over UTF-8; signs are the top bits of SplitMix64 (Steele, Lea,
 * Flood 2014) begun with it.
 */
final class WordCodes {
  /** Elements of a vector where nothing else is asked for. */
  static final int WIDTH = 512;

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private WordCodes() {}

  /**
   * The vector of a name.
   *
   * @param words as {@link ClassWords} gives them, at least one; one that comes twice counts twice
   * @param width E
   * @return {@code [E]}, of length 1
   */
  static double[] vector(String words, int width) {
    double[] sum = new double[width];
    for (String word : words.split(" ", -1)) {
      long state = hash(word);
      for (int i = 0; i < width; i++) {
        state += GOLDEN_GAMMA;
        sum[i] += mix(state) >= 0 ? 1 : -1;
      }
    }
    return UnitVectors.unit(sum);
  }

  /** FNV-1a of the word's bytes in UTF-8. */
  static long hash(String word) {
    long hash = FNV_OFFSET;
    for (byte each : word.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * FNV_PRIME;
    }
    return hash;
  }

  private static long mix(long state) {
    long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
