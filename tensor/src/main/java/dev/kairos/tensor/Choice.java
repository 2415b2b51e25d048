// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/** One of two elements at each place, as a gather: a product with 0 would let NaN pass. */
final class Choice {
  private Choice() {}

  static <T extends TensorOps<T>> T where(T condition, T yes, T no) {
    Rules.real("where", condition);
    Rules.real("where", no);
    Shape both = Shape.broadcast("where", yes.shape(), no.shape());
    Shape whole = Shape.broadcast("where", condition.shape(), both);
    T isFalse = condition.between(0, 0);
    T half = isFalse.affine(0, 0.5);
    // Of (1/2, 0) and (1/2, 1) the larger stands at 0 and at 1.
    T place = half.stack(-1, List.of(isFalse)).topKIndices(1);
    Shape pairs = whole.then(Shape.of(1));
    T choices = yes.broadcastTo(whole).stack(-1, List.of(no.broadcastTo(whole)));
    return choices.gather(-1, place.broadcastTo(pairs)).reshape(whole);
  }
}
