// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.MapFunction;
import java.util.List;

/** Square root. */
record Sqrt() implements Unary {
  @Override
  public String name() {
    return "sqrt";
  }

  @Override
  public MapFunction function() {
    return MapFunction.SQRT;
  }

  @Override
  public boolean reads(int input, int operand) {
    return operand == RESULT;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return gradient.divide(output).multiply(0.5);
  }
}
