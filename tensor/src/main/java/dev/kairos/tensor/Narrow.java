// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/** The stretch {@code [start, start + length)} of one axis, as a view. */
record Narrow(int axis, int start, int length) implements Movement {
  @Override
  public String name() {
    return "narrow";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec x = inputs.get(0).spec();
    int size = x.shape().size(x.shape().axis(name(), axis));
    if (start < 0 || length < 0 || start > size - length) {
      throw new ShapeException(
          "narrow: ["
              + start
              + ", "
              + ((long) start + length)
              + ") is outside axis "
              + axis
              + " of "
              + x.shape());
    }
    return new TensorSpec(x.shape().with(axis, length), x.dtype());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    int along = x.shape().axis(axis);
    return x.view(result.shape(), x.data().offset() + start * x.data().stride(along), x.strides());
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    int after = inputs.get(0).shape().size(axis) - start - length;
    return gradient.pad(axis, start, after, 0);
  }

  @Override
  public void addVjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient, Tensor sum) {
    sum.narrow(axis, start, length).addInPlace(gradient);
  }
}
