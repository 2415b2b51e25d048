// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.ReduceFunction;
import java.util.Arrays;
import java.util.List;

/**
 * The sum over some axes.
 *
 * @param axes any axes, each once; negative ones count from the end
 * @param keepDims whether the reduced axes stay with size 1
 */
record Sum(List<Integer> axes, boolean keepDims) implements Reduction {
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
    int[] sorted = new int[axes.size()];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = shape.axis(name(), axes.get(i));
    }
    Arrays.sort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        throw new ShapeException("sum: an axis is named twice: " + axes + " of " + shape);
      }
    }
    return sorted;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    Shape shape = inputs.get(0).shape();
    Shape kept = shape;
    for (int axis : reduced(shape)) {
      kept = kept.with(axis, 1);
    }
    return gradient.reshape(kept).broadcastTo(shape);
  }
}
