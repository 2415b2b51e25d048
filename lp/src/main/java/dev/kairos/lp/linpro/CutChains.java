// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import java.util.Arrays;

/**
 * The cuts of a problem by position: a chain of cuts at each. Those of rows that end there come
 * before the others, and each by row; rows without a support have none. Cut k of row i has the
 * number {@code 4 i + k}. Holds arrays that only grow.
 */
final class CutChains {
  int[] head = new int[0]; // position -> first cut there, -1 none
  int[] next = new int[0]; // cut -> next cut at its position, -1 none

  private long[] marked = new long[0]; // positions with a cut
  private int used; // words of them

  /** Chains the cuts; all chains are empty before. */
  void build(LinProProblem problem) {
    int[] cuts = problem.cuts();
    reserve(problem.length(), cuts.length);
    for (int row = cuts.length - 4; row >= 0; row -= 4) {
      int end = cuts[row + 3];
      if (cuts[row] < end) {
        for (int cut = row + 2; cut >= row; cut--) {
          if (cuts[cut] < end) {
            chain(cut, cuts[cut]);
          }
        }
      }
    }
    for (int row = cuts.length - 4; row >= 0; row -= 4) {
      int end = cuts[row + 3];
      for (int cut = row + 3; cuts[row] < end && cuts[cut] == end; cut--) {
        chain(cut, end);
      }
    }
  }

  private void reserve(int length, int cuts) {
    used = (length >> 6) + 1;
    if (head.length <= length) {
      head = new int[length + 1];
      Arrays.fill(head, -1);
      marked = new long[used];
    }
    if (next.length < cuts) {
      next = new int[cuts];
    }
  }

  private void chain(int cut, int position) {
    next[cut] = head[position];
    head[position] = cut;
    marked[position >> 6] |= 1L << position;
  }

  /** The first position with a cut, or -1. */
  int first() {
    return from(0);
  }

  /** The next position with a cut, or -1. */
  int after(int position) {
    int word = position >> 6;
    long rest = marked[word] & -2L << position; // all bits gone if it was the last of its word
    return rest != 0 ? (word << 6) + Long.numberOfTrailingZeros(rest) : from(word + 1);
  }

  private int from(int word) {
    for (int w = word; w < used; w++) {
      if (marked[w] != 0) {
        return (w << 6) + Long.numberOfTrailingZeros(marked[w]);
      }
    }
    return -1;
  }

  /** Empties the chains. */
  void clear() {
    for (int position = first(); position >= 0; position = after(position)) {
      head[position] = -1;
    }
    Arrays.fill(marked, 0, used, 0);
  }

  /** The most rows that overlap in a chain of overlaps. */
  int largestBlock() {
    int largest = 0;
    int rows = 0;
    int open = 0;
    for (int position = first(); position >= 0; position = after(position)) {
      for (int cut = head[position]; cut >= 0; cut = next[cut]) {
        int k = cut & 3;
        rows += k == 0 ? 1 : 0;
        open += k == 0 ? 1 : k == 3 ? -1 : 0;
        largest = Math.max(largest, rows);
        rows = open == 0 ? 0 : rows;
      }
    }
    return largest;
  }
}
