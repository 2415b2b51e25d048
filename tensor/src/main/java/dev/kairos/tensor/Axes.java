// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.Arrays;
import java.util.List;

/** Numbers of axes, as operations hold them. */
final class Axes {
  private Axes() {}

  /** The numbers as a list. */
  static List<Integer> list(int... axes) {
    return Arrays.stream(axes).boxed().toList();
  }

  /** All axes of a shape, in order. */
  static int[] all(Shape shape) {
    int[] axes = new int[shape.rank()];
    Arrays.setAll(axes, i -> i);
    return axes;
  }
}
