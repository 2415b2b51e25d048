// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/**
 * Rows by position along an axis: x {@code [lead.., n, inner..]} and positions {@code [lead.., m]}
 * (lead may be 1 or missing, then they are shared) give {@code [lead.., m, inner..]}.
 */
record Gather(int axis) implements Selection {
  @Override
  public String name() {
    return "gather";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec x = inputs.get(0).spec();
    int m = Selection.checked(name(), x, inputs.get(1).spec(), axis);
    return new TensorSpec(x.shape().with(axis, m), x.dtype());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    Shape lead = x.shape().slice(0, x.shape().axis(axis));
    Tensor at = Selection.positions(inputs.get(1), lead);
    Tensor out = x.engine().empty(result);
    try {
      x.engine()
          .backend()
          .gather(Selection.around(x, axis).data(), at.data(), Selection.around(out, axis).data());
    } catch (IndexOutOfBoundsException e) {
      int n = x.shape().size(axis);
      throw Selection.outside(name(), inputs.get(1), n, x.shape(), axis, e);
    }
    return out;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return gradient.scatterAdd(axis, inputs.get(1), inputs.get(0).shape().size(axis));
  }
}
