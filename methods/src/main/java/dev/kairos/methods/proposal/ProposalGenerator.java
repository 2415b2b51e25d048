// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Interval;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.tal.SnippetGrid;
import java.util.ArrayList;
import java.util.List;

/**
 * From one or more CAS of a video to its detections. For each class that is searched for, each CAS
 * and each threshold: the up-sampled channel is cut into runs, and a run scores its inner-outer
 * contrast plus gamma times the class weight. All proposals of a class then meet in one
 * suppression.
 *
 * <p>The S rows of a CAS are samples of a recording of L snippets; proposals are on the recording's
 * own grid, so a position {@code a} of the up-sampled channel lies at snippet {@code a * L /
 * (upsampling * S)}. A class without a position above a threshold gives no proposal there.
 *
 * <p>Source: BaS-Net, section "Classification and Localization", and its published code.
 *
 * @param options the procedure
 */
public record ProposalGenerator(ProposalOptions options) {

  /**
   * The detections of a video, by class and descending score.
   *
   * @param sequences one or more CAS {@code [S,K]} of the video, K at least the number of classes;
   *     a background channel beyond the classes is not looked at
   * @param videoScores {@code [C]} or longer
   * @param grid how the recording's own L snippets lie in time
   * @param classNames classes in the order of the channels
   */
  public List<Detection> detections(
      List<Cas> sequences, double[] videoScores, SnippetGrid grid, List<String> classNames) {
    int[] classes =
        ClassSelection.select(
            videoScores, classNames.size(), options.classThreshold(), options.bestIfNone());
    NonMaximumSuppression nms =
        new NonMaximumSuppression(options.nmsThreshold(), options.nmsPlusOne());
    List<Detection> detections = new ArrayList<>();
    for (int label : classes) {
      List<Detection> candidates = new ArrayList<>();
      for (Proposal p : candidates(sequences, label, videoScores[label], grid)) {
        Segment segment = new Segment(grid.seconds(p.start()), grid.seconds(p.end()));
        candidates.add(new Detection(classNames.get(label), segment, p.score()));
      }
      detections.addAll(nms.detections(candidates));
    }
    return detections;
  }

  /**
   * All proposals of one class before suppression: CAS by CAS, thresholds in order, runs from left
   * to right.
   *
   * @param sequences one or more CAS {@code [S,K]} of the video
   * @param label class index, below K
   * @param videoScore the video's score of this class
   * @param grid how the recording's own L snippets lie in time
   * @return boundaries in snippets of {@code grid}
   */
  public List<Proposal> candidates(
      List<Cas> sequences, int label, double videoScore, SnippetGrid grid) {
    if (sequences.isEmpty()) {
      throw new IllegalArgumentException("proposals: need at least one CAS");
    }
    double addition =
        switch (options.classWeight()) {
          case ONE -> options.gamma();
          case VIDEO_SCORE -> options.gamma() * videoScore;
        };
    List<Proposal> proposals = new ArrayList<>();
    for (Cas cas : sequences) {
      double[] fine = TimeUpsampling.linear(cas.channel(label), options.upsampling());
      double snippets = (double) grid.length() / fine.length;
      InnerOuterContrast raw = new InnerOuterContrast(fine, options.margin());
      for (double threshold : options.thresholds()) {
        InnerOuterContrast contrast =
            switch (options.outer()) {
              case RAW -> raw;
              case THRESHOLDED ->
                  new InnerOuterContrast(thresholded(fine, threshold), options.margin());
            };
        for (Interval run : ThresholdRuns.atLeast(fine, threshold)) {
          double score = contrast.of(run) + addition;
          proposals.add(new Proposal(label, run.start() * snippets, run.end() * snippets, score));
        }
      }
    }
    return proposals;
  }

  private static double[] thresholded(double[] series, double threshold) {
    double[] kept = series.clone();
    for (int t = 0; t < kept.length; t++) {
      if (kept[t] < threshold) {
        kept[t] = 0;
      }
    }
    return kept;
  }
}
