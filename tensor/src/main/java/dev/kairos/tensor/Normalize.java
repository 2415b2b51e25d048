// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/**
 * {@code (x - mean) / sqrt(variance + epsilon)} along the last axis, with the population variance:
 * layer normalisation without its weight and bias.
 */
record Normalize(double epsilon) implements Rowwise {
  @Override
  public String name() {
    return "normalize";
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    Tensor out = x.engine().empty(result);
    x.engine().backend().normalize(x.data(), epsilon, out.data());
    return out;
  }

  /** {@code (g - mean(g) - y mean(g y)) / sqrt(variance + epsilon)}. */
  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    Tensor x = inputs.get(0);
    Tensor centred = x.subtract(x.mean(true, -1));
    Tensor deviation = centred.square().mean(true, -1).add(epsilon).sqrt();
    Tensor alongOutput = output.multiply(gradient.multiply(output).mean(true, -1));
    return gradient.subtract(gradient.mean(true, -1)).subtract(alongOutput).divide(deviation);
  }
}
