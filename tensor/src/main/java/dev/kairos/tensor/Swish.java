// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.MapFunction;
import java.util.List;

/** {@code x / (1 + e^(-a x))}; with a = 1.702 close to the Gaussian error linear unit. */
record Swish(double a) implements Unary {
  @Override
  public String name() {
    return "swish";
  }

  @Override
  public MapFunction function() {
    return MapFunction.SWISH;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return Slope.of(MapFunction.SWISH_SLOPE, a, 0, inputs.get(0), gradient);
  }
}
