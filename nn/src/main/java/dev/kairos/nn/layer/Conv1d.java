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
 * padding - kernel) / stride) + 1}. Weights: {@code weight [kernel, in, out]}, {@code bias [out]},
 * which begin uniform in {@code +-1/sqrt(in * kernel)}.
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

  /**
   * The layer on M rescaled copies of one input, as one batch: what {@link #forward} gives for
   * {@code x * factors[m]}, m slowest. A factor scales a whole step, so {@code W (f x) = f (W x)}:
   * the products with the weight, nearly all the work, are done once for all copies, and once in
   * the gradient.
   *
   * @param taps what {@link #taps} gives for the input
   * @param factors of the steps, {@code [M,N,T]}
   * @return {@code [M*N,T',out]}
   */
  public <T extends TensorOps<T>> T weighed(Pass<T> pass, T taps, T factors) {
    T all =
        bias == null
            ? taps.tapSum(factors, stride, padding, 1)
            : taps.tapSum(factors, pass.of(bias), stride, padding, 1); // [M,N,T',out]
    Shape out = all.shape();
    return all.reshape(out.size(0) * out.size(1), out.size(2), out.size(3));
  }

  /**
   * The products of each step with the weight of each tap, which {@link #weighed} adds up.
   *
   * @param x {@code [N,T,in]}
   * @return {@code [kernel,N,T,out]}, linear in x
   */
  public <T extends TensorOps<T>> T taps(Pass<T> pass, T x) {
    T w = pass.of(weight); // [K,in,out]
    Shape in = x.shape();
    return x.reshape(1, in.size(0) * in.size(1), in.size(2))
        .matmul(w) // [K,N*T,out]
        .reshape(w.shape().size(0), in.size(0), in.size(1), w.shape().size(2));
  }
}
