// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/** The transpose of {@link Resample}: each row is shared out to the rows it was blended from. */
record ResampleTranspose(int axis, int length) implements Selection {
  @Override
  public String name() {
    return "resampleTranspose";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec x = inputs.get(0).spec();
    Rules.real(name(), x);
    int along = x.shape().axis(name(), axis);
    if (x.shape().size(along) < 1 || length < 1) {
      throw new ShapeException(
          "resampleTranspose: needs at least one row: " + x.shape() + " to " + length + " rows");
    }
    return new TensorSpec(x.shape().with(along, length), x.dtype());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    Tensor out = x.engine().empty(result);
    out.fill(0);
    x.engine()
        .backend()
        .resampleTranspose(Selection.around(x, axis).data(), Selection.around(out, axis).data());
    return out;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return gradient.resample(axis, inputs.get(0).shape().size(axis));
  }
}
