// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.MapFunction;
import java.util.List;

/** The sign: -1, 0 or 1. */
record Sign() implements Unary {
  @Override
  public String name() {
    return "sign";
  }

  @Override
  public MapFunction function() {
    return MapFunction.SIGN;
  }

  @Override
  public boolean differentiable() {
    return false;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return gradient.engine().zeros(gradient.shape());
  }
}
