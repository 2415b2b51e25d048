// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/**
 * Positions of the k largest along the last axis, largest first, the lower position among equals.
 */
record TopKIndices(int k) implements Selection {
  @Override
  public String name() {
    return "topKIndices";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec x = inputs.get(0).spec();
    Rules.real(name(), x);
    int n = x.shape().size(x.shape().axis(name(), -1));
    if (k < 1 || k > n) {
      throw new ShapeException(
          "topKIndices: k must be in [1, " + n + "] for " + x.shape() + ": " + k);
    }
    return new TensorSpec(x.shape().with(-1, k), DType.INT32);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    Tensor out = x.engine().empty(result);
    x.engine().backend().topK(x.data(), k, out.data());
    return out;
  }

  @Override
  public boolean differentiable() {
    return false;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    throw new UnsupportedOperationException("topKIndices: positions have no gradient");
  }
}
