// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/** One axis made longer with a constant on either side. */
record Pad(int axis, int before, int after, double value) implements Movement {
  @Override
  public String name() {
    return "pad";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec x = inputs.get(0).spec();
    Rules.real(name(), x);
    int along = x.shape().axis(name(), axis);
    int size = x.shape().size(along);
    if (before < 0 || after < 0 || before > Integer.MAX_VALUE - size - after) {
      throw new ShapeException(
          "pad: must not be negative nor too much: "
              + before
              + " and "
              + after
              + " around axis "
              + axis
              + " of "
              + x.shape());
    }
    return new TensorSpec(x.shape().with(along, before + size + after), x.dtype());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    Tensor out = x.engine().empty(result);
    int size = x.shape().size(axis);
    out.narrow(axis, 0, before).fill(value);
    out.narrow(axis, before, size).assign(x);
    out.narrow(axis, before + size, after).fill(value);
    return out;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return gradient.narrow(axis, before, inputs.get(0).shape().size(axis));
  }
}
