// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/**
 * Windows along one axis, as an overlapping view: axis {@code [n]} becomes {@code [count, size]}
 * with {@code count = floor((n - size) / step) + 1}, and window i starts at {@code i * step}.
 */
record Unfold(int axis, int size, int step) implements Movement {
  @Override
  public String name() {
    return "unfold";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec x = inputs.get(0).spec();
    int along = x.shape().axis(name(), axis);
    int n = x.shape().size(along);
    if (size < 1 || step < 1 || size > n) {
      throw new ShapeException(
          "unfold: windows of "
              + size
              + " every "
              + step
              + " do not fit axis "
              + axis
              + " of "
              + x.shape());
    }
    Shape windows = x.shape().with(along, (n - size) / step + 1).insert(along + 1, size);
    return new TensorSpec(windows, x.dtype());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    int along = x.shape().axis(axis);
    int[] strides = new int[result.shape().rank()];
    for (int i = 0; i < strides.length; i++) {
      strides[i] = x.data().stride(i <= along ? i : i - 1);
    }
    strides[along] *= step;
    return x.view(result.shape(), x.data().offset(), strides);
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    int along = inputs.get(0).shape().axis(axis);
    return gradient.fold(along, step, inputs.get(0).shape().size(along));
  }
}
