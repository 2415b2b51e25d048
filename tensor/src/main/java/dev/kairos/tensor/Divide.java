// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.ZipFunction;
import java.util.List;

/** {@code x / y}. */
record Divide() implements Binary {
  @Override
  public String name() {
    return "divide";
  }

  @Override
  public ZipFunction function() {
    return ZipFunction.DIVIDE;
  }

  @Override
  public boolean reads(int input, int operand) {
    return operand == 1 || (input == 1 && operand == RESULT);
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    Tensor part = gradient.divide(inputs.get(1));
    return (input == 0 ? part : part.multiply(output).multiply(-1))
        .sumTo(inputs.get(input).shape());
  }
}
