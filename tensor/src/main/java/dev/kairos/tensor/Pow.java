// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.MapFunction;
import java.util.List;

/** {@code x^exponent}. */
record Pow(double exponent) implements Unary {
  @Override
  public String name() {
    return "pow";
  }

  @Override
  public MapFunction function() {
    return MapFunction.POWER;
  }

  @Override
  public double a() {
    return exponent;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return gradient.multiply(inputs.get(0).pow(exponent - 1).multiply(exponent));
  }
}
