// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.MapFunction;
import java.util.List;

/** {@code x > 0 ? above : below}. */
record Step(double below, double above) implements Unary {
  @Override
  public String name() {
    return "step";
  }

  @Override
  public MapFunction function() {
    return MapFunction.STEP;
  }

  @Override
  public double a() {
    return below;
  }

  @Override
  public double b() {
    return above;
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
