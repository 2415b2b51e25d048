// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Interval;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Proposal;
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
 * @param guides curves that are cut too, after each of those that they guide
 * @param shortest runs of fewer positions are left out
 */
public record ProposalGenerator(
    ProposalOptions options, List<String> curves, List<Guide> guides, int shortest) {
  /**
   * A curve of one channel that says where actions of any class may be: its runs are scored by the
   * other curves as they are, without a threshold.
   *
   * @param curve its name; as many rows as the curves it guides
   * @param thresholds at which it is cut
   */
  public record Guide(String curve, List<Double> thresholds) {
    /** Copies the thresholds. */
    public Guide {
      thresholds = List.copyOf(thresholds);
    }
  }

  /** Copies the lists. */
  public ProposalGenerator {
    curves = List.copyOf(curves);
    guides = List.copyOf(guides);
  }

  /** A generator without guides that takes the shortest runs too. */
  public ProposalGenerator(ProposalOptions options, List<String> curves) {
    this(options, curves, List.of(), 1);
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
    List<Detection> detections = new ArrayList<>();
    for (int label : classes) {
      List<Proposal> candidates = candidates(prediction, label, grid);
      detections.addAll(options.suppression().detections(candidates, grid, classNames.get(label)));
    }
    return detections;
  }

  /**
   * The instances of the classes that are searched for, by another suppression.
   *
   * @param prediction its first curve is cut
   * @param classes how many of its channels may be searched for
   * @param fusion what is made of overlapping candidates
   * @return boundaries in rows of the first curve; scores are contrasts alone, without what the
   *     class weight adds
   */
  public List<Proposal> instances(Prediction prediction, int classes, Suppression fusion) {
    SnippetGrid rows = new SnippetGrid(1, 1, prediction.curve(curves.get(0)).snippets());
    int[] labels =
        ClassSelection.select(
            prediction.videoScores(), classes, options.classThreshold(), options.bestIfNone());
    List<Proposal> instances = new ArrayList<>();
    for (int label : labels) {
      double added = addition(prediction, label);
      for (Proposal p : fusion.proposals(candidates(prediction, label, rows))) {
        instances.add(new Proposal(label, p.start(), p.end(), p.score() - added, p.innerMean()));
      }
    }
    return instances;
  }

  private double addition(Prediction prediction, int label) {
    return switch (options.classWeight()) {
      case ONE -> options.gamma();
      case VIDEO_SCORE -> options.gamma() * prediction.videoScores()[label];
    };
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
    double addition = addition(prediction, label);
    List<Proposal> proposals = new ArrayList<>();
    for (String name : curves) {
      double[] fine = fine(prediction.curve(name), label);
      double snippets = (double) grid.length() / fine.length;
      InnerOuterContrast raw = new InnerOuterContrast(fine, options.margin());
      for (double threshold : options.thresholds()) {
        InnerOuterContrast contrast =
            switch (options.outer()) {
              case RAW -> raw;
              case THRESHOLDED ->
                  new InnerOuterContrast(thresholded(fine, threshold), options.margin());
            };
        for (Interval run : runs(fine, threshold)) {
          proposals.add(proposal(label, run, snippets, contrast.of(run) + addition, raw));
        }
      }
      for (Guide guide : guides) {
        double[] guiding = fine(prediction.curve(guide.curve()), 0);
        for (double threshold : guide.thresholds()) {
          for (Interval run : runs(guiding, threshold)) {
            proposals.add(proposal(label, run, snippets, raw.of(run) + addition, raw));
          }
        }
      }
    }
    prediction.proposals().stream().filter(p -> p.label() == label).forEach(proposals::add);
    return proposals;
  }

  private static Proposal proposal(
      int label, Interval run, double snippets, double score, InnerOuterContrast raw) {
    return new Proposal(label, run.start() * snippets, run.end() * snippets, score, raw.inner(run));
  }

  private double[] fine(Cas curve, int channel) {
    return TimeUpsampling.linear(curve.channel(channel), options.upsampling());
  }

  private List<Interval> runs(double[] series, double threshold) {
    List<Interval> runs =
        switch (options.runs()) {
          case AT_LEAST -> ThresholdRuns.atLeast(series, threshold);
          case ABOVE -> ThresholdRuns.above(series, threshold);
        };
    return runs.stream().filter(run -> run.length() >= shortest).toList();
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
