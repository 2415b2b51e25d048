// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import java.util.Arrays;

/**
 * The positions of the largest of some numbers, by selection: Hoare's FIND on one {@code long} a
 * number, which joins number and position so that no two are equal. Only what is found is sorted.
 */
final class QuickSelect {
  /** So few are sorted by the library, which then needs no place of its own. */
  private static final int FEW = 40;

  private long[] keys = new long[0];

  /**
   * {@code out[i * os]} becomes the position of the i-th largest of {@code x[j * xs]}, lower
   * position first among equals; NaN is the largest number.
   */
  void find(float[] x, int from, int xs, int n, int k, int[] out, int to, int os) {
    if (keys.length < n) {
      keys = new long[n];
    }
    for (int j = 0; j < n; j++) {
      keys[j] = key(x[from + j * xs], j);
    }
    select(n, k);
    sort(0, k, rounds(k));
    for (int i = 0; i < k; i++) {
      out[to + i * os] = (int) keys[i] & Integer.MAX_VALUE;
    }
  }

  /** Ascending keys are descending numbers, then ascending positions; no key is negative. */
  private static long key(float value, int position) {
    int bits = Float.floatToIntBits(value + 0f);
    int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    return ((~ascending ^ Integer.MIN_VALUE) & 0xFFFFFFFFL) << 31 | position;
  }

  /** Brings the k smallest keys to the front. */
  private void select(int n, int k) {
    int from = 0;
    int to = n;
    int rounds = rounds(n);
    while (from < k && k < to) {
      if (to - from <= FEW || rounds-- == 0) {
        Arrays.sort(keys, from, to);
        return;
      }
      int split = partition(from, to);
      if (split <= k) {
        from = split;
      } else {
        to = split;
      }
    }
  }

  /** Unlucky pivots end in the library's sort: the work stays below n log n. */
  private static int rounds(int n) {
    return 2 * (32 - Integer.numberOfLeadingZeros(n));
  }

  private void sort(int first, int end, int rounds) {
    int from = first;
    int to = end;
    int left = rounds;
    while (to - from > FEW && left-- > 0) {
      int split = partition(from, to);
      if (split - from < to - split) {
        sort(from, split, left);
        from = split;
      } else {
        sort(split, to, left);
        to = split;
      }
    }
    Arrays.sort(keys, from, to);
  }

  private static long median(long a, long b, long c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  /** Brings the keys below a pivot to the front, without a branch; gives where they end. */
  private int partition(int from, int to) {
    long[] a = keys;
    long pivot = median(a[from], a[(from + to) >>> 1], a[to - 1]);
    int end = from;
    for (int i = from; i < to; i++) {
      long key = a[i];
      a[i] = a[end];
      a[end] = key;
      end += (int) ((key - pivot) >>> 63);
    }
    return end;
  }
}
