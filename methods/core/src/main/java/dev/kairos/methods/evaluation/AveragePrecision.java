// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

/** Interpolated average precision of one ranked list. */
final class AveragePrecision {
  private AveragePrecision() {}

  /**
   * The area under the precision-recall curve whose precision is made non-increasing from the
   * right. Recall grows by {@code 1 / instances} at every hit and nowhere else, so the area is the
   * sum of the interpolated precisions at the hits, divided by the instances: in this form a
   * perfect ranking gives exactly 1.
   *
   * @param hit for each rank, best first, whether it is a true positive
   * @param instances annotated instances, positive, not fewer than hits
   */
  static double interpolated(boolean[] hit, int instances) {
    int hits = 0;
    for (boolean h : hit) {
      hits += h ? 1 : 0;
    }
    double sum = 0;
    double best = 0;
    for (int rank = hit.length; rank > 0 && hits > 0; rank--) {
      if (hit[rank - 1]) {
        best = Math.max(best, (double) hits / rank);
        sum += best;
        hits--;
      }
    }
    return sum / instances;
  }
}
