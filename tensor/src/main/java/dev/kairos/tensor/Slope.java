// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.MapFunction;
import java.util.List;

/**
 * The gradient of a {@link Unary} whose slope is a function of its input or of its result: that
 * operand and the gradient of the result, of the same shape, give that of the input. Not
 * differentiable in turn.
 *
 * @param function the slope
 */
record Slope(MapFunction function, double a, double b) implements Op {
  static Tensor of(MapFunction function, double a, double b, Tensor at, Tensor gradient) {
    return at.apply(new Slope(function, a, b), List.of(at, gradient));
  }

  @Override
  public String name() {
    return "slope";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec at = inputs.get(0).spec();
    TensorSpec gradient = inputs.get(1).spec();
    Rules.real(name(), at);
    Rules.real(name(), gradient);
    if (!gradient.shape().equals(at.shape())) {
      throw new ShapeException(
          "slope: as many at " + at.shape() + " as gradients " + gradient.shape());
    }
    return at;
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor at = inputs.get(0);
    Tensor out = at.engine().empty(result);
    at.engine().backend().mapMultiply(function, a, b, at.data(), inputs.get(1).data(), out.data());
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
