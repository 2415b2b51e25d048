// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.MapFunction;
import java.util.List;

/** {@code x > 0 ? x : slope * x}; slope 0 is the plain rectifier. */
record LeakyRelu(double slope) implements Unary {
  @Override
  public String name() {
    return "leakyRelu";
  }

  @Override
  public MapFunction function() {
    return MapFunction.LEAKY_RELU;
  }

  @Override
  public double a() {
    return slope;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return Slope.of(MapFunction.STEP, slope, 1, inputs.get(0), gradient);
  }
}
