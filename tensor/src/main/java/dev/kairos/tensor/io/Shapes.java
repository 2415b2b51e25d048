// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lengths of axes as files give them, before anybody trusts them. */
final class Shapes {
  /** More axes than any program writes. */
  static final int MAX_RANK = 64;

  /** What a Java array can surely hold. */
  static final int MAX_SIZE = Integer.MAX_VALUE - 8;

  private Shapes() {}

  /**
   * The product of the lengths, 1 without axes.
   *
   * @throws IllegalArgumentException for a negative length, too many axes, or more than {@link
   *     #MAX_SIZE} elements
   */
  static int size(int... shape) {
    long[] lengths = Arrays.stream(shape).asLongStream().toArray();
    return Math.toIntExact(size(lengths));
  }

  /** The same for lengths that may not even fit an int. */
  static long size(long... shape) {
    if (shape.length > MAX_RANK) {
      throw new IllegalArgumentException(
          "shape has " + shape.length + " axes, expected at most " + MAX_RANK);
    }
    boolean empty = false;
    for (long length : shape) {
      if (length < 0 || length > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "shape "
                + Arrays.toString(shape)
                + " has the length "
                + length
                + ", expected 0 to "
                + Integer.MAX_VALUE);
      }
      empty |= length == 0;
    }
    long size = empty ? 0 : 1;
    for (long length : shape) {
      size *= length; // at most 2^31 * 2^31
      if (size > MAX_SIZE) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(shape) + " has more than " + MAX_SIZE + " elements");
      }
    }
    return size;
  }

  static int[] toArray(List<Integer> shape) {
    return shape.stream().mapToInt(Integer::intValue).toArray();
  }

  static List<Integer> toList(int... shape) {
    List<Integer> list = new ArrayList<>(shape.length);
    for (int length : shape) {
      list.add(length);
    }
    return list;
  }
}
