// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/** The same elements in row order under another shape; a view where the rows have no gaps. */
record Reshape(Shape shape) implements Movement {
  @Override
  public String name() {
    return "reshape";
  }

  @Override
  public TensorSpec spec(List<TensorSpec> inputs) {
    TensorSpec x = inputs.get(0);
    Rules.equal(
        name(),
        "the number of elements must stay",
        () -> x.shape() + " to " + shape,
        x.shape().count(),
        shape.count());
    return new TensorSpec(shape, x.dtype());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0).contiguous();
    return x.reshaped(shape);
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return gradient.reshape(inputs.get(0).shape());
  }
}
