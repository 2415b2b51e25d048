// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * The products of {@link TensorOps}: matrices, convolutions and small linear systems.
 *
 * @param <T> the implementing type
 */
public sealed interface ProductOps<T extends TensorOps<T>> extends Operand<T> permits TensorOps {
  private T binary(Op op, T other) {
    return apply(op, List.of(self(), other));
  }

  /** Matrix product {@code [..,M,K] x [..,K,N]}; leading axes broadcast. */
  default T matmul(T other) {
    return product(List.of(other));
  }

  /** Matrix product plus what broadcasts to it, such as a bias {@code [N]}. */
  default T matmul(T other, T addend) {
    return product(List.of(other, addend));
  }

  /** With one matrix for a whole batch, the batch is more rows, and its gradient one product. */
  private T product(List<T> others) {
    int rank = shape().rank();
    Shape right = others.get(0).shape();
    boolean flat =
        rank > 2
            && right.rank() == 2
            && right.size(0) == shape().size(-1)
            && dtype().isReal()
            && (others.size() == 1 || others.get(1).shape().equals(right.slice(1, 2)));
    List<T> all = new ArrayList<>(others);
    if (!flat) {
      all.add(0, self());
      return apply(new Matmul(), List.copyOf(all));
    }
    Shape rows = shape().slice(0, rank - 1);
    all.add(0, self().reshape(rows.count(), shape().size(-1)));
    return apply(new Matmul(), List.copyOf(all)).reshape(rows.then(Shape.of(right.size(1))));
  }

  /**
   * Convolution over time, time before channels: {@code [N,T,C]} with weight {@code [K,C,O]} gives
   * {@code [N,T',O]}. PyTorch has {@code [N,C,T]}, {@code [O,C,K]} and {@code [N,O,T']}: {@code
   * transpose(1, 2)} of its tensors, and {@code permute(2, 1, 0)} of its weights, are ours.
   */
  default T conv1d(T weight, int stride, int padding, int dilation) {
    return binary(new Conv1d(stride, padding, dilation), weight);
  }

  /** Convolution over time with a bias {@code [O]}. */
  default T conv1d(T weight, T bias, int stride, int padding, int dilation) {
    return apply(new Conv1d(stride, padding, dilation), List.of(self(), weight, bias));
  }

  /**
   * Convolution over time of M rescaled copies of one input, from what each tap gives: this is
   * {@code [K,N,T,O]}, the input times the weight of each tap.
   *
   * @param factors of the steps, {@code [M,N,T]}
   * @return {@code [M,N,T',O]}, for each m the convolution of the input times {@code factors[m]}
   */
  default T tapSum(T factors, int stride, int padding, int dilation) {
    return binary(new TapSum(stride, padding, dilation), factors);
  }

  /** The same with a bias {@code [O]}. */
  default T tapSum(T factors, T bias, int stride, int padding, int dilation) {
    return apply(new TapSum(stride, padding, dilation), List.of(self(), factors, bias));
  }

  /** The X of {@code this X = right} for small square systems {@code [B,n,n]}, {@code [B,n,m]}. */
  default T solve(T right) {
    return binary(new Solve(), right);
  }
}
