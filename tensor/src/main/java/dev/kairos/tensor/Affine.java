// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.MapFunction;
import java.util.List;

/** {@code scale * x + shift}. */
record Affine(double scale, double shift) implements Unary {
  @Override
  public String name() {
    return "affine";
  }

  @Override
  public MapFunction function() {
    return MapFunction.AFFINE;
  }

  @Override
  public double a() {
    return scale;
  }

  @Override
  public double b() {
    return shift;
  }

  @Override
  public boolean reads(int input, int operand) {
    return false;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return gradient.multiply(scale);
  }
}
