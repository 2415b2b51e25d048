// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.ReduceFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sum over some axes.
 *
 * @param axes any axes, each once; negative ones count from the end
 * @param keepDims whether the reduced axes stay with size 1
 */
record Sum(List<Integer> axes, boolean keepDims) implements Reduction {
  /**
   * The sum over the axes along which a shape was repeated to another.
   *
   * @throws ShapeException if it does not repeat to the other
   */
  static Sum undoing(Shape from, Shape to) {
    if (!Shape.broadcast("sumTo", from, to).equals(to)) {
      throw new ShapeException("sumTo: " + from + " does not repeat to " + to);
    }
    int missing = to.rank() - from.rank();
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < to.rank(); i++) {
      if (i < missing || (from.size(i - missing) == 1 && to.size(i) != 1)) {
        axes.add(i);
      }
    }
    return new Sum(List.copyOf(axes), false);
  }

  @Override
  public String name() {
    return "sum";
  }

  @Override
  public ReduceFunction function() {
    return ReduceFunction.SUM;
  }

  @Override
  public int[] reduced(Shape shape) {
    return reduced(name(), shape);
  }

  /** The axes that are reduced, for an operation of that name. */
  int[] reduced(String name, Shape shape) {
    int[] sorted = new int[axes.size()];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = shape.axis(name, axes.get(i));
    }
    Arrays.sort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        throw new ShapeException(name + ": an axis is named twice: " + axes + " of " + shape);
      }
    }
    return sorted;
  }

  @Override
  public boolean reads(int input, int operand) {
    return false;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    Shape shape = inputs.get(0).shape();
    int[] kept = shape.sizes();
    for (int axis : reduced(shape)) {
      kept[axis] = 1;
    }
    return gradient.reshape(Shape.checked(kept)).broadcastTo(shape);
  }
}
