// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/**
 * Positions along the last axis in the order of the elements, the lower position among equals; NaN
 * counts as largest.
 */
record SortIndices(boolean descending) implements Selection {
  @Override
  public String name() {
    return "sortIndices";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec x = inputs.get(0).spec();
    Rules.real(name(), x);
    Rules.rows(name(), x);
    return new TensorSpec(x.shape(), DType.INT32);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    Tensor out = x.engine().empty(result);
    x.engine().backend().sortIndices(x.data(), descending, out.data());
    return out;
  }

  @Override
  public boolean differentiable() {
    return false;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    throw new UnsupportedOperationException("sortIndices: positions have no gradient");
  }
}
