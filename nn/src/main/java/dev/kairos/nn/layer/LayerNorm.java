// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.layer;

import dev.kairos.nn.FileLayout;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.init.Initializer;
import dev.kairos.tensor.DType;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.TensorOps;

/**
 * Layer normalisation of the last axis (Ba, Kiros, Hinton 2016), then weight and bias. Weights:
 * {@code weight [width]}, {@code bias [width]}.
 */
public final class LayerNorm implements Layer {
  private final Parameter weight;
  private final Parameter bias;
  private final double epsilon;

  /**
   * Weight ones, bias zeros.
   *
   * @param epsilon above 0, in the precision of the engine too: a row of equal numbers has a
   *     variance of 0
   */
  public LayerNorm(Parameters parameters, int width, double epsilon) {
    DType real = parameters.engine().real();
    double kept = real == DType.FLOAT64 ? epsilon : (float) epsilon;
    if (!(kept > 0 && kept < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "layer norm: epsilon must be above 0 and finite in " + real + ": " + epsilon);
    }
    this.weight =
        parameters.create("weight", Shape.of(width), Initializer.constant(1), FileLayout.SAME);
    this.bias = parameters.create("bias", Shape.of(width), Initializer.zeros(), FileLayout.SAME);
    this.epsilon = epsilon;
  }

  @Override
  public <T extends TensorOps<T>> T forward(Pass<T> pass, T x) {
    LastAxis.require("layer norm", x.shape(), weight.value().shape().size(0));
    return x.layerNorm(epsilon, pass.of(weight), pass.of(bias));
  }
}
