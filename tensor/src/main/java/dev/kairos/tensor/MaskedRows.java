// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

/** The softmax of rows of which some places are hidden, perhaps all. */
final class MaskedRows {
  private static final double NOTHING = Double.NEGATIVE_INFINITY;

  private MaskedRows() {}

  static <T extends TensorOps<T>> T softmax(T scores, Tensor mask) {
    Shape whole = Shape.broadcast("maskedSoftmax", scores.shape(), mask.shape());
    if (!whole.equals(scores.shape()) || whole.rank() == 0) {
      throw new ShapeException(
          "maskedSoftmax: mask " + mask.shape() + " must repeat to scores " + scores.shape());
    }
    Rules.real("maskedSoftmax", mask);
    if (mask.shape().count() == 0) {
      return scores.add(scores.constant(mask)).softmax();
    }
    // 1 for a row of which nothing is seen: its largest is minus infinity.
    Tensor rows = mask.shape().rank() == 0 ? mask.reshape(1) : mask;
    Tensor blind = rows.max(-1, true).between(NOTHING, NOTHING);
    if (blind.reshape(-1).max(0, false).item() == 0) {
      return scores.add(scores.constant(mask)).softmax();
    }
    // It sees all instead, so that its softmax is of numbers, and then counts 0.
    Tensor opened = rows.maximum(blind.log()); // of 1 is 0, of 0 minus infinity
    T all = scores.add(scores.constant(opened)).softmax();
    return all.multiply(scores.constant(blind.affine(-1, 1)));
  }
}
