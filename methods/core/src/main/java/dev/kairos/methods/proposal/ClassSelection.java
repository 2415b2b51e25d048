// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import dev.kairos.methods.tal.Cas;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Selects the classes that a recording is searched for. */
public final class ClassSelection {
  private ClassSelection() {}

  /**
   * The classes whose video score is at least the threshold, in order.
   *
   * @param videoScores {@code [C]} or longer; what lies beyond {@code classes}, such as background,
   *     is not looked at
   * @param classes C, at least 1
   * @param threshold smallest score that is kept
   * @param bestIfNone whether the single best class (the first of equals) is kept when none passes
   * @throws IllegalArgumentException if there are fewer scores than classes or one is not a number
   */
  public static int[] select(
      double[] videoScores, int classes, double threshold, boolean bestIfNone) {
    if (classes < 1 || videoScores.length < classes) {
      throw new IllegalArgumentException(
          "class selection: needs a score for each of at least one class: "
              + (videoScores.length + " scores, " + classes + " classes"));
    }
    int best = 0;
    for (int c = 0; c < classes; c++) {
      if (Double.isNaN(videoScores[c])) {
        throw new IllegalArgumentException(
            "class selection: score of class " + c + " is not a number");
      }
      best = videoScores[c] > videoScores[best] ? c : best;
    }
    int[] kept = IntStream.range(0, classes).filter(c -> videoScores[c] >= threshold).toArray();
    return kept.length == 0 && bestIfNone ? new int[] {best} : kept;
  }

  /**
   * Video scores from a CAS: for each channel the mean of its k largest values over time.
   *
   * @param cas {@code [T,K]}
   * @param divisor k is {@code floor(T / divisor)}, at least 1
   * @return {@code [K]}
   */
  public static double[] topMean(Cas cas, int divisor) {
    if (divisor < 1) {
      throw new IllegalArgumentException("class selection: divisor must be at least 1: " + divisor);
    }
    int k = Math.max(1, cas.snippets() / divisor);
    double[] scores = new double[cas.channels()];
    for (int c = 0; c < scores.length; c++) {
      double[] series = cas.channel(c);
      Arrays.sort(series);
      double sum = 0;
      for (int i = 1; i <= k; i++) {
        sum += series[series.length - i];
      }
      scores[c] = sum / k;
    }
    return scores;
  }
}
