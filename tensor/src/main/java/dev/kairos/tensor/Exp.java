// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.MapFunction;
import java.util.List;

/** {@code e^x}. */
record Exp() implements Unary {
  @Override
  public String name() {
    return "exp";
  }

  @Override
  public MapFunction function() {
    return MapFunction.EXP;
  }

  @Override
  public boolean reads(int input, int operand) {
    return operand == RESULT;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return gradient.multiply(output);
  }
}
