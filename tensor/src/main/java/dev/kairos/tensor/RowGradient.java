// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.RowFunction;
import java.util.List;

/** The gradient of a {@link Rowwise} with respect to its input. */
record RowGradient(RowFunction function, double epsilon) implements Pullback {
  @Override
  public String name() {
    return "rowGradient";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec at = Pullback.super.spec(inputs);
    Rules.rows(name(), at);
    return at;
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor at = inputs.get(0);
    Tensor out = at.engine().empty(result);
    at.engine()
        .backend()
        .rowsGradient(function, epsilon, at.data(), inputs.get(1).data(), out.data());
    return out;
  }
}
