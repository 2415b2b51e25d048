// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.wum;

import dev.kairos.methods.proposal.NonMaximumSuppression;
import dev.kairos.methods.proposal.OuterMargin;
import dev.kairos.methods.proposal.ProposalGenerator;
import dev.kairos.methods.proposal.ProposalOptions;
import dev.kairos.methods.settings.ProposalSettings;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.Prediction;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The hyperparameters of WUM; defaults are those of the published code for THUMOS14.
 *
 * @param segments S, snippets a recording is sampled to
 * @param hidden H, width of the features
 * @param dropout before the classifier
 * @param selectionDropout with which a snippet is kept from standing for action or background
 * @param actionDivisor {@code S / actionDivisor} snippets stand for action
 * @param backgroundDivisor {@code S / backgroundDivisor} snippets stand for background
 * @param margin length that features of actions are to have
 * @param alpha weight of the loss on lengths
 * @param beta weight of the loss on the background's scores
 * @param batch recordings a step
 * @param steps steps of training
 * @param learningRate of Adam
 * @param weightDecay L2, added to the gradient
 * @param proposals from CAS to detections
 * @param magnitudeThresholds at which the lengths of features are cut
 */
record WumConfig(
    int segments,
    int hidden,
    double dropout,
    double selectionDropout,
    int actionDivisor,
    int backgroundDivisor,
    double margin,
    double alpha,
    double beta,
    int batch,
    int steps,
    double learningRate,
    double weightDecay,
    ProposalOptions proposals,
    List<Double> magnitudeThresholds) {
  /** The curve of the lengths of features. */
  static final String MAGNITUDE = "magnitude";

  private static final double STEP = 0.025;

  /** Reads every key, with the published value as default. */
  static WumConfig from(Settings settings) {
    settings.describedBy(WumConfig.class);
    int max = 1 << 20;
    return new WumConfig(
        settings.size("segments", 750, 1, max),
        settings.size("hidden", 2048, 1, max),
        settings.number("dropout", 0.7, 0, 0.999),
        settings.number("selectionDropout", 0.7, 0, 0.999),
        settings.size("actionDivisor", 9, 1, max),
        settings.size("backgroundDivisor", 4, 1, max),
        settings.number("margin", 100, 0, 1e6),
        settings.number("alpha", 5e-4, 0, 1e6),
        settings.number("beta", 1, 0, 1e6),
        settings.size("batch", 16, 1, max),
        settings.size("steps", 10_000, 0, Integer.MAX_VALUE),
        settings.number("learningRate", 1e-4, 0, 10),
        settings.number("weightDecay", 5e-4, 0, 10),
        ProposalSettings.read(settings, "activationThresholds", published()),
        settings.numbers("magnitudeThresholds", steps(0.4, 9)));
  }

  private static ProposalOptions published() {
    return new ProposalOptions(
        0.2,
        true,
        24,
        steps(0, 10),
        ProposalOptions.Runs.AT_LEAST,
        OuterMargin.fraction(0.25),
        ProposalOptions.Outer.THRESHOLDED,
        ProposalOptions.ClassWeight.VIDEO_SCORE,
        0.2,
        new NonMaximumSuppression(0.6, true));
  }

  private static List<Double> steps(double start, int count) {
    return IntStream.range(0, count).mapToObj(i -> start + i * STEP).toList();
  }

  /** Cuts the CAS and, after it, the lengths of features; runs are of two positions at least. */
  ProposalGenerator generator() {
    return new ProposalGenerator(
        proposals,
        List.of(Prediction.CAS),
        List.of(new ProposalGenerator.Guide(MAGNITUDE, magnitudeThresholds)),
        2);
  }
}
