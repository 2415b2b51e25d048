// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The reductions of {@link TensorOps}: sums, means and extremes over axes.
 *
 * @param <T> the implementing type
 */
public sealed interface ReductionOps<T extends TensorOps<T>> extends Operand<T> permits TensorOps {
  private T unary(Op op) {
    return apply(op, List.of(self()));
  }

  /** The sum over some axes. */
  default T sum(boolean keepDims, int... axes) {
    return unary(new Sum(Axes.list(axes), keepDims));
  }

  /** The sum of all elements, a scalar. */
  default T sum() {
    return sum(false, Axes.all(shape()));
  }

  /**
   * The mean over some axes.
   *
   * @throws ShapeException if they have no elements: the mean of nothing is no number
   */
  default T mean(boolean keepDims, int... axes) {
    return mean("mean", keepDims, axes);
  }

  private T mean(String name, boolean keepDims, int... axes) {
    Rules.real(name, this);
    Sum sum = new Sum(Axes.list(axes), keepDims);
    double count = 1;
    for (int axis : sum.reduced(name, shape())) {
      count *= shape().size(axis);
    }
    if (count == 0) {
      throw new ShapeException(
          name + ": no elements along axes " + Arrays.toString(axes) + " of " + shape());
    }
    return unary(sum).affine(1.0 / count, 0);
  }

  /** The mean of all elements, a scalar. */
  default T mean() {
    return mean(false, Axes.all(shape()));
  }

  /** The largest along an axis. */
  default T max(int axis, boolean keepDims) {
    return unary(new Max(axis, keepDims));
  }

  /** The smallest along an axis. */
  default T min(int axis, boolean keepDims) {
    return unary(new Min(axis, keepDims));
  }

  /**
   * The position of the largest along an axis, the first among equals, as a whole number; NaN
   * counts as largest.
   */
  default T argmax(int axis, boolean keepDims) {
    return Extremes.position("argmax", self(), axis, keepDims, UnaryOperator.identity());
  }

  /**
   * The position of the smallest along an axis, the first among equals, as a whole number; NaN
   * counts as smallest here, as in NumPy and PyTorch.
   */
  default T argmin(int axis, boolean keepDims) {
    return Extremes.position("argmin", self(), axis, keepDims, T::negate);
  }

  /**
   * {@code log sum e^x} along an axis without overflow; its gradient is the softmax. Of minus
   * infinities alone it is minus infinity, with gradient 0; of a row with infinity it is infinity,
   * with a gradient that is not a number.
   */
  default T logSumExp(int axis, boolean keepDims) {
    return Extremes.logSumExp(self(), axis, keepDims);
  }

  /** The sum over the axes that were repeated to get here from a shape. */
  default T sumTo(Shape target) {
    Rules.real("sumTo", this);
    return shape().equals(target) ? self() : unary(Sum.undoing(target, shape())).reshape(target);
  }
}
