// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import java.util.Arrays;

/** Sizes written {@code 4x320x512}, as parameters of benchmarks are text. */
final class Sizes {
  private Sizes() {}

  /**
   * Reads them.
   *
   * @param counts how many there may be
   * @throws IllegalArgumentException if they are not that many positive numbers
   */
  static int[] parse(String text, int... counts) {
    int[] sizes;
    try {
      sizes = Arrays.stream(text.split("x", -1)).mapToInt(Integer::parseInt).toArray();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("sizes must look like 4x320x512: " + text, e);
    }
    boolean positive = Arrays.stream(sizes).allMatch(size -> size > 0);
    if (!positive || Arrays.stream(counts).noneMatch(count -> count == sizes.length)) {
      throw new IllegalArgumentException(
          "sizes: " + text + " must be " + Arrays.toString(counts) + " positive numbers");
    }
    return sizes;
  }
}
