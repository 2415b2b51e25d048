// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.factor;

import java.util.Arrays;

/** Members 0..size-1 in doubly linked lists by their count, so that the least counts come first. */
final class CountLists {
  static final int NONE = -1;

  private final int[] first;
  private final int[] next;
  private final int[] previous;
  private final int[] list;

  CountLists(int size) {
    first = new int[size + 1];
    next = new int[size];
    previous = new int[size];
    list = new int[size];
    clear();
  }

  void clear() {
    Arrays.fill(first, NONE);
    Arrays.fill(list, NONE);
  }

  /** The first member of a count, or {@link #NONE}. */
  int first(int count) {
    return first[count];
  }

  /** The member after another of the same count, or {@link #NONE}. */
  int after(int member) {
    return next[member];
  }

  /** Puts a member in front of the list of a count, out of the one it is in. */
  void move(int member, int count) {
    remove(member);
    list[member] = count;
    previous[member] = NONE;
    next[member] = first[count];
    if (next[member] != NONE) {
      previous[next[member]] = member;
    }
    first[count] = member;
  }

  /** Takes a member out, if it is in. */
  void remove(int member) {
    int count = list[member];
    if (count == NONE) {
      return;
    }
    list[member] = NONE;
    if (previous[member] == NONE) {
      first[count] = next[member];
    } else {
      next[previous[member]] = next[member];
    }
    if (next[member] != NONE) {
      previous[next[member]] = previous[member];
    }
  }
}
