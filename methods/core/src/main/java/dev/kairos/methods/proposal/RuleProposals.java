// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.tal.SnippetGrid;
import java.util.ArrayList;
import java.util.List;

/**
 * Proposals by a {@link CandidateRule}: the classes that pass, the candidates of each in the CAS,
 * and one suppression.
 *
 * @param rule cuts the candidates
 * @param classThreshold smallest score of the recording of a class that is searched for
 * @param bestIfNone whether the best class is searched for where none passes
 * @param suppression what makes one detection of overlapping candidates
 */
public record RuleProposals(
    CandidateRule rule, double classThreshold, boolean bestIfNone, Suppression suppression) {
  /**
   * The detections of a recording, by class and descending score.
   *
   * @param prediction with a {@link Prediction#CAS} of S rows
   * @param grid of the recording's own snippets, on which the rows are spread
   * @param classNames classes in the order of the channels; channels beyond are not looked at
   */
  public List<Detection> detections(
      Prediction prediction, SnippetGrid grid, List<String> classNames) {
    int rows = prediction.curve(Prediction.CAS).snippets();
    SnippetGrid spread = grid.spread(rows);
    List<Detection> detections = new ArrayList<>();
    for (int label : classes(prediction, classNames.size())) {
      detections.addAll(
          suppression.detections(candidates(prediction, label), spread, classNames.get(label)));
    }
    double duration = grid.duration();
    detections.replaceAll(d -> d.segment().end() > duration ? cut(d, duration) : d);
    return detections;
  }

  /** A candidate ends one snippet behind its run, which may be behind the recording. */
  private static Detection cut(Detection d, double duration) {
    double start = Math.min(d.segment().start(), duration);
    return new Detection(d.label(), new Segment(start, duration), d.score());
  }

  /**
   * The instances of the classes that are searched for, by another suppression.
   *
   * @param classes how many channels may be searched for
   * @param fusion what is made of overlapping candidates
   * @return boundaries in rows of the CAS; scores are contrasts
   */
  public List<Proposal> instances(Prediction prediction, int classes, Suppression fusion) {
    List<Proposal> instances = new ArrayList<>();
    for (int label : classes(prediction, classes)) {
      instances.addAll(fusion.proposals(candidates(prediction, label)));
    }
    return instances;
  }

  /** All candidates of one class, boundaries in rows of the CAS. */
  public List<Proposal> candidates(Prediction prediction, int label) {
    return rule.candidates(prediction.curve(Prediction.CAS).channel(label), label);
  }

  private int[] classes(Prediction prediction, int classes) {
    return ClassSelection.select(prediction.videoScores(), classes, classThreshold, bestIfNone);
  }
}
