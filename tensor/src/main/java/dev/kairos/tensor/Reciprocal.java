// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.MapFunction;
import java.util.List;

/** {@code 1 / x}. */
record Reciprocal() implements Unary {
  @Override
  public String name() {
    return "reciprocal";
  }

  @Override
  public MapFunction function() {
    return MapFunction.RECIPROCAL;
  }

  @Override
  public boolean reads(int input, int operand) {
    return operand == RESULT;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return gradient.multiply(output).multiply(output).multiply(-1);
  }
}
