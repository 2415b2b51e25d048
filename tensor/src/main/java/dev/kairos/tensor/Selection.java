// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.Arrays;
import java.util.function.Supplier;

/** Rows picked, placed or blended along one axis. */
sealed interface Selection extends Op
    permits Gather, Resample, ResampleTranspose, ScatterAdd, SortIndices, TopKIndices {

  /** The positions alone. */
  @Override
  default boolean reads(int input, int operand) {
    return operand == 1;
  }

  /** A tensor as {@code [outer, n, inner]} around an axis, in rows without gaps. */
  static Tensor around(Tensor x, int axis) {
    int along = x.shape().axis(axis);
    int outer = x.shape().slice(0, along).count();
    int inner = x.shape().slice(along + 1, x.shape().rank()).count();
    return x.reshape(outer, x.shape().size(along), inner);
  }

  /** Positions as {@code [outer, m]}, repeated where they are shared. */
  static Tensor positions(Tensor indices, Shape lead) {
    int m = indices.shape().size(-1);
    return indices.broadcastTo(lead.then(Shape.of(m))).reshape(lead.count(), m);
  }

  /**
   * Checks positions {@code [lead.., m]}, where lead are the axes before the one selected from (or
   * broadcast to them).
   *
   * @return m
   */
  static int checked(String name, TensorSpec x, TensorSpec indices, int axis) {
    Rules.real(name, x);
    Rules.indices(name, indices);
    Supplier<String> where = () -> "positions " + indices.shape() + ", rows " + x.shape();
    if (axis < -x.shape().rank() || axis >= x.shape().rank()) {
      throw new ShapeException(
          name + ": axis " + axis + " is not an axis of the rows: " + where.get());
    }
    int along = x.shape().axis(axis);
    Shape lead = x.shape().slice(0, along);
    int shared = indices.shape().rank() - 1;
    boolean fits = shared >= 0 && shared <= along;
    for (int i = 1; fits && i <= shared; i++) {
      int size = indices.shape().size(shared - i);
      fits = size == 1 || size == lead.size(-i);
    }
    if (!fits) {
      throw new ShapeException(
          name
              + ": positions must be "
              + lead
              + " (or 1, or fewer axes) followed by their number, for axis "
              + axis
              + ": "
              + where.get());
    }
    return indices.shape().size(-1);
  }

  /**
   * What to throw for a position outside its axis, which a backend found: the operation, the value
   * and its place among the positions, and both shapes.
   *
   * @param n positions are in [0, n)
   */
  static IndexOutOfBoundsException outside(
      String name, Tensor indices, int n, Shape rows, int axis, IndexOutOfBoundsException found) {
    int[] values = indices.toInts();
    int at = 0;
    while (at < values.length && values[at] >= 0 && values[at] < n) {
      at++;
    }
    if (at == values.length) {
      return found;
    }
    int[] place = new int[indices.shape().rank()];
    int rest = at;
    for (int i = place.length - 1; i >= 0; i--) {
      place[i] = rest % indices.shape().size(i);
      rest /= indices.shape().size(i);
    }
    return new IndexOutOfBoundsException(
        "%s: position %d at %s is outside [0, %d), axis %d: positions %s, rows %s"
            .formatted(name, values[at], Arrays.toString(place), n, axis, indices.shape(), rows));
  }
}
