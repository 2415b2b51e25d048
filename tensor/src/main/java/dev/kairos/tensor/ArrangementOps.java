// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * The operations of {@link TensorOps} that arrange elements anew: shapes, axes, parts, padding and
 * windows.
 *
 * @param <T> the implementing type
 */
public sealed interface ArrangementOps<T extends TensorOps<T>> extends Operand<T>
    permits TensorOps {
  private T unary(Op op) {
    return apply(op, List.of(self()));
  }

  /** The same elements under another shape; one size may be -1 and follows from the others. */
  default T reshape(int... sizes) {
    return reshape(Reshape.filled(shape(), sizes));
  }

  /** The same elements under another shape. */
  default T reshape(Shape target) {
    return shape().equals(target) ? self() : unary(new Reshape(target));
  }

  /** The axes in another order: axis i of the result is axis {@code order[i]} of this. */
  default T permute(int... order) {
    return unary(new Permute(Axes.list(order)));
  }

  /** Two axes exchanged. */
  default T transpose(int first, int second) {
    int[] order = Axes.all(shape());
    int one = shape().axis("transpose", first);
    int other = shape().axis("transpose", second);
    order[one] = other;
    order[other] = one;
    return permute(order);
  }

  /** One axis moved to another place, the others keeping their order. */
  default T moveAxis(int from, int to) {
    int source = shape().axis("moveAxis", from);
    int target = shape().axis("moveAxis", to);
    if (source == target) {
      return self();
    }
    List<Integer> order = new ArrayList<>(Axes.list(Axes.all(shape())));
    order.remove(source);
    order.add(target, source);
    return unary(new Permute(List.copyOf(order)));
  }

  /** Repeated to a larger shape, as a view. */
  default T broadcastTo(Shape target) {
    return shape().equals(target) ? self() : unary(new BroadcastTo(target));
  }

  /**
   * The stretch {@code [start, start + length)} of an axis.
   *
   * @param start negative ones count from the end
   */
  default T narrow(int axis, int start, int length) {
    int size = shape().size(shape().axis("narrow", axis));
    if (start < -size) {
      throw new ShapeException(
          "narrow: start %d is outside [%d, %d], axis %d of %s"
              .formatted(start, -size, size, axis, shape()));
    }
    return unary(new Narrow(axis, start < 0 ? start + size : start, length));
  }

  /**
   * One position of an axis, which goes away.
   *
   * @param position negative ones count from the end
   */
  default T select(int axis, int position) {
    int along = shape().axis("select", axis);
    int front = Axes.front("select", shape(), axis, position);
    return narrow(along, front, 1).reshape(shape().remove(along));
  }

  /** An axis made longer with a constant on either side. */
  default T pad(int axis, int before, int after, double value) {
    shape().axis("pad", axis);
    return before == 0 && after == 0 ? self() : unary(new Pad(axis, before, after, value));
  }

  /** Joined with others along an axis, this first. */
  default T concat(int axis, List<T> others) {
    List<T> all = new ArrayList<>(others.size() + 1);
    all.add(self());
    all.addAll(others);
    return apply(new Concat(axis), List.copyOf(all));
  }

  /**
   * Joined with others of the same shape along a new axis, this first.
   *
   * @param axis where the new one stands in the result; negative ones count from its end
   */
  default T stack(int axis, List<T> others) {
    int along = Axes.inserted("stack", shape(), axis);
    Shape row = shape().insert(along, 1);
    Rules.fits("stack", () -> "each " + shape(), row, along, others.size() + 1L);
    List<T> rows = new ArrayList<>(others.size());
    for (T each : others) {
      Rules.alike("stack", this, each);
      rows.add(each.reshape(row));
    }
    return reshape(row).concat(along, rows);
  }

  /**
   * Windows along an axis: {@code [n]} becomes {@code [count, size]} in its place, as a view.
   * PyTorch's {@code Tensor.unfold} puts {@code size} last instead, which is {@code moveAxis(axis +
   * 1, -1)} of this; its {@code nn.Unfold} cuts images into columns.
   */
  default T unfold(int axis, int size, int step) {
    return unary(new Unfold(axis, size, step));
  }

  /** The transpose of {@link #unfold}: windows added up on an axis of a length. */
  default T fold(int axis, int step, int length) {
    return unary(new Fold(axis, step, length));
  }

  /** The same elements in rows without gaps. */
  default T contiguous() {
    return unary(new Contiguous());
  }
}
