// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.ZipFunction;
import java.util.List;

/** {@code x + y}. */
record Add() implements Binary {
  @Override
  public String name() {
    return "add";
  }

  @Override
  public ZipFunction function() {
    return ZipFunction.ADD;
  }

  @Override
  public boolean reads(int input, int operand) {
    return false;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return gradient.sumTo(inputs.get(input).shape());
  }
}
