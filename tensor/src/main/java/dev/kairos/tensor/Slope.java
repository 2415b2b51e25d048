// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.MapFunction;
import java.util.List;

/**
 * The gradient of a {@link Unary} whose slope is a function of its input or of its result.
 *
 * @param function the slope
 */
record Slope(MapFunction function, double a, double b) implements Pullback {
  static Tensor of(MapFunction function, double a, double b, Tensor at, Tensor gradient) {
    return at.apply(new Slope(function, a, b), List.of(at, gradient));
  }

  @Override
  public String name() {
    return "slope";
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor at = inputs.get(0);
    Tensor out = at.engine().empty(result);
    at.engine().backend().mapMultiply(function, a, b, at.data(), inputs.get(1).data(), out.data());
    return out;
  }
}
