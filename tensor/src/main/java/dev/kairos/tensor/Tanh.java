// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.MapFunction;
import java.util.List;

/** Hyperbolic tangent. */
record Tanh() implements Unary {
  @Override
  public String name() {
    return "tanh";
  }

  @Override
  public MapFunction function() {
    return MapFunction.TANH;
  }

  @Override
  public boolean reads(int input, int operand) {
    return operand == RESULT;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return Slope.of(MapFunction.TANH_SLOPE, 0, 0, output, gradient);
  }
}
