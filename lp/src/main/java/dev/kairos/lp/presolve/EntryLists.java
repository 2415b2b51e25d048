// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.presolve;

import java.util.Arrays;

/** The entries of a matrix in one direction: a list for each row, or for each column. */
final class EntryLists {
  final int[] start;
  final int[] end;
  int[] index;
  double[] value;

  private final int[] room;
  private int used;

  /** Lists of given lengths one behind the other, yet empty. */
  EntryLists(int[] lengths) {
    start = new int[lengths.length];
    end = new int[lengths.length];
    room = new int[lengths.length];
    for (int p = 0; p < lengths.length; p++) {
      start[p] = used;
      end[p] = used;
      used += lengths[p];
      room[p] = used;
    }
    index = new int[used];
    value = new double[used];
  }

  /** Adds to a list, which moves behind the others if it has no room left. */
  void add(int p, int i, double v) {
    if (end[p] == room[p]) {
      relocate(p);
    }
    index[end[p]] = i;
    value[end[p]++] = v;
  }

  private void relocate(int p) {
    int length = end[p] - start[p];
    int wanted = 2 * length + 4;
    if (used + wanted > index.length) {
      int size = Math.max(used + wanted, index.length + index.length / 2);
      index = Arrays.copyOf(index, size);
      value = Arrays.copyOf(value, size);
    }
    System.arraycopy(index, start[p], index, used, length);
    System.arraycopy(value, start[p], value, used, length);
    start[p] = used;
    end[p] = used + length;
    used += wanted;
    room[p] = used;
  }

  /** Where i stands in a list that has it. */
  int find(int p, int i) {
    int e = start[p];
    while (index[e] != i) {
      e++;
    }
    return e;
  }

  /** Takes i out of a list that has it; the last of the list takes its place. */
  void remove(int p, int i) {
    int e = find(p, i);
    int last = --end[p];
    index[e] = index[last];
    value[e] = value[last];
  }

  /** What is left of a list, in a copy: all but the members gone and one more, or -1 for none. */
  Copy copy(int p, boolean[] gone, int except) {
    int[] indices = new int[end[p] - start[p]];
    double[] values = new double[indices.length];
    int n = 0;
    for (int e = start[p]; e < end[p]; e++) {
      if (!gone[index[e]] && index[e] != except) {
        indices[n] = index[e];
        values[n++] = value[e];
      }
    }
    return new Copy(Arrays.copyOf(indices, n), Arrays.copyOf(values, n));
  }

  /** A list as it was. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Copy(int[] index, double[] value) {
    /** The sum of the values times those of a vector in the same places. */
    double dot(double[] vector) {
      double sum = 0;
      for (int k = 0; k < index.length; k++) {
        sum += value[k] * vector[index[k]];
      }
      return sum;
    }
  }
}
