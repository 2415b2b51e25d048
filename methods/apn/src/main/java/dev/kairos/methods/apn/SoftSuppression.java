// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.methods.tal.Proposal;
import java.util.ArrayList;
import java.util.List;

/**
 * Soft suppression with a threshold that rises with length: the remaining proposal with the highest
 * score, the first of equals, is taken, and the score of each other whose tIoU with it is above
 * {@code low + (high - low) * length / duration} falls by the factor {@code exp(-tIoU^2 / sigma)}.
 *
 * <p>Source: BSN, ECCV 2018, section 3.4 and its published code.
 *
 * @param sigma divisor of the decay, positive
 * @param low threshold for a proposal without length
 * @param high threshold for one as long as the recording
 * @param floor it ends when the highest score is below
 * @param most it ends when so many are taken
 */
record SoftSuppression(double sigma, double low, double high, double floor, int most) {
  /** The published constants. */
  static SoftSuppression standard() {
    return new SoftSuppression(0.75, 0.65, 0.9, 0, Integer.MAX_VALUE);
  }

  /**
   * What is left of the proposals of one class, in the order taken.
   *
   * @param duration of the recording in snippets
   */
  List<Proposal> of(List<Proposal> candidates, double duration) {
    double[] score = candidates.stream().mapToDouble(Proposal::score).toArray();
    boolean[] taken = new boolean[score.length];
    List<Proposal> out = new ArrayList<>();
    while (out.size() < Math.min(most, score.length)) {
      int best = -1;
      for (int i = 0; i < score.length; i++) {
        if (!taken[i] && (best < 0 || score[i] > score[best])) {
          best = i;
        }
      }
      if (score[best] < floor) {
        break;
      }
      taken[best] = true;
      Proposal chosen = candidates.get(best);
      out.add(new Proposal(chosen.label(), chosen.start(), chosen.end(), score[best]));
      double share = (chosen.end() - chosen.start()) / duration;
      double threshold = low + (high - low) * share;
      for (int i = 0; i < score.length; i++) {
        double overlap = taken[i] ? 0 : overlap(chosen, candidates.get(i));
        if (!taken[i] && overlap > threshold) {
          score[i] *= Math.exp(-overlap * overlap / sigma);
        }
      }
    }
    return out;
  }

  private static double overlap(Proposal a, Proposal b) {
    return Overlap.of(a.start(), a.end(), b.start(), b.end());
  }
}
