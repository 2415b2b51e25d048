// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import it.unimi.dsi.fastutil.ints.IntArrays;

/**
 * How well the classes of whole recordings are told, without regard to where: for each class the
 * recordings go by descending score, and average precision is the mean, over those in which the
 * class occurs, of the share of such recordings up to there. Classes that occur nowhere are left
 * out of the mean.
 *
 * <p>Source: the published evaluation of W-TALC and its relatives.
 */
public final class ClassificationMeanAveragePrecision {
  private ClassificationMeanAveragePrecision() {}

  /**
   * The mean over classes, as a fraction in [0, 1].
   *
   * @param scores of each recording for each class, {@code [N,C]}; of equal scores the earlier
   *     recording comes first
   * @param occurs whether the class occurs, {@code [N,C]}
   * @throws IllegalArgumentException if sizes disagree, a score is not a number, or no class occurs
   */
  public static double of(double[][] scores, boolean[][] occurs) {
    int classes = scores.length == 0 ? 0 : scores[0].length;
    if (scores.length != occurs.length) {
      throw new IllegalArgumentException(
          "classification: needs labels of as many recordings as scores: "
              + (scores.length + " and " + occurs.length));
    }
    double sum = 0;
    int judged = 0;
    for (int c = 0; c < classes; c++) {
      double precision = averagePrecision(scores, occurs, c);
      if (!Double.isNaN(precision)) {
        sum += precision;
        judged++;
      }
    }
    if (judged == 0) {
      throw new IllegalArgumentException("classification: no class occurs in any recording");
    }
    return sum / judged;
  }

  /** Of one class; NaN if it occurs nowhere. */
  private static double averagePrecision(double[][] scores, boolean[][] occurs, int label) {
    int[] order = new int[scores.length];
    for (int i = 0; i < order.length; i++) {
      if (scores[i].length != scores[0].length || occurs[i].length != scores[0].length) {
        throw new IllegalArgumentException(
            "classification: recording " + i + " has another number of classes than the first");
      }
      if (Double.isNaN(scores[i][label])) {
        throw new IllegalArgumentException(
            "classification: score of recording " + i + ", class " + label + " is not a number");
      }
      order[i] = i;
    }
    IntArrays.stableSort(order, (i, j) -> Double.compare(scores[j][label], scores[i][label]));
    double sum = 0;
    int found = 0;
    for (int rank = 0; rank < order.length; rank++) {
      if (occurs[order[rank]][label]) {
        found++;
        sum += (double) found / (rank + 1);
      }
    }
    return found == 0 ? Double.NaN : sum / found;
  }
}
