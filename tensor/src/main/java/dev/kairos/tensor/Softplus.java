// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.MapFunction;
import java.util.List;

/** {@code log(1 + e^x)}. */
record Softplus() implements Unary {
  @Override
  public String name() {
    return "softplus";
  }

  @Override
  public MapFunction function() {
    return MapFunction.SOFTPLUS;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return Slope.of(MapFunction.SIGMOID, 0, 0, inputs.get(0), gradient);
  }
}
