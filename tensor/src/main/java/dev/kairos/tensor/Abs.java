// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.MapFunction;
import java.util.List;

/** Absolute value; its slope at 0 is 0. */
record Abs() implements Unary {
  @Override
  public String name() {
    return "abs";
  }

  @Override
  public MapFunction function() {
    return MapFunction.ABS;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return Slope.of(MapFunction.SIGN, 0, 0, inputs.get(0), gradient);
  }
}
