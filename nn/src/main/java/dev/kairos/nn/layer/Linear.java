// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.layer;

import dev.kairos.nn.FileLayout;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.init.Initializer;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.TensorOps;
import org.jspecify.annotations.Nullable;

/**
 * {@code y = x W + b} on the last axis: {@code [.., in]} to {@code [.., out]}. Weights: {@code
 * weight [in, out]}, {@code bias [out]}.
 */
public final class Linear implements Layer {
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /** Weight and bias uniform in {@code +-1/sqrt(in)}. */
  public Linear(Parameters parameters, int in, int out, boolean bias) {
    this(parameters, in, out, Initializer.fanIn(in), bias ? Initializer.fanIn(in) : null);
  }

  /**
   * With chosen first values.
   *
   * @param bias null for a layer without bias
   */
  public Linear(
      Parameters parameters, int in, int out, Initializer weight, @Nullable Initializer bias) {
    this.weight = parameters.create("weight", Shape.of(in, out), weight, FileLayout.LINEAR);
    this.bias =
        bias == null ? null : parameters.create("bias", Shape.of(out), bias, FileLayout.SAME);
  }

  @Override
  public <T extends TensorOps<T>> T forward(Pass<T> pass, T x) {
    LastAxis.require("linear", x.shape(), weight.value().shape().size(0));
    T w = pass.of(weight);
    return bias == null ? x.matmul(w) : x.matmul(w, pass.of(bias));
  }
}
