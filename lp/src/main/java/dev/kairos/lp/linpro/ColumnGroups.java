// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import java.util.Arrays;

/**
 * The equal columns of a problem, found by one sweep over the cuts of its rows without building the
 * matrix. Between two cuts the column is constant, and two such segments belong to one group if the
 * same rows are inner and the same rows are outer there, which bit masks tell exactly.
 *
 * <p>Rows whose supports touch through no chain of others fall into separate blocks; a block is a
 * run of segments, since supports are intervals. Inside a block rows have numbers 0, 1, .. in the
 * order in which they begin (slots); groups are ordered by their first position.
 *
 * <p>Rows are scaled so that their inner entry is 1 (their outer one is -1 if inner is empty): the
 * two weightings then need the same tolerances. Holds arrays that only grow.
 */
final class ColumnGroups {
  private static final int OUTER = 1;
  private static final int INNER = 2;

  int length;
  int blocks;
  int slots; // rows that have a support
  int groups;
  int segments;

  int[] blockSlot = new int[2]; // [blocks + 1] first slot of a block
  int[] blockGroup = new int[2];
  int[] blockEvent = new int[2];
  int[] blockKey = new int[2]; // first mask word of a block

  int[] rowOf = new int[0]; // slot -> row of the problem
  double[] outer = new double[0]; // slot -> size of its outer entries
  double[] scale = new double[0]; // slot -> scaled row over row
  int[] groupFrom = new int[0]; // slot -> groups of its block whose columns can have the row:
  int[] groupTo = new int[0]; // .. from this number to before that one

  int[] eventSlot = new int[0]; // row, numbered inside its block, whose entry changes
  double[] eventDelta = new double[0]; // by how much

  int[] groupEvents = new int[0]; // how far the events lead to the column of a group
  int[] groupSize = new int[0]; // number of positions
  int[] groupFirst = new int[0]; // its first position
  long[] masks = new long[0]; // per group: words of inner bits, then words of outer bits

  int[] segmentStart = new int[0];
  int[] segmentEnd = new int[0];
  int[] segmentGroup = new int[0];

  private int events;
  private int[] eventPosition = new int[0];
  private byte[] eventToggle = new byte[0];
  private int[] slotOf = new int[0]; // row -> number inside its block
  private long[] marked = new long[0]; // positions with a cut
  private int[] head = new int[0]; // position -> first cut there, -1 none
  private int[] next = new int[0]; // cut -> next cut at its position
  private int[] table = new int[0];
  private long[] current = new long[0];

  /** How many words one of the two masks of a group has in a block. */
  int words(int block) {
    return (blockSlot[block + 1] - blockSlot[block] + 63) >> 6;
  }

  void build(LinProProblem problem) {
    length = problem.length();
    reserve(problem.rows());
    order(problem.cuts(), problem.rows());
    sweep(problem);
    groups = 0;
    segments = 0;
    for (int block = 0; block < blocks; block++) {
      merge(block);
    }
  }

  private void reserve(int rows) {
    int cuts = 4 * rows;
    if (next.length < cuts) {
      next = new int[cuts];
      eventSlot = new int[cuts];
      eventDelta = new double[cuts];
      eventPosition = new int[cuts];
      eventToggle = new byte[cuts];
      segmentStart = new int[cuts];
      segmentEnd = new int[cuts];
      segmentGroup = new int[cuts];
      groupEvents = new int[cuts];
      groupSize = new int[cuts];
      groupFirst = new int[cuts];
      rowOf = new int[rows];
      slotOf = new int[rows];
      outer = new double[rows];
      scale = new double[rows];
      groupFrom = new int[rows];
      groupTo = new int[rows];
      blockSlot = new int[rows + 1];
      blockGroup = new int[rows + 1];
      blockEvent = new int[rows + 1];
      blockKey = new int[rows + 1];
    }
    if (head.length <= length) {
      head = new int[length + 1];
      Arrays.fill(head, -1);
      marked = new long[(length >> 6) + 1];
    }
  }

