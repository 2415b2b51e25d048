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
 * Convolution over time: {@code [N,T,in]} to {@code [N,T',out]} with {@code T' = floor((T + 2
 * padding - kernel) / stride) + 1}. Weight and bias begin uniform in {@code +-1/sqrt(in * kernel)}.
 */
public final class Conv1d implements Layer {
  private final Parameter weight;
  private final @Nullable Parameter bias;
  private final int stride;
  private final int padding;

  /** A layer with the given kernel, stride and zero padding on either side. */
  public Conv1d(
      Parameters parameters, int in, int out, int kernel, int stride, int padding, boolean bias) {
    Initializer first = Initializer.fanIn(in * kernel);
    this.weight = parameters.create("weight", Shape.of(kernel, in, out), first, FileLayout.CONV1D);
    this.bias = bias ? parameters.create("bias", Shape.of(out), first, FileLayout.SAME) : null;
    this.stride = stride;
    this.padding = padding;
  }

  /** A layer that looks at one step at a time. */
  public static Conv1d pointwise(Parameters parameters, int in, int out, boolean bias) {
    return new Conv1d(parameters, in, out, 1, 1, 0, bias);
  }

  /**
   * A layer that keeps the length.
   *
   * @param kernel odd
   */
  public static Conv1d same(Parameters parameters, int in, int out, int kernel) {
    if (kernel % 2 != 1) {
      throw new IllegalArgumentException(
          "conv1d: only an odd kernel keeps the length, not " + kernel);
    }
    return new Conv1d(parameters, in, out, kernel, 1, kernel / 2, true);
  }

  @Override
  public <T extends TensorOps<T>> T forward(Pass<T> pass, T x) {
    T w = pass.of(weight);
    return bias == null
        ? x.conv1d(w, stride, padding, 1)
        : x.conv1d(w, pass.of(bias), stride, padding, 1);
  }
}
