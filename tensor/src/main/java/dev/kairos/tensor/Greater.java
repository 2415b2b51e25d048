// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.ZipFunction;
import java.util.List;

/** Whether {@code x>y}: 1 or 0. */
record Greater() implements Binary {
  @Override
  public String name() {
    return "greater";
  }

  @Override
  public ZipFunction function() {
    return ZipFunction.GREATER;
  }

  @Override
  public boolean differentiable() {
    return false;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return gradient.engine().zeros(inputs.get(input).shape());
  }
}
