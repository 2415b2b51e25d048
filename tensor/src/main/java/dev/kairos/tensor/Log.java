// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.MapFunction;
import java.util.List;

/** Natural logarithm. */
record Log() implements Unary {
  @Override
  public String name() {
    return "log";
  }

  @Override
  public MapFunction function() {
    return MapFunction.LOG;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return gradient.divide(inputs.get(0));
  }
}
