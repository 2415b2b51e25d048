// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Interval;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.tal.SnippetGrid;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes proposals of a prediction, and detections of the proposals. For each class that is searched
 * for, each curve and each threshold: the up-sampled channel is cut into runs, and a run scores its
 * inner-outer contrast plus gamma times the class weight. All proposals of a class, those that the
 * model gave itself last, then meet in one suppression.
 *
 * <p>The S rows of a curve are samples of a recording of L snippets; proposals are on the
 * recording's own grid, so a position {@code a} of the up-sampled channel lies at snippet {@code a
 * * L / (upsampling * S)}. A class without a position above a threshold gives no proposal there.
 *
 * <p>Source: BaS-Net, section "Classification and Localization", and its published code.
 *
 * @param options the procedure
 * @param curves the names of the curves that are cut, in order
 */
public record ProposalGenerator(ProposalOptions options, List<String> curves) {
  /** Copies the names. */
  public ProposalGenerator {
    curves = List.copyOf(curves);
  }

  /** A generator that cuts the class activation sequence. */
  public ProposalGenerator(ProposalOptions options) {
    this(options, List.of(Prediction.CAS));
  }

  /**
   * The detections of a recording, by class and descending score.
   *
   * @param prediction its curves have at least a channel for each class; a background channel
   *     beyond the classes is not looked at
   * @param grid how the recording's own L snippets lie in time
   * @param classNames classes in the order of the channels
   */
  public List<Detection> detections(
      Prediction prediction, SnippetGrid grid, List<String> classNames) {
    double[] videoScores = prediction.videoScores();
    int[] classes =
        ClassSelection.select(
            videoScores, classNames.size(), options.classThreshold(), options.bestIfNone());
    Suppression suppression = options.suppression();
    List<Detection> detections = new ArrayList<>();
    for (int label : classes) {
      List<Proposal> candidates = candidates(prediction, label, grid);
      if (suppression.countsSnippets()) {
        candidates = suppression.proposals(candidates);
      }
      List<Detection> timed = new ArrayList<>(candidates.size());
      for (Proposal p : candidates) {
        Segment segment = new Segment(grid.seconds(p.start()), grid.seconds(p.end()));
        timed.add(new Detection(classNames.get(label), segment, p.score()));
      }
      detections.addAll(suppression.countsSnippets() ? timed : suppression.detections(timed));
    }
    return detections;
  }

  /**
   * All proposals of one class before suppression: curve by curve, thresholds in order, runs from
   * left to right; then those that the model gave itself.
   *
   * @param label class index, below K
   * @param grid how the recording's own L snippets lie in time
   * @return boundaries in snippets of {@code grid}
   */
  public List<Proposal> candidates(Prediction prediction, int label, SnippetGrid grid) {
    double addition =
        switch (options.classWeight()) {
          case ONE -> options.gamma();
          case VIDEO_SCORE -> options.gamma() * prediction.videoScores()[label];
        };
    List<Proposal> proposals = new ArrayList<>();
    for (String name : curves) {
      Cas cas = prediction.curve(name);
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
        List<Interval> runs =
            switch (options.runs()) {
              case AT_LEAST -> ThresholdRuns.atLeast(fine, threshold);
              case ABOVE -> ThresholdRuns.above(fine, threshold);
            };
        for (Interval run : runs) {
          proposals.add(
              new Proposal(
                  label,
                  run.start() * snippets,
                  run.end() * snippets,
                  contrast.of(run) + addition,
                  raw.inner(run)));
        }
      }
    }
    prediction.proposals().stream().filter(p -> p.label() == label).forEach(proposals::add);
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
