// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.reference;

import dev.kairos.kernels.Strided;

/** The loop nest of up to three views of equal sizes, in row order. */
final class ReferenceWalk {
  private ReferenceWalk() {}

  /** Handles element i of each view, given where it lies in its buffer. */
  interface Visit {
    void at(int i, int first, int second, int third);
  }

  static void over(Strided first, Strided second, Strided third, Visit visit) {
    int rank = first.rank();
    int count = first.count();
    int[] at = new int[rank];
    int p = first.offset();
    int q = second.offset();
    int r = third.offset();
    for (int i = 0; i < count; i++) {
      visit.at(i, p, q, r);
      for (int axis = rank - 1; axis >= 0; axis--) {
        p += first.stride(axis);
        q += second.stride(axis);
        r += third.stride(axis);
        if (++at[axis] < first.size(axis)) {
          break;
        }
        p -= first.stride(axis) * first.size(axis);
        q -= second.stride(axis) * first.size(axis);
        r -= third.stride(axis) * first.size(axis);
        at[axis] = 0;
      }
    }
  }
}
