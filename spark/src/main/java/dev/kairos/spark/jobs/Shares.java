// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.jobs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Cuts work into tasks: the longest pieces come first, and each task takes a fixed part of what is
 * left, so that the first ones are few and large, the last ones small, and all workers end together
 * whatever their speed.
 */
public final class Shares {
  /**
   * A task takes so small a part of what is left that no worker is still at its first at the end.
   */
  private static final int PARTS_A_WORKER = 4;

  /** Below this part of all work a task would cost more than it does. */
  private static final int SMALLEST_A_WORKER = 64;

  private Shares() {}

  /**
   * The pieces of each task, in the order in which tasks are to begin.
   *
   * @param size how long a piece takes, compared to another; one of 0 counts as 1
   * @param workers how many tasks run at once, at least 1
   */
  public static <T> List<List<T>> of(List<T> pieces, ToLongFunction<T> size, int workers) {
    List<T> sorted = new ArrayList<>(pieces);
    sorted.sort(Comparator.comparingLong(size).reversed());
    double left = 0;
    for (T piece : sorted) {
      left += Math.max(1, size.applyAsLong(piece));
    }
    double smallest = left / ((double) workers * SMALLEST_A_WORKER);
    List<List<T>> tasks = new ArrayList<>();
    for (int next = 0; next < sorted.size(); ) {
      double share = Math.max(smallest, left / ((double) workers * PARTS_A_WORKER));
      List<T> task = new ArrayList<>();
      double taken = 0;
      while (next < sorted.size() && (task.isEmpty() || taken < share)) {
        T piece = sorted.get(next++);
        task.add(piece);
        taken += Math.max(1, size.applyAsLong(piece));
      }
      left -= taken;
      tasks.add(task);
    }
    return tasks;
  }
}
