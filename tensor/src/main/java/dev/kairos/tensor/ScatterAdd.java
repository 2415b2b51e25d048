// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/**
 * The transpose of {@link Gather}: x {@code [lead.., m, inner..]} and positions {@code [lead.., m]}
 * give {@code [lead.., size, inner..]}, where rows with one position are added up.
 */
record ScatterAdd(int axis, int size) implements Selection {
  @Override
  public String name() {
    return "scatterAdd";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec x = inputs.get(0).spec();
    int m = Selection.checked(name(), x, inputs.get(1).spec(), axis);
    Rules.equal(
        name(),
        "there must be as many rows as positions",
        () -> "rows " + x.shape() + ", positions " + inputs.get(1).spec().shape(),
        x.shape().size(axis),
        m);
    if (size < 0) {
      throw new ShapeException(
          "scatterAdd: the size must not be negative: "
              + size
              + ", rows "
              + x.shape()
              + ", positions "
              + inputs.get(1).spec().shape());
    }
    return new TensorSpec(x.shape().with(axis, size), x.dtype());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    Shape lead = x.shape().slice(0, x.shape().axis(axis));
    Tensor at = Selection.positions(inputs.get(1), lead);
    Tensor out = x.engine().empty(result);
    out.fill(0);
    try {
      x.engine()
          .backend()
          .scatterAdd(
              Selection.around(x, axis).data(), at.data(), Selection.around(out, axis).data());
    } catch (IndexOutOfBoundsException e) {
      throw Selection.outside(name(), inputs.get(1), size, x.shape(), axis, e);
    }
    return out;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return gradient.gather(axis, inputs.get(1));
  }
}
