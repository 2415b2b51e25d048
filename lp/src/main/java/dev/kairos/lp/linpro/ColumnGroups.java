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
  private static final long HASH = 0x9E3779B97F4A7C15L;
  private static final long SALT = 0xD1B54A32D192ED03L;

  int length;
  int blocks;
  int slots; // rows that have a support
  int groups;
  int segments;

  int[] blockSlot = new int[2]; // [blocks + 1] first slot of a block
  int[] blockGroup = new int[2];
  int[] blockEvent = new int[2];

  int[] rowOf = new int[0]; // slot -> row of the problem
  double[] outer = new double[0]; // slot -> size of its outer entries
  double[] scale = new double[0]; // slot -> scaled row over row
  int[] groupFrom = new int[0]; // slot -> groups of its block whose columns can have the row:
  int[] groupTo = new int[0]; // .. from this number to before that one

  int[] eventSlot = new int[0]; // row, numbered inside its block, whose entry changes
  double[] eventDelta = new double[0]; // by how much
  int[] eventGroup = new int[0]; // the first group, by number, whose column has that change

  int words; // how many words one of the two masks of a group has
  int[] groupEvents = new int[0]; // how far the events lead to the column of a group
  int[] groupSize = new int[0]; // number of positions
  int[] groupFirst = new int[0]; // its first position
  long[] masks = new long[0]; // per group: words of inner bits, then words of outer bits

  int[] segmentStart = new int[0];
  int[] segmentEnd = new int[0];
  int[] segmentGroup = new int[0];

  private final CutChains chains = new CutChains();
  private int events;
  private int firstSegment; // of the block
  private int[] slotOf = new int[0]; // row -> its slot
  private int[] kinds = new int[0]; // slot -> two bits for what is before each cut, and at the end
  private double[] entries = new double[0]; // slot -> its entries by kind, four places each
  private int[] table = new int[0]; // groups by the hash of their masks, -1 none
  private int places; // of the table, a power of two
  private long[] current = new long[0]; // masks at the position of the sweep
  private long hash; // of the current masks

  void build(LinProProblem problem) {
    length = problem.length();
    reserve(problem.rows());
    chains.build(problem);
    int most = problem.rows() <= 64 ? problem.rows() : chains.largestBlock();
    words = (most + 63) >> 6;
    if (current.length < 2 * words) {
      current = new long[2 * words];
    }
    sweep(problem);
  }

  private void reserve(int rows) {
    int cuts = 4 * rows;
    if (eventSlot.length < cuts) {
      eventSlot = new int[cuts];
      eventDelta = new double[cuts];
      eventGroup = new int[cuts];
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
      kinds = new int[rows];
      entries = new double[cuts];
      groupFrom = new int[rows];
      groupTo = new int[rows];
      blockSlot = new int[rows + 1];
      blockGroup = new int[rows + 1];
      blockEvent = new int[rows + 1];
    }
    places = Integer.highestOneBit(2 * cuts) << 1;
    if (table.length < places) {
      table = new int[places];
    }
  }

  private void sweep(LinProProblem problem) {
    blocks = 0;
    slots = 0;
    events = 0;
    groups = 0;
    segments = 0;
    firstSegment = 0;
    hash = 0;
    Arrays.fill(current, 0, 2 * words, 0);
    Arrays.fill(table, 0, places, -1);
    int open = 0; // rows
    for (int position = chains.first(); position >= 0; position = chains.after(position)) {
      int before = events;
      for (int cut = chains.head[position]; cut >= 0; cut = chains.next[cut]) {
        int k = cut & 3;
        if (k == 0) {
          beginRow(problem, cut >> 2);
          open++;
        }
        emit(cut >> 2, k);
        if (k == 3 && --open == 0) {
          endSegment(position);
          endBlock();
          before = events;
        }
      }
      if (events > before) {
        endSegment(position);
        beginSegment(position);
      }
    }
    chains.clear();
  }

  private void endBlock() {
    blocks++;
    blockSlot[blocks] = slots;
    blockEvent[blocks] = events;
    blockGroup[blocks] = groups;
    firstSegment = segments;
    hash = blocks * SALT; // else blocks of the same form would all meet in the table
  }

  /** Ends the last segment of the block, if it has one yet. */
  private void endSegment(int position) {
    int last = segments - 1;
    if (last >= firstSegment) {
      segmentEnd[last] = position;
      groupSize[segmentGroup[last]] += position - segmentStart[last];
    }
  }

  private void beginSegment(int position) {
    segmentStart[segments] = position;
    segmentGroup[segments] = find(position);
    segments++;
  }

  private void beginRow(LinProProblem problem, int row) {
    int inner = problem.innerCount(row);
    int around = problem.outerCount(row);
    boolean unit = problem.weighting() == Weighting.UNIT;
    double q = unit || inner == 0 || around == 0 ? 1 : (double) inner / around;
    rowOf[slots] = row;
    slotOf[row] = slots;
    groupFrom[slots] = groups - blockGroup[blocks];
    outer[slots] = q;
    scale[slots] = unit ? 1 : inner == 0 ? around : inner;
    int[] cuts = problem.cuts();
    int at = 4 * row;
    kinds[slots] =
        (cuts[at] < cuts[at + 1] ? OUTER << 2 : 0)
            | (inner > 0 ? INNER << 4 : 0)
            | (cuts[at + 2] < cuts[at + 3] ? OUTER << 6 : 0);
    entries[4 * slots] = 0;
    entries[4 * slots + OUTER] = -q;
    entries[4 * slots + INNER] = 1;
    slots++;
  }

  /**
   * Notes how the entry of a row changes at one of its cuts. Branches would be as good as random
   * here, so there are none: what is no change is overwritten by the next event.
   */
  private void emit(int row, int k) {
    int s = slotOf[row];
    int slot = s - blockSlot[blocks];
    int around = kinds[s] >> (2 * k);
    int before = around & 3;
    int after = (around >> 2) & 3;
    int group = groups - blockGroup[blocks];
    groupTo[s] = group;
    eventSlot[events] = slot;
    eventDelta[events] = entries[4 * s + after] - entries[4 * s + before];
    eventGroup[events] = group;
    int toggle = before ^ after;
    // An empty range between two cuts is skipped: its two changes fall on one position.
    events += (toggle | (toggle >> 1)) & 1;
    long inner = toggle >> 1; // 1 or 0
    long outside = toggle & 1;
    current[slot >> 6] ^= inner << slot;
    current[words + (slot >> 6)] ^= outside << slot;
    hash ^= (inner * (2 * slot + 1) * HASH) ^ (outside * (2 * slot + 2) * HASH);
  }

  /** The group of the block whose masks are the current ones, a new one if there is none. */
  private int find(int position) {
    int place = (int) ((hash * HASH) >>> 32) & (places - 1);
    while (table[place] >= 0) {
      int group = table[place];
      if (group >= blockGroup[blocks] && isCurrent(group)) {
        return group;
      }
      place = (place + 1) & (places - 1);
    }
    table[place] = groups;
    groupEvents[groups] = events;
    groupSize[groups] = 0;
    groupFirst[groups] = position;
    int from = maskStart(groups);
    if (masks.length < from + 2 * words) {
      masks = Arrays.copyOf(masks, Math.max(2 * masks.length, from + 2 * words));
    }
    masks[from] = current[0];
    masks[from + words] = current[words];
    for (int w = 1; w < words; w++) { // seldom
      masks[from + w] = current[w];
      masks[from + words + w] = current[words + w];
    }
    return groups++;
  }

  private boolean isCurrent(int group) {
    int from = maskStart(group);
    if (masks[from] != current[0] || masks[from + words] != current[words]) {
      return false;
    }
    for (int w = 1; w < words; w++) { // seldom
      if (masks[from + w] != current[w] || masks[from + words + w] != current[words + w]) {
        return false;
      }
    }
    return true;
  }

  /** Where the masks of a group begin. */
  int maskStart(int group) {
    return 2 * words * group;
  }

  /** Adds a multiple of the column of a group to {@code v}, a vector over the rows of its block. */
  void addColumn(int block, int group, double factor, double[] v) {
    int from = maskStart(group);
    int slot0 = blockSlot[block];
    for (int w = 0; w < words; w++) {
      long inner = masks[from + w];
      for (long bits = inner | masks[from + words + w]; bits != 0; bits &= bits - 1) {
        int bit = Long.numberOfTrailingZeros(bits);
        int i = (w << 6) + bit;
        v[i] += factor * entries[4 * (slot0 + i) + OUTER + (int) ((inner >>> bit) & 1)];
      }
    }
  }

  /** The same into the terms of a sum of columns of an inverse, in the order of rows. */
  void addTerms(int block, int group, double factor, BasisInverse inverse) {
    int from = maskStart(group);
    int slot0 = blockSlot[block];
    inverse.clearTerms();
    for (int w = 0; w < words; w++) {
      long inner = masks[from + w];
      for (long bits = inner | masks[from + words + w]; bits != 0; bits &= bits - 1) {
        int bit = Long.numberOfTrailingZeros(bits);
        int i = (w << 6) + bit;
        int kind = OUTER + (int) ((inner >>> bit) & 1);
        inverse.addTerm(i, factor * entries[4 * (slot0 + i) + kind]);
      }
    }
  }

  /** The product of the column of a group with a vector over the rows of its block. */
  double dotColumn(int block, int group, double[] v) {
    int from = maskStart(group);
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
    if (from >= to) {
      return;
    }
    int group0 = blockGroup[block];
    int[] slot = eventSlot;
    int[] group = eventGroup;
    double[] delta = eventDelta;
    int event = from == 0 ? blockEvent[block] : groupEvents[group0 + from - 1];
    int end = groupEvents[group0 + to - 1];
    double sum = 0;
    for (; event < end; event++) {
      sum += delta[event] * v[slot[event]];
      out[group[event]] = sum; // the last change that leads to a group writes last
    }
  }
}
