// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.ZipFunction;
import java.util.List;

/** {@code x - y}. */
record Subtract() implements Binary {
  @Override
  public String name() {
    return "subtract";
  }

  @Override
  public ZipFunction function() {
    return ZipFunction.SUBTRACT;
  }

  @Override
  public boolean reads(int input, int operand) {
    return false;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return (input == 0 ? gradient : gradient.multiply(-1)).sumTo(inputs.get(input).shape());
  }
}
