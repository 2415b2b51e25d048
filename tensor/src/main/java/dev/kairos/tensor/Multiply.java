// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.ZipFunction;
import java.util.List;

/** {@code x * y}. */
record Multiply() implements Binary {
  @Override
  public String name() {
    return "multiply";
  }

  @Override
  public ZipFunction function() {
    return ZipFunction.MULTIPLY;
  }

  @Override
  public boolean reads(int input, int operand) {
    return operand == 1 - input;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return gradient.multiply(inputs.get(1 - input)).sumTo(inputs.get(input).shape());
  }
}