  /** Chains the cuts of rows with a support by position, rows ascending. */
  private void order(int[] cuts, int rows) {
    for (int i = rows - 1; i >= 0; i--) {
      if (cuts[4 * i] < cuts[4 * i + 3]) {
        for (int cut = 4 * i + 3; cut >= 4 * i; cut--) {
          int position = cuts[cut];
          next[cut] = head[position];
          head[position] = cut;
          marked[position >> 6] |= 1L << position;
        }
      }
    }
  }

  private void sweep(LinProProblem problem) {
    int[] cuts = problem.cuts();
    blocks = 0;
    slots = 0;
    events = 0;
    int open = 0;
    for (int word = 0; word <= length >> 6; word++) {
      for (long bits = marked[word]; bits != 0; bits &= bits - 1) {
        int position = (word << 6) + Long.numberOfTrailingZeros(bits);
        if (open > 0) {
          for (int cut = head[position]; cut >= 0; cut = next[cut]) {
            if (cuts[cut | 3] == position) {
              emit(problem, cut);
              open -= (cut & 3) == 3 ? 1 : 0;
            }
          }
          if (open == 0) {
            endBlock();
          }
        }
        for (int cut = head[position]; cut >= 0; cut = next[cut]) {
          if (cuts[cut | 3] != position) {
            if ((cut & 3) == 0) {
              beginRow(problem, cut >> 2);
              open++;
            }
            emit(problem, cut);
          }
        }
        head[position] = -1;
      }
      marked[word] = 0;
    }
  }

  private void endBlock() {
    blocks++;
    blockSlot[blocks] = slots;
    blockEvent[blocks] = events;
  }

  private void beginRow(LinProProblem problem, int row) {
    int inner = problem.innerCount(row);
    int around = problem.outerCount(row);
    boolean unit = problem.weighting() == Weighting.UNIT;
    rowOf[slots] = row;
    outer[slots] = unit || inner == 0 || around == 0 ? 1 : (double) inner / around;
    scale[slots] = unit ? 1 : inner == 0 ? around : inner;
    slotOf[row] = slots - blockSlot[blocks];
    slots++;
  }

  /** Notes how the entry of a row changes at one of its cuts. */
  private void emit(LinProProblem problem, int cut) {
    int[] cuts = problem.cuts();
    int row = cut >> 2;
    int k = cut & 3;
    int before = kindBefore(cuts, row, k);
    int after = k == 3 ? 0 : kindBefore(cuts, row, k + 1);
    // An empty range between two cuts is skipped: its two changes fall on one position.
    int toggle = before ^ after;
    if (toggle != 0) {
      double q = outer[blockSlot[blocks] + slotOf[row]];
      eventSlot[events] = slotOf[row];
      eventDelta[events] = entry(after, q) - entry(before, q);
      eventPosition[events] = cuts[cut];
      eventToggle[events] = (byte) toggle;
      events++;
    }
  }

  /** What the range that ends at a cut is: nothing before the first cut, and if it is empty. */
  private static int kindBefore(int[] cuts, int row, int k) {
    if (k == 0 || cuts[4 * row + k - 1] == cuts[4 * row + k]) {
      return 0;
    }
    return k == 2 ? INNER : OUTER;
  }

  private static double entry(int kind, double outer) {
    return kind == INNER ? 1 : kind == OUTER ? -outer : 0;
  }

  /** Gives each segment of a block its group. */
  private void merge(int block) {
    int words = words(block);
    int eventEnd = blockEvent[block + 1];
    int capacity = Integer.highestOneBit(2 * (eventEnd - blockEvent[block])) << 1;
    if (table.length < capacity) {
      table = new int[capacity];
    }
    Arrays.fill(table, 0, capacity, -1);
    if (current.length < 2 * words) {
      current = new long[2 * words];
    }
    Arrays.fill(current, 0, 2 * words, 0);
    Arrays.fill(groupFrom, blockSlot[block], blockSlot[block + 1], -1);
    int event = blockEvent[block];
    while (event < eventEnd) {
      int position = eventPosition[event];
      do {
        toggle(block, event, words);
        event++;
      } while (event < eventEnd && eventPosition[event] == position);
      if (event < eventEnd) {
        int group = find(block, words, capacity - 1, event, position);
        segmentStart[segments] = position;
        segmentEnd[segments] = eventPosition[event];
        segmentGroup[segments] = group;
        segments++;
        groupSize[group] += eventPosition[event] - position;
      }
    }
    blockGroup[block + 1] = groups;
    blockKey[block + 1] = blockKey[block] + (groups - blockGroup[block]) * 2 * words;
  }

