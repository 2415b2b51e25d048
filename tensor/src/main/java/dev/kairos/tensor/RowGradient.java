// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.RowFunction;
import java.util.List;

/**
 * The gradient of a {@link Rowwise} with respect to its input: where the slope is taken and the
 * gradient of the result, of the same shape, give that of the input. Not differentiable in turn.
 */
record RowGradient(RowFunction function, double epsilon) implements Op {
  @Override
  public String name() {
    return "rowGradient";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec at = inputs.get(0).spec();
    TensorSpec gradient = inputs.get(1).spec();
    Rules.real(name(), at);
    Rules.real(name(), gradient);
    if (at.shape().rank() == 0 || !gradient.shape().equals(at.shape())) {
      throw new ShapeException(
          "rowGradient: rows " + at.shape() + " must be as many as in " + gradient.shape());
    }
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

  @Override
  public boolean differentiable() {
    return false;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return gradient.engine().zeros(gradient.shape());
  }
}
