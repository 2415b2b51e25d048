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
    if (exponent == 0) {
      // Constant, but 0 * x^-1 is not a number at 0.
      return gradient.engine().zeros(gradient.shape());
    }
    return gradient.multiply(inputs.get(0).pow(exponent - 1).multiply(exponent));
  }
}
