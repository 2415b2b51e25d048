// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.MapFunction;
import java.util.List;

/** Whether {@code low <= x <= high}: 1 or 0. */
record Between(double low, double high) implements Unary {
  @Override
  public String name() {
    return "between";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    Rules.interval(name(), low, high);
    return Unary.super.spec(inputs);
  }

  @Override
  public MapFunction function() {
    return MapFunction.BETWEEN;
  }

  @Override
  public double a() {
    return low;
  }

  @Override
  public double b() {
    return high;
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
