// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.plain;

import dev.kairos.methods.proposal.NonMaximumSuppression;
import dev.kairos.methods.proposal.OuterMargin;
import dev.kairos.methods.proposal.ProposalOptions;
import dev.kairos.methods.settings.ProposalSettings;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.HeldOut;
import java.util.List;

/**
 * The hyperparameters of the baseline. Where a default differs between kinds of labels, it follows
 * {@code supervision}.
 *
 * @param supervision what is learned from
 * @param segments most snippets of a recording that are looked at
 * @param hidden width between the two layers
 * @param reach snippets to either side that each layer looks at
 * @param dropout before the second layer
 * @param topKDivisor a class's score for the recording is the mean of its {@code S / divisor}
 *     largest logits
 * @param clipWeight weight of the loss on recordings
 * @param growThreshold points: score down to which an action reaches from its mark
 * @param growWeight points: weight of snippets reached in that way
 * @param backgroundThreshold points: score below which a snippet is taken for background
 * @param backgroundWeight points: weight of those snippets
 * @param absentWeight points: weight of classes that cannot occur between two marks
 * @param pointRadius points: snippets beside a mark that are never taken for background
 * @param batch recordings a step
 * @param steps steps of training
 * @param learningRate of Adam at the beginning
 * @param weightDecay L2, added to the gradient
 * @param refinement positions per snippet at which proposals may begin and end
 * @param heldOut what is not learned from but scored, and when; nothing by default
 * @param proposals from probabilities to detections
 */
record PlainConfig(
    Supervision supervision,
    int segments,
    int hidden,
    int reach,
    double dropout,
    int topKDivisor,
    double clipWeight,
    double growThreshold,
    double growWeight,
    double backgroundThreshold,
    double backgroundWeight,
    double absentWeight,
    int pointRadius,
    int batch,
    int steps,
    double learningRate,
    double weightDecay,
    int refinement,
    HeldOut.Options heldOut,
    ProposalOptions proposals) {

  /** Reads every key. */
  public static PlainConfig from(Settings settings) {
    int max = 1 << 20;
    Supervision supervision = settings.choice("supervision", Supervision.CLIP);
    boolean clip = supervision == Supervision.CLIP;
    return new PlainConfig(
        supervision,
        settings.size("segments", 750, 1, max),
        settings.size("hidden", 256, 1, max),
        settings.size("reach", clip ? 2 : 3, 0, 100),
        settings.number("dropout", 0.5, 0, 0.999),
        settings.size("topKDivisor", clip ? 8 : 16, 1, max),
        settings.number("clipWeight", clip ? 1 : 0, clip ? 1e-6 : 0, 1e6),
        settings.number("growThreshold", 0.9, 0, 1),
        settings.number("growWeight", 1, 0, 1e6),
        settings.number("backgroundThreshold", 0.3, 0, 1),
        settings.number("backgroundWeight", 1, 0, 1e6),
        settings.number("absentWeight", 1, 0, 1e6),
        settings.size("pointRadius", 2, 0, max),
        settings.size("batch", 16, 1, max),
        settings.size("steps", 1000, 0, Integer.MAX_VALUE),
        settings.number("learningRate", 1e-3, 0, 10),
        settings.number("weightDecay", 5e-4, 0, 10),
        settings.size("refinement", 4, 1, 1000),
        HeldOut.Options.read(settings, HeldOut.Options.never()),
        proposals(settings));
  }

  private static ProposalOptions proposals(Settings settings) {
    return new ProposalOptions(
        settings.number("classThreshold", 0.02, 0, 1),
        settings.flag("bestClassIfNone", true),
        1,
        settings.numbers("activationThresholds", List.of(0.01, 0.02, 0.05, 0.1, 0.2)),
        settings.choice("runs", ProposalOptions.Runs.AT_LEAST),
        ProposalSettings.margin(settings, OuterMargin.fraction(0.25)),
        ProposalOptions.Outer.RAW,
        ProposalOptions.ClassWeight.VIDEO_SCORE,
        settings.number("classWeight", 0.1, 0, 100),
        ProposalSettings.suppression(settings, new NonMaximumSuppression(0.5, false)));
  }

  /** k, the number of largest logits whose mean is the recording's. */
  public int topK(int snippets) {
    return Math.max(1, snippets / topKDivisor);
  }
}
