// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/**
 * Linear interpolation along an axis to another number of rows, with half-pixel centres: row i of
 * {@code T'} reads at {@code (i + 0.5) T / T' - 0.5}, clamped to the first and last row.
 */
record Resample(int axis, int length) implements Selection {
  @Override
  public String name() {
    return "resample";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec x = inputs.get(0).spec();
    Rules.real(name(), x);
    int along = x.shape().axis(name(), axis);
    if (x.shape().size(along) < 1 || length < 1) {
      throw new ShapeException(
          "resample: needs at least one row: " + x.shape() + " to " + length + " rows");
    }
    return new TensorSpec(x.shape().with(along, length), x.dtype());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    Tensor out = x.engine().empty(result);
    x.engine()
        .backend()
        .resample(Selection.around(x, axis).data(), Selection.around(out, axis).data());
    return out;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    int rows = inputs.get(0).shape().size(axis);
    return gradient.apply(new ResampleTranspose(axis, rows), List.of(gradient));
  }
}
