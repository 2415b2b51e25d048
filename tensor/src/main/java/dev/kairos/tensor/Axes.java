// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.Arrays;
import java.util.List;

/** Numbers of axes and of positions along them, as operations hold them. */
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

  /** The place of a new axis, counted from the front. */
  static int inserted(String name, Shape shape, int axis) {
    int rank = shape.rank() + 1;
    int front = axis < 0 ? axis + rank : axis;
    if (front < 0 || front >= rank) {
      throw new ShapeException(
          "%s: a new axis of %s stands in [-%d, %d), not at %d"
              .formatted(name, shape, rank, rank, axis));
    }
    return front;
  }

  /** A position along an axis, counted from the front. */
  static int front(String name, Shape shape, int axis, int position) {
    int size = shape.size(axis);
    int front = position < 0 ? position + size : position;
    if (front < 0 || front >= size) {
      throw new ShapeException(
          "%s: position %d is outside [%d, %d), axis %d of %s"
              .formatted(name, position, -size, size, axis, shape));
    }
    return front;
  }
}
