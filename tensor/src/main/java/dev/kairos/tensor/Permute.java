// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/**
 * The axes in another order, as a view: axis i of the result is axis {@code order[i]} of the input.
 */
record Permute(List<Integer> order) implements Movement {
  @Override
  public String name() {
    return "permute";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec x = inputs.get(0).spec();
    int rank = x.shape().rank();
    boolean[] seen = new boolean[rank];
    int[] sizes = new int[rank];
    if (order.size() != rank) {
      throw new ShapeException("permute: " + order + " must name every axis of " + x.shape());
    }
    for (int i = 0; i < rank; i++) {
      int axis = x.shape().axis(name(), order.get(i));
      if (seen[axis]) {
        throw new ShapeException("permute: " + order + " names an axis of " + x.shape() + " twice");
      }
      seen[axis] = true;
      sizes[i] = x.shape().size(axis);
    }
    return new TensorSpec(Shape.of(sizes), x.dtype());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    int[] strides = new int[order.size()];
    for (int i = 0; i < strides.length; i++) {
      strides[i] = x.data().stride(x.shape().axis(order.get(i)));
    }
    return x.view(result.shape(), x.data().offset(), strides);
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    int[] inverse = new int[order.size()];
    for (int i = 0; i < inverse.length; i++) {
      inverse[output.shape().axis(order.get(i))] = i;
    }
    return gradient.permute(inverse);
  }
}
