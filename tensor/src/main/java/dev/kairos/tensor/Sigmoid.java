// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.MapFunction;
import java.util.List;

/** {@code 1 / (1 + e^-x)}. */
record Sigmoid() implements Unary {
  @Override
  public String name() {
    return "sigmoid";
  }

  @Override
  public MapFunction function() {
    return MapFunction.SIGMOID;
  }

  @Override
  public boolean reads(int input, int operand) {
    return operand == RESULT;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return Slope.of(MapFunction.SIGMOID_SLOPE, 0, 0, output, gradient);
  }
}
