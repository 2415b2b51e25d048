// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.Strided;
import java.util.BitSet;

/** Which places of a buffer a view sees, and whether two views see the same. */
final class Places {
  private Places() {}

  /** Whether both see the same places in the same order. */
  static boolean same(Strided a, Strided b) {
    boolean same = a.sharesBuffer(b) && a.offset() == b.offset() && a.rank() == b.rank();
    for (int i = 0; same && i < a.rank(); i++) {
      same = a.size(i) == b.size(i) && (a.size(i) <= 1 || a.stride(i) == b.stride(i));
    }
    return same;
  }

  /** Whether two views of one buffer may share a place: whether what they span overlaps. */
  static boolean meet(Strided a, Strided b) {
    return a.count() > 0 && b.count() > 0 && a.offset() <= last(b) && b.offset() <= last(a);
  }

  private static int last(Strided view) {
    int last = view.offset();
    for (int i = 0; i < view.rank(); i++) {
      last += (view.size(i) - 1) * view.stride(i);
    }
    return last;
  }

  /** Whether a view sees a place twice, as one that is broadcast or of overlapping windows does. */
  static boolean repeat(Strided view) {
    if (view.isContiguous() || view.count() == 0) {
      return false;
    }
    return !isNested(view) && repeatsOneByOne(view);
  }

  /**
   * Whether each step along an axis leads past all that the axes of smaller steps reach: then no
   * place is seen twice.
   */
  private static boolean isNested(Strided view) {
    for (int i = 0; i < view.rank(); i++) {
      int reach = 0;
      for (int j = 0; j < view.rank(); j++) {
        boolean below =
            view.stride(j) < view.stride(i) || (view.stride(j) == view.stride(i) && j > i);
        reach += below ? (view.size(j) - 1) * view.stride(j) : 0;
      }
      if (view.size(i) > 1 && view.stride(i) <= reach) {
        return false;
      }
    }
    return true;
  }

  private static boolean repeatsOneByOne(Strided view) {
    BitSet seen = new BitSet();
    for (int i = 0; i < view.count(); i++) {
      int place = 0;
      int rest = i;
      for (int axis = view.rank() - 1; axis >= 0; axis--) {
        place += rest % view.size(axis) * view.stride(axis);
        rest /= view.size(axis);
      }
      if (seen.get(place)) {
        return true;
      }
      seen.set(place);
    }
    return false;
  }
}
