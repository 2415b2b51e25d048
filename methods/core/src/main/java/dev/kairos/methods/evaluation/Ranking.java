// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import it.unimi.dsi.fastutil.ints.IntArrays;

/** Orders of indices by descending value. */
final class Ranking {
  private Ranking() {}

  /** Indices by descending value; of equal values the later index comes first. */
  static int[] laterFirst(double[] values) {
    int[] order = identity(values.length);
    IntArrays.quickSort(
        order,
        (i, j) -> {
          int c = Double.compare(values[j], values[i]);
          return c != 0 ? c : Integer.compare(j, i);
        });
    return order;
  }

  /** Indices by descending value; of equal values the earlier index comes first. */
  static int[] earlierFirst(double[] values) {
    int[] order = identity(values.length);
    IntArrays.quickSort(
        order,
        (i, j) -> {
          int c = Double.compare(values[j], values[i]);
          return c != 0 ? c : Integer.compare(i, j);
        });
    return order;
  }

  /**
   * A score that can be ranked, with -0.0 made 0.0 so that the two are equal.
   *
   * @throws IllegalArgumentException if it is not a number
   */
  static double rankable(double score, String label, String recording) {
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException(
          "evaluation: the score of a detection of \""
              + label
              + "\" in \""
              + recording
              + "\" is not a number");
    }
    return score + 0.0;
  }

  private static int[] identity(int length) {
    int[] order = new int[length];
    for (int i = 0; i < length; i++) {
      order[i] = i;
    }
    return order;
  }
}
