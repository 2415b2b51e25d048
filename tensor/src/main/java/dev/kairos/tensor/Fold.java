// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/**
 * The transpose of {@link Unfold}: axes {@code [count, size]} become {@code [length]}, where each
 * window is added at {@code i * step}.
 */
record Fold(int axis, int step, int length) implements Movement {
  @Override
  public String name() {
    return "fold";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec x = inputs.get(0).spec();
    Rules.real(name(), x);
    int along = x.shape().axis(name(), axis);
    int count = x.shape().size(along);
    int size = x.shape().size(x.shape().axis(name(), along + 1));
    if (step < 1 || size < 1 || size > length || (length - size) / step + 1 != count) {
      throw new ShapeException(
          "fold: windows " + x.shape() + " every " + step + " do not come from length " + length);
    }
    return new TensorSpec(x.shape().remove(along + 1).with(along, length), x.dtype());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    int along = x.shape().axis(axis);
    Tensor out = x.engine().empty(result);
    out.fill(0);
    Tensor windows = out.unfold(along, x.shape().size(along + 1), step);
    x.engine().backend().accumulate(x.data(), windows.data());
    return out;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    int along = inputs.get(0).shape().axis(axis);
    return gradient.unfold(along, inputs.get(0).shape().size(along + 1), step);
  }
}
