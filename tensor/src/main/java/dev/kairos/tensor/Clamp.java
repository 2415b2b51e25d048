// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.MapFunction;
import java.util.List;

/** Keeps x in [low, high]; the slope is 1 there, ends included, and 0 outside. */
record Clamp(double low, double high) implements Unary {
  @Override
  public String name() {
    return "clamp";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    Rules.interval(name(), low, high);
    return Unary.super.spec(inputs);
  }

  @Override
  public MapFunction function() {
    return MapFunction.CLAMP;
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
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return Slope.of(MapFunction.BETWEEN, low, high, inputs.get(0), gradient);
  }
}