  private void toggle(int block, int event, int words) {
    int slot = eventSlot[event];
    int s = blockSlot[block] + slot;
    groupTo[s] = groups - blockGroup[block];
    if (groupFrom[s] < 0) {
      groupFrom[s] = groupTo[s];
    }
    int kind = eventToggle[event];
    long bit = 1L << slot;
    if ((kind & INNER) != 0) {
      current[slot >> 6] ^= bit;
    }
    if ((kind & OUTER) != 0) {
      current[words + (slot >> 6)] ^= bit;
    }
  }

  /** The group whose masks are the current ones, a new one if there is none. */
  private int find(int block, int words, int mask, int eventsSoFar, int position) {
    long hash = 0;
    for (int w = 0; w < 2 * words; w++) {
      hash = (hash ^ current[w]) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    int place = (int) hash & mask;
    while (table[place] >= 0) {
      int group = table[place];
      if (isCurrent(maskStart(block, group, words), 2 * words)) {
        return group;
      }
      place = (place + 1) & mask;
    }
    table[place] = groups;
    groupEvents[groups] = eventsSoFar;
    groupSize[groups] = 0;
    groupFirst[groups] = position;
    int from = maskStart(block, groups, words);
    if (masks.length < from + 2 * words) {
      masks = Arrays.copyOf(masks, Math.max(2 * masks.length, from + 2 * words));
    }
    for (int w = 0; w < 2 * words; w++) {
      masks[from + w] = current[w];
    }
    return groups++;
  }

  private boolean isCurrent(int from, int count) {
    for (int w = 0; w < count; w++) {
      if (masks[from + w] != current[w]) {
        return false;
      }
    }
    return true;
  }

  int maskStart(int block, int group, int words) {
    return blockKey[block] + (group - blockGroup[block]) * 2 * words;
  }

  /** Adds a multiple of the column of a group to {@code v}, a vector over the rows of its block. */
  void addColumn(int block, int group, double factor, double[] v) {
    int words = words(block);
    int from = maskStart(block, group, words);
    int slot0 = blockSlot[block];
    for (int w = 0; w < words; w++) {
      for (long bits = masks[from + w]; bits != 0; bits &= bits - 1) {
        v[(w << 6) + Long.numberOfTrailingZeros(bits)] += factor;
      }
      for (long bits = masks[from + words + w]; bits != 0; bits &= bits - 1) {
        int i = (w << 6) + Long.numberOfTrailingZeros(bits);
        v[i] -= factor * outer[slot0 + i];
      }
    }
  }

  /** The product of the column of a group with a vector over the rows of its block. */
  double dotColumn(int block, int group, double[] v) {
    int words = words(block);
    int from = maskStart(block, group, words);
    int slot0 = blockSlot[block];
    double sum = 0;
    for (int w = 0; w < words; w++) {
      for (long bits = masks[from + w]; bits != 0; bits &= bits - 1) {
        sum += v[(w << 6) + Long.numberOfTrailingZeros(bits)];
      }
      for (long bits = masks[from + words + w]; bits != 0; bits &= bits - 1) {
        int i = (w << 6) + Long.numberOfTrailingZeros(bits);
        sum -= v[i] * outer[slot0 + i];
      }
    }
    return sum;
  }

  /**
   * The products of a vector over the rows of a block with the columns of its groups, by adding up
   * the changes from column to column.
   *
   * @param from number of a group inside the block, before which no group has a row where v is not
   *     0
   * @param to where to stop
   * @param out written at the numbers of the groups inside the block
   */
  void dotColumns(int block, int from, int to, double[] v, double[] out) {
    int group0 = blockGroup[block];
    int event = from == 0 ? blockEvent[block] : groupEvents[group0 + from - 1];
    int[] ends = groupEvents;
    int[] slot = eventSlot;
    double[] delta = eventDelta;
    double sum = 0;
    for (int j = from; j < to; j++) {
      for (int end = ends[group0 + j]; event < end; event++) {
        sum += delta[event] * v[slot[event]];
      }
      out[j] = sum;
    }
  }
}
