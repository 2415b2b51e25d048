// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.function.UnaryOperator;

/** Reductions that begin with the largest element along an axis. */
final class Extremes {
  private Extremes() {}

  /**
   * Where the largest stands.
   *
   * @param key what is compared
   */
  static <T extends TensorOps<T>> T position(
      String name, T x, int axis, boolean keepDims, UnaryOperator<T> key) {
    int along = checked(name, x, axis);
    T column = key.apply(x).moveAxis(along, -1).topKIndices(1).moveAxis(-1, along);
    return keepDims ? column : column.reshape(x.shape().remove(along));
  }

  static <T extends TensorOps<T>> T logSumExp(T x, int axis, boolean keepDims) {
    int along = checked("logSumExp", x, axis);
    T largest = x.max(along, true).detach();
    double most = x.dtype() == DType.FLOAT64 ? Double.MAX_VALUE : Float.MAX_VALUE;
    // A finite shift: an infinity less itself is no number.
    T powers = x.subtract(largest.clamp(-most, most)).exp();
    // At least 1 but of minus infinities alone, which then stop at the clamp's flat side.
    T sum = powers.sum(true, along).clamp(0.5, Double.POSITIVE_INFINITY);
    T whole = sum.log().add(largest);
    return keepDims ? whole : whole.reshape(x.shape().remove(along));
  }

  private static int checked(String name, Operand<?> x, int axis) {
    Rules.real(name, x);
    int along = x.shape().axis(name, axis);
    if (x.shape().size(along) == 0) {
      throw new ShapeException(
          name + ": needs at least one element along axis " + axis + " of " + x.shape());
    }
    return along;
  }
}
