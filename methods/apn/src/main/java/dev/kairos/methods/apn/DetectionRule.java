// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.methods.proposal.InstanceFusion;
import dev.kairos.methods.proposal.NonMaximumSuppression;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.tal.SnippetGrid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * From scored proposals to detections: class by class what overlaps too much goes, and the best of
 * a recording stay. Overlaps are those of snippets: in seconds about 40 % of pairs that overlap by
 * exactly one half come out below.
 *
 * @param suppression of the proposals of one class
 * @param most detections of a recording
 */
record DetectionRule(PerClass suppression, int most) {
  /** What is left of the proposals of one class, which come in the order of first and last. */
  @FunctionalInterface
  interface PerClass {
    /**
     * What is left.
     *
     * @param duration of the recording in snippets
     */
    List<Proposal> of(List<Proposal> candidates, double duration);
  }

  /** Hard suppression; of equal scores the earlier stays. */
  static PerClass hard(NonMaximumSuppression hard) {
    return (candidates, duration) -> {
      List<Proposal> later = new ArrayList<>(candidates);
      Collections.reverse(later); // of equals it takes the last
      return hard.proposals(later);
    };
  }

  /** Soft suppression. */
  static PerClass soft(SoftSuppression soft) {
    return soft::of;
  }

  /** Overlapping proposals become one. */
  static PerClass fused(InstanceFusion fusion) {
    return (candidates, duration) -> fusion.proposals(candidates);
  }

  /**
   * What is left of the proposals of one class, in the order that the suppression gives.
   *
   * @param proposals of all classes, on whole snippets, in the order of first and last snippet
   * @param duration of the recording in snippets
   */
  List<Proposal> ofClass(List<Proposal> proposals, int label, double duration) {
    return suppression.of(proposals.stream().filter(p -> p.label() == label).toList(), duration);
  }

  /**
   * The detections by descending score, of equals the earlier, then the shorter, then the smaller
   * class.
   *
   * @param proposals as in {@link #ofClass}
   * @param grid of the proposals' snippets; detections are cut where it or the recording ends
   * @param classes names
   */
  List<Detection> detections(List<Proposal> proposals, SnippetGrid grid, List<String> classes) {
    List<Proposal> left = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      left.addAll(ofClass(proposals, c, grid.rows()));
    }
    left.sort(
        Comparator.comparingDouble(Proposal::score)
            .reversed()
            .thenComparingDouble(Proposal::start)
            .thenComparingDouble(Proposal::end)
            .thenComparingInt(Proposal::label));
    List<Detection> detections = new ArrayList<>();
    for (Proposal p : left.subList(0, Math.min(most, left.size()))) {
      double start = grid.seconds(Math.min(p.start(), grid.length()));
      double end = grid.seconds(Math.min(p.end(), grid.length()));
      if (start < end) {
        detections.add(new Detection(classes.get(p.label()), new Segment(start, end), p.score()));
      }
    }
    return detections;
  }
}
