// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/** The same elements in rows without gaps: a copy, unless they already are. */
record Contiguous() implements Movement {
  @Override
  public String name() {
    return "contiguous";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    return inputs.get(0).spec();
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    if (x.data().isContiguous()) {
      return x;
    }
    Tensor out = x.engine().empty(result);
    x.engine().backend().copy(x.data(), out.data());
    return out;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return gradient;
  }
}
