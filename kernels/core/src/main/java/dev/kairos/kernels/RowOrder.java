// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/** The order of the elements of rows of one length: a merge sort of positions, which is stable. */
final class RowOrder {
  private final int n;
  private final boolean descending;
  private final int[] one;
  private final int[] other;

  RowOrder(int n, boolean descending) {
    this.n = n;
    this.descending = descending;
    this.one = new int[n];
    this.other = new int[n];
  }

  /**
   * Writes the positions of a row in the order of its elements.
   *
   * @param x rows of n
   * @param from the first element of the row, and of its result
   */
  void find(double[] x, int from, int[] out) {
    for (int i = 0; i < n; i++) {
      one[i] = i;
    }
    int[] source = one;
    int[] target = other;
    for (int width = 1; width < n; width += Math.min(width, n - width)) {
      for (int start = 0; start < n; start += Math.min(2 * width, n - start)) {
        int middle = start + Math.min(width, n - start);
        merge(x, from, source, start, middle, middle + Math.min(width, n - middle), target);
      }
      int[] sorted = target;
      target = source;
      source = sorted;
    }
    System.arraycopy(source, 0, out, from, n);
  }

  /** Merges the sorted stretches [start, middle) and [middle, end). */
  private void merge(
      double[] x, int from, int[] source, int start, int middle, int end, int[] target) {
    int left = start;
    int right = middle;
    for (int i = start; i < end; i++) {
      boolean takesRight =
          left == middle
              || (right < end && precedes(x[from + source[right]], x[from + source[left]]));
      target[i] = takesRight ? source[right++] : source[left++];
    }
  }

  /** Strictly: equals keep their order, and adding 0.0 makes an equal of -0.0. */
  private boolean precedes(double right, double left) {
    int sign = Double.compare(right + 0.0, left + 0.0);
    return descending ? sign > 0 : sign < 0;
  }
}
