// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import dev.kairos.kernels.Strided;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The axes that up to three views of equal sizes pass together, as {@code common.cl} takes them:
 * axes of size 1 are left out, and axes that all views pass without a gap are joined.
 */
final class Walk {
  /** AXES and VIEWS of {@code common.cl}. */
  static final int AXES = 6;

  private static final int VIEWS = 3;

  /** Shorter rows leave too many work items of a group without work. */
  private static final int LEAST_ROW = 32;

  private final int rank;
  private final int[] sizes;
  private final int[] at = new int[VIEWS];
  private final int[][] steps;

  private Walk(int rank, int[] sizes, int[][] steps) {
    this.rank = rank;
    this.sizes = sizes;
    this.steps = steps;
  }

  /**
   * Hands on one walk over all elements, or where views have more axes than a kernel takes, one for
   * each index of the first of them. No elements, no walk.
   */
  static void each(Consumer<Walk> visit, Strided... views) {
    if (views[0].count() == 0) {
      return;
    }
    Walk whole = over(views);
    if (whole.fits()) {
      visit.accept(whole);
      return;
    }
    Strided[] inner = new Strided[views.length];
    for (int i = 0; i < views[0].size(0); i++) {
      for (int view = 0; view < views.length; view++) {
        Strided all = views[view];
        inner[view] = all.axes(1, all.rank(), all.offset() + i * all.stride(0));
      }
      each(visit, inner);
    }
  }

  /** All axes of some views. */
  static Walk over(Strided... views) {
    return over(0, views[0].rank(), views);
  }

  /** The axes [from, to) of some views, at index 0 of the others. */
  static Walk over(int from, int to, Strided... views) {
    int axes = to - from;
    int[] sizes = new int[Math.max(1, axes)];
    int[][] steps = new int[VIEWS][Math.max(1, axes)];
    int kept = 0;
    for (int axis = from; axis < to; axis++) {
      int size = views[0].size(axis);
      if (size == 1) {
        continue;
      }
      if (kept > 0 && joins(steps, kept - 1, views, axis)) {
        kept--;
        sizes[kept] *= size;
      } else {
        sizes[kept] = size;
      }
      for (int view = 0; view < views.length; view++) {
        steps[view][kept] = views[view].stride(axis);
      }
      kept++;
    }
    if (kept == 0) {
      sizes[0] = 1;
      Arrays.setAll(steps, view -> view < views.length ? new int[] {1} : new int[] {0});
      kept = 1;
    }
    Walk walk = new Walk(kept, sizes, steps);
    for (int view = 0; view < views.length; view++) {
      walk.at[view] = views[view].offset();
    }
    return walk;
  }

  private static boolean joins(int[][] steps, int last, Strided[] views, int axis) {
    for (int view = 0; view < views.length; view++) {
      if (steps[view][last] != views[view].stride(axis) * views[view].size(axis)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the elements of so many views follow each other. */
  boolean isFlat(int views) {
    if (rank > 1) {
      return false;
    }
    for (int view = 0; view < views; view++) {
      if (steps[view][0] != 1 && sizes[0] > 1) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the last axis is a row in which the elements of each of so many views follow each other
   * or are one and the same, those of the last view the former; and long enough to be worth it.
   */
  boolean isRows(int views) {
    if (rank < 2 || sizes[rank - 1] < LEAST_ROW || steps[views - 1][rank - 1] != 1) {
      return false;
    }
    for (int view = 0; view < views; view++) {
      if (steps[view][rank - 1] != 0 && steps[view][rank - 1] != 1) {
        return false;
      }
    }
    return true;
  }

  /** Elements along the last axis. */
  int rowLength() {
    return sizes[rank - 1];
  }

  /** Whether a kernel can take it: more axes are walked from outside. */
  boolean fits() {
    return rank <= AXES;
  }

  /** Elements of one view. */
  int count() {
    int n = 1;
    for (int i = 0; i < rank; i++) {
      n *= sizes[i];
    }
    return n;
  }

  /** Position of the first element of a view. */
  int at(int view) {
    return at[view];
  }

  /** Number of axes. */
  int rank() {
    return rank;
  }

  /** Elements along an axis. */
  int size(int axis) {
    return sizes[axis];
  }

  /** Elements of a view from one step along an axis to the next. */
  int step(int view, int axis) {
    return steps[view][axis];
  }

  /** The structure of {@code common.cl}. */
  int[] ints() {
    int[] ints = new int[1 + AXES + VIEWS + VIEWS * AXES];
    ints[0] = rank;
    System.arraycopy(sizes, 0, ints, 1, rank);
    System.arraycopy(at, 0, ints, 1 + AXES, VIEWS);
    for (int view = 0; view < VIEWS; view++) {
      int to = 1 + AXES + VIEWS + view * AXES;
      System.arraycopy(steps[view], 0, ints, to, Math.min(rank, steps[view].length));
    }
    return ints;
  }
}
