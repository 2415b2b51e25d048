// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.ReduceFunction;
import java.util.List;

/**
 * The smallest along one axis. The gradient goes to it alone, to the first among equals.
 *
 * @param axis the axis; negative ones count from the end
 * @param keepDims whether the axis stays with size 1
 */
record Min(int axis, boolean keepDims) implements Reduction {
  @Override
  public String name() {
    return "min";
  }

  @Override
  public ReduceFunction function() {
    return ReduceFunction.MIN;
  }

  @Override
  public int[] reduced(Shape shape) {
    int along = shape.axis(name(), axis);
    if (shape.size(along) == 0) {
      throw new ShapeException(
          name() + ": needs at least one element along axis " + axis + " of " + shape);
    }
    return new int[] {along};
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    Tensor x = inputs.get(0);
    int last = x.shape().rank() - 1;
    int along = x.shape().axis(axis);
    Tensor at = x.multiply(-1).moveAxis(along, last).topKIndices(1);
    Tensor column = gradient.reshape(x.shape().with(along, 1)).moveAxis(along, last);
    return column.scatterAdd(last, at, x.shape().size(along)).moveAxis(last, along);
  }
}
