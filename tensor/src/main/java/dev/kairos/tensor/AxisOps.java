// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;
import java.util.function.Supplier;

/**
 * The operations of {@link TensorOps} along one axis: softmax, normalisation, selection by
 * position, resampling and pooling.
 *
 * @param <T> the implementing type
 */
public sealed interface AxisOps<T extends TensorOps<T>> extends Operand<T> permits TensorOps {
  private T unary(Op op) {
    return apply(op, List.of(self()));
  }

  private T binary(Op op, T other) {
    return apply(op, List.of(self(), other));
  }

  /** Softmax along the last axis. */
  default T softmax() {
    return unary(new Softmax());
  }

  /** Softmax along any axis. */
  default T softmax(int axis) {
    Rules.real("softmax", this);
    int along = shape().axis("softmax", axis);
    return self().moveAxis(along, -1).softmax().moveAxis(-1, along);
  }

  /**
   * Softmax along the last axis of {@code this + mask}, where a row that sees nothing is 0 and so
   * is its gradient. A plain softmax of minus infinities is not a number, nor is any gradient that
   * passes it.
   *
   * @param mask broadcasts to this: 0 to see, minus infinity to hide
   */
  default T maskedSoftmax(Tensor mask) {
    Rules.real("maskedSoftmax", this);
    return MaskedRows.softmax(self(), mask);
  }

  /** Logarithm of the softmax along the last axis. */
  default T logSoftmax() {
    return unary(new LogSoftmax());
  }

  /**
   * {@code (x - mean) / sqrt(variance + epsilon)} along the last axis: PyTorch's {@code layer_norm}
   * without weight and bias, not its {@code functional.normalize}, which is {@link #l2Normalize}.
   */
  default T normalize(double epsilon) {
    return unary(new Normalize(epsilon));
  }

  /**
   * {@code normalize(x) * weight + bias} along the last axis, for rows of n.
   *
   * @param weight {@code [n]}
   * @param bias {@code [n]}
   */
  default T layerNorm(double epsilon, T weight, T bias) {
    return apply(new LayerNorm(epsilon), List.of(self(), weight, bias));
  }

  /**
   * Rows of unit length: {@code x / (|x| + epsilon)} along the last axis. PyTorch's {@code
   * functional.normalize} divides by {@code max(|x|, epsilon)} instead: rows much longer than
   * epsilon differ by {@code epsilon / |x|} of themselves, short ones more.
   *
   * <p>A row of zeros stays zeros, and its gradient is that of {@code x / epsilon}.
   */
  default T l2Normalize(double epsilon) {
    return unary(new L2Normalize(epsilon));
  }

  /** Positions of the k largest along the last axis, largest first. */
  default T topKIndices(int k) {
    return unary(new TopKIndices(k));
  }

  /**
   * Positions along the last axis in the order of the elements, the lower position among equals;
   * NaN counts as largest.
   *
   * @param descending whether the largest comes first
   */
  default T sortIndices(boolean descending) {
    return unary(new SortIndices(descending));
  }

  /**
   * The elements in their order along an axis, and where each was. Equals keep their order; NaN
   * counts as largest: last, or first where descending.
   *
   * @param descending whether the largest comes first
   */
  default Sorted<T> sort(int axis, boolean descending) {
    Rules.real("sort", this);
    int along = shape().axis("sort", axis);
    T last = self().moveAxis(along, -1);
    T order = last.sortIndices(descending);
    return new Sorted<>(last.gather(-1, order).moveAxis(-1, along), order.moveAxis(-1, along));
  }

  /**
   * Sums from the first element to each along an axis. They are added in pairs, pairs of pairs, ..:
   * more exact than one after the other, in about twice the logarithm of their number passes.
   */
  default T cumsum(int axis) {
    Rules.real("cumsum", this);
    int along = shape().axis("cumsum", axis);
    int n = shape().size(along);
    T sums = self();
    for (int reach = 1; reach < n; reach += Math.min(reach, n - reach)) {
      sums = sums.add(sums.narrow(along, 0, n - reach).pad(along, reach, 0, 0));
    }
    return sums;
  }

  /** The mean of the k largest along an axis, which goes away; the gradient goes to them alone. */
  default T topKMean(int k, int axis) {
    Rules.real("topKMean", this);
    int along = shape().axis("topKMean", axis);
    if (k < 1 || k > shape().size(along)) {
      throw new ShapeException(
          "topKMean: k must be in [1, %d] for axis %d of %s: %d"
              .formatted(shape().size(along), axis, shape(), k));
    }
    T last = self().moveAxis(along, -1);
    return last.gather(-1, last.topKIndices(k)).mean(false, -1);
  }

  /**
   * Whole rows by position: with positions {@code [m]} NumPy's {@code take} and PyTorch's {@code
   * index_select}, not PyTorch's {@code gather}, which picks single elements. That one, and NumPy's
   * {@code take_along_axis}, are this for the last axis alone.
   *
   * <p>{@code [lead.., n, inner..]} with positions {@code [lead.., m]} (or {@code [m]}, shared)
   * gives {@code [lead.., m, inner..]}. Positions are in [0, n): they do not count from the end.
   */
  default T gather(int axis, T indices) {
    return binary(new Gather(axis), indices);
  }

  /**
   * Whole rows added up at their positions along a new axis of a size, zero elsewhere: PyTorch's
   * {@code index_add} on zeros; its {@code scatter_add} places single elements, and into a given
   * tensor. The transpose of {@link #gather}, with the same positions.
   */
  default T scatterAdd(int axis, T indices, int size) {
    return binary(new ScatterAdd(axis, size), indices);
  }

  /** Linear interpolation along an axis to another length, half-pixel centres. */
  default T resample(int axis, int length) {
    return unary(new Resample(axis, length));
  }

  /**
   * The largest of each window over time, {@code [N,T,C]}; padding never wins.
   *
   * @param padding less than the kernel, so that no window is padding alone
   */
  default T maxPool1d(int kernel, int stride, int padding) {
    return windows("maxPool1d", kernel, stride, padding, Double.NEGATIVE_INFINITY).max(2, false);
  }

  /**
   * The mean of each window over time, {@code [N,T,C]}; padding counts as zeros.
   *
   * @param padding less than the kernel, so that no window is padding alone
   */
  default T avgPool1d(int kernel, int stride, int padding) {
    return windows("avgPool1d", kernel, stride, padding, 0).mean(false, 2);
  }

  private T windows(String name, int kernel, int stride, int padding, double value) {
    Supplier<String> where = () -> "input " + shape() + " (N,T,C)";
    Rules.real(name, this);
    Rules.rank(name, "input (N,T,C)", where, new TensorSpec(shape(), dtype()), 3);
    if (padding < 0 || padding >= kernel || stride < 1 || shape().size(1) < 1) {
      throw new ShapeException(
          name
              + ": needs 0 <= padding < kernel, stride >= 1 and a step of time: padding "
              + padding
              + ", kernel "
              + kernel
              + ", stride "
              + stride
              + ", "
              + where.get());
    }
    long padded = shape().size(1) + 2L * padding;
    Rules.fits(name, where, shape(), 1, padded);
    if (kernel > padded) {
      throw new ShapeException(
          name
              + ": the kernel does not fit the padded input: kernel "
              + kernel
              + " > "
              + padded
              + ", padding "
              + padding
              + ", "
              + where.get());
    }
    return self().pad(1, padding, padding, value).unfold(1, kernel, stride);
  }
}
