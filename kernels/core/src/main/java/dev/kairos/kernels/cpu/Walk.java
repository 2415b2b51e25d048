// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import dev.kairos.kernels.Strided;

/**
 * The common loop nest of up to three views of equal sizes: axes of size 1 are dropped and axes
 * that all views pass without a gap are merged, so that contiguous data is one long run.
 */
final class Walk {
  /** Handles one run: the first element of each view and the number of elements. */
  interface Run {
    void at(int first, int second, int third, int length);
  }

  private final int rank;
  private final int[] sizes;
  private final int[] p;
  private final int[] q;
  private final int[] r;
  private final Strided first;
  private final Strided second;
  private final Strided third;

  Walk(Strided first, Strided second, Strided third) {
    this.first = first;
    this.second = second;
    this.third = third;
    int n = first.rank();
    sizes = new int[Math.max(n, 1)];
    p = new int[sizes.length];
    q = new int[sizes.length];
    r = new int[sizes.length];
    int kept = 0;
    for (int axis = 0; axis < n; axis++) {
      int size = first.size(axis);
      if (size == 1) {
        continue;
      }
      if (kept > 0
          && p[kept - 1] == first.stride(axis) * size
          && q[kept - 1] == second.stride(axis) * size
          && r[kept - 1] == third.stride(axis) * size) {
        kept--;
        sizes[kept] *= size;
      } else {
        sizes[kept] = size;
      }
      p[kept] = first.stride(axis);
      q[kept] = second.stride(axis);
      r[kept] = third.stride(axis);
      kept++;
    }
    if (kept == 0) {
      sizes[0] = 1;
      p[0] = 1;
      q[0] = 1;
      r[0] = 1;
      kept = 1;
    }
    rank = kept;
  }

  /** Elements of one run. */
  int length() {
    return sizes[rank - 1];
  }

  /** Number of runs; 0 if there is no element. */
  int runs() {
    // Where nothing is seen, a stride may lead outside the buffer: no run may be visited.
    int n = Math.min(1, length());
    for (int i = 0; i < rank - 1; i++) {
      n *= sizes[i];
    }
    return n;
  }

  /** Step inside a run of the first view. */
  int firstStep() {
    return p[rank - 1];
  }

  /** Step inside a run of the second view. */
  int secondStep() {
    return q[rank - 1];
  }

  /** Step inside a run of the third view. */
  int thirdStep() {
    return r[rank - 1];
  }

  /** Visits runs {@code from} (inclusive) to {@code to} in row order. */
  void runs(int from, int to, Run run) {
    if (from >= to) {
      return;
    }
    int[] at = new int[rank];
    int x = first.offset();
    int y = second.offset();
    int z = third.offset();
    int rest = from;
    for (int axis = rank - 2; axis >= 0; axis--) {
      at[axis] = rest % sizes[axis];
      rest /= sizes[axis];
      x += at[axis] * p[axis];
      y += at[axis] * q[axis];
      z += at[axis] * r[axis];
    }
    int length = length();
    for (int i = from; i < to; i++) {
      run.at(x, y, z, length);
      for (int axis = rank - 2; axis >= 0; axis--) {
        x += p[axis];
        y += q[axis];
        z += r[axis];
        if (++at[axis] < sizes[axis]) {
          break;
        }
        x -= p[axis] * sizes[axis];
        y -= q[axis] * sizes[axis];
        z -= r[axis] * sizes[axis];
        at[axis] = 0;
      }
    }
  }
}
