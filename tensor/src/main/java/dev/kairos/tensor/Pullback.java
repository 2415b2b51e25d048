// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/**
 * The gradient of a function of one operand that keeps its shape, as an operation: where the slope
 * is taken (at the operand or at the result) and the gradient of the result, of the same shape,
 * give that of the operand. Not differentiable in turn.
 */
sealed interface Pullback extends Op permits RowGradient, Slope {
  @Override
  default TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec at = inputs.get(0).spec();
    TensorSpec gradient = inputs.get(1).spec();
    Rules.real(name(), at);
    Rules.real(name(), gradient);
    if (!gradient.shape().equals(at.shape())) {
      throw new ShapeException(
          name() + ": as many at " + at.shape() + " as gradients " + gradient.shape());
    }
    return at;
  }

  @Override
  default boolean differentiable() {
    return false;
  }

  @Override
  default Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return gradient.engine().zeros(gradient.shape());
  }
}
