// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.factor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One triangular matrix as lists: list p holds what pivot p subtracts from the places after it. A
 * solve takes the pivots one after the other, {@code x_p /= d_p}, {@code x_i -= v_i x_p}. For an
 * almost empty right-hand side only the pivots that can be reached are visited, found by
 * depth-first search.
 */
final class Triangle {
  /** Values of this size are noise. */
  static final double DROP = 1e-14;

  private static final double SPARSE_INPUT = 0.05;
  private static final double SPARSE_RESULT = 0.10;

  final int[] start;
  final int[] end;
  int[] index = new int[16];
  double[] value = new double[16];
  int used;

  private final int[] room;
  private final int[] mark;
  private final int[] stack;
  private final int[] next;
  private final int[] reached;
  private int stamp;

  Triangle(int size) {
    start = new int[size];
    end = new int[size];
    room = new int[size];
    mark = new int[size];
    stack = new int[size];
    next = new int[size];
    reached = new int[size];
  }

  /** Forgets all lists. */
  void reset() {
    Arrays.fill(start, 0);
    Arrays.fill(end, 0);
    Arrays.fill(room, 0);
    used = 0;
  }

  /** Begins list p at the end of the store; {@link #append} fills it. */
  void open(int p) {
    start[p] = used;
    end[p] = used;
    room[p] = used;
  }

  /** Adds to the list opened last. */
  void append(int p, int i, double v) {
    grow(1);
    index[used] = i;
    value[used] = v;
    end[p] = ++used;
    room[p] = used;
  }

  /** Makes room for a list of a known length, to be filled by {@link #insert}. */
  void reserve(int p, int length) {
    grow(length);
    start[p] = used;
    end[p] = used;
    used += length;
    room[p] = used;
  }

  /** Adds to any list, which moves to the end of the store if it is full. */
  void insert(int p, int i, double v) {
    if (end[p] == room[p]) {
      int length = end[p] - start[p];
      int wanted = 2 * length + 4;
      grow(wanted);
      System.arraycopy(index, start[p], index, used, length);
      System.arraycopy(value, start[p], value, used, length);
      start[p] = used;
      end[p] = used + length;
      used += wanted;
      room[p] = used;
    }
    index[end[p]] = i;
    value[end[p]] = v;
    end[p]++;
  }

  /** Takes i out of list p. */
  void remove(int p, int i) {
    for (int k = start[p]; k < end[p]; k++) {
      if (index[k] == i) {
        end[p]--;
        index[k] = index[end[p]];
        value[k] = value[end[p]];
        return;
      }
    }
  }

  private void grow(int by) {
    if (used + by > index.length) {
      int size = Math.max(used + by, index.length + index.length / 2);
      index = Arrays.copyOf(index, size);
      value = Arrays.copyOf(value, size);
    }
  }

  /** Whether a solve should look for the pivots it reaches. */
  static boolean sparse(SparseVector x) {
    int size = x.value.length;
    return x.count < SPARSE_INPUT * size && x.expectedDensity < SPARSE_RESULT;
  }

  /**
   * Solves with the pivots in the order given, from {@code first} by {@code step} for {@code n}
   * pivots; negative entries are no pivots. Leaves the list of places unset.
   */
  void solveInOrder(
      int[] order, int first, int step, int n, double @Nullable [] diagonal, SparseVector x) {
    double[] v = x.value;
    for (int k = 0, at = first; k < n; k++, at += step) {
      int p = order[at];
      if (p < 0 || v[p] == 0) {
        continue;
      }
      double pivot = v[p];
      if (Math.abs(pivot) < DROP) {
        v[p] = 0;
        continue;
      }
      if (diagonal != null) {
        pivot /= diagonal[p];
        v[p] = pivot;
      }
      for (int e = start[p], to = end[p]; e < to; e++) {
        v[index[e]] -= value[e] * pivot;
      }
    }
  }

  /** Solves by visiting only what the listed places reach. */
  void solveByReach(double @Nullable [] diagonal, SparseVector x) {
    int top = reach(x);
    double[] v = x.value;
    int n = 0;
    for (int k = top; k < reached.length; k++) {
      int p = reached[k];
      double pivot = v[p];
      if (Math.abs(pivot) < DROP) {
        v[p] = 0;
        continue;
      }
      if (diagonal != null) {
        pivot /= diagonal[p];
        v[p] = pivot;
      }
      x.index[n++] = p;
      for (int e = start[p], to = end[p]; e < to; e++) {
        v[index[e]] -= value[e] * pivot;
      }
    }
    x.count = n;
  }

  /** Fills the end of {@code reached} so that each pivot comes before what it changes. */
  private int reach(SparseVector x) {
    stamp++;
    int top = reached.length;
    for (int k = 0; k < x.count; k++) {
      int root = x.index[k];
      if (mark[root] == stamp) {
        continue;
      }
      int depth = 0;
      stack[0] = root;
      next[0] = start[root];
      mark[root] = stamp;
      while (depth >= 0) {
        int p = stack[depth];
        int e = next[depth];
        int to = end[p];
        while (e < to && mark[index[e]] == stamp) {
          e++;
        }
        if (e < to) {
          next[depth] = e + 1;
          int child = index[e];
          mark[child] = stamp;
          depth++;
          stack[depth] = child;
          next[depth] = start[child];
        } else {
          reached[--top] = p;
          depth--;
        }
      }
    }
    return top;
  }
}
