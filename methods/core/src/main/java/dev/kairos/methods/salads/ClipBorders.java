// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.salads;

import dev.kairos.methods.tal.Segment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Cuts a recording into clips of 60 to 90 whole seconds. Of all ways to do so it is one that cuts
 * through the fewest actions; among those, the one whose lengths are nearest to 75 s (sum of
 * squares); then the one whose last clip is the shortest, then its last but one, and so on. A
 * recording that cannot be cut so, shorter than 60 s or between 90 and 120 s, is one clip.
 */
final class ClipBorders {
  private static final int SHORTEST = 60;
  private static final int LONGEST = 90;
  private static final int LIKED = 75;

  /** More than the squares of all clips of a day can sum up to. */
  private static final long CUT = 1L << 32;

  private ClipBorders() {}

  /**
   * The borders between clips.
   *
   * @param seconds the recording's length
   * @param actions what is annotated, in seconds
   * @return from 0 to the length, ascending; at least these two
   */
  static List<Integer> of(int seconds, List<Segment> actions) {
    long[] cost = new long[seconds + 1]; // of the best way from 0 to there
    int[] before = new int[seconds + 1]; // the border before, -1 where no way leads there
    for (int to = 1; to <= seconds; to++) {
      before[to] = -1;
      for (int from = to - SHORTEST; from >= Math.max(0, to - LONGEST); from--) {
        if (before[from] >= 0) {
          long square = (long) (to - from - LIKED) * (to - from - LIKED);
          long whole = cost[from] + square + CUT * actionsCut(to, seconds, actions);
          if (before[to] < 0 || whole < cost[to]) {
            cost[to] = whole;
            before[to] = from;
          }
        }
      }
    }
    if (before[seconds] < 0) {
      return List.of(0, seconds);
    }
    Deque<Integer> borders = new ArrayDeque<>();
    for (int border = seconds; border > 0; border = before[border]) {
      borders.addFirst(border);
    }
    borders.addFirst(0);
    return List.copyOf(borders);
  }

  private static long actionsCut(int border, int seconds, List<Segment> actions) {
    return border == seconds
        ? 0
        : actions.stream().filter(a -> a.start() < border && border < a.end()).count();
  }
}
