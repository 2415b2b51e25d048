// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/**
 * Axes of size 1, and missing leading axes, repeated to a larger shape: a view with strides of 0.
 */
record BroadcastTo(Shape shape) implements Movement {
  @Override
  public String name() {
    return "broadcastTo";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec x = inputs.get(0).spec();
    if (!Shape.broadcast(name(), x.shape(), shape).equals(shape)) {
      throw new ShapeException("broadcastTo: " + x.shape() + " does not repeat to " + shape);
    }
    return new TensorSpec(shape, x.dtype());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    if (x.shape().equals(shape)) {
      return x;
    }
    int[] strides = new int[shape.rank()];
    int missing = shape.rank() - x.shape().rank();
    for (int i = missing; i < strides.length; i++) {
      strides[i] = x.shape().size(i - missing) == 1 ? 0 : x.data().stride(i - missing);
    }
    return x.view(shape, x.data().offset(), strides);
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return gradient.sumTo(inputs.get(0).shape());
  }
}
