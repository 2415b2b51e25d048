// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.plain;

import dev.kairos.methods.proposal.NonMaximumSuppression;
import dev.kairos.methods.proposal.OuterMargin;
import dev.kairos.methods.proposal.ProposalOptions;
import dev.kairos.methods.pseudolabel.PointTargets;
import dev.kairos.methods.settings.ProposalSettings;
import dev.kairos.methods.settings.Settings;
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
 * @param pointTargets points: what is guessed from them, and how much it counts
 * @param batch recordings a step
 * @param steps steps of training
 * @param learningRate of Adam at the beginning
 * @param weightDecay L2, added to the gradient
 * @param refinement positions per snippet at which proposals may begin and end
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
    PointTargets.Options pointTargets,
    int batch,
    int steps,
    double learningRate,
    double weightDecay,
    int refinement,
    ProposalOptions proposals) {

  /** Reads every key. */
  public static PlainConfig from(Settings settings) {
    settings.describedBy(PlainConfig.class);
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
        pointTargets(settings, max),
        settings.size("batch", 16, 1, max),
        settings.size("steps", 1000, 0, Integer.MAX_VALUE),
        settings.number("learningRate", 1e-3, 0, 10),
        settings.number("weightDecay", 5e-4, 0, 10),
        settings.size("refinement", 4, 1, 1000),
        proposals(settings));
  }

  private static PointTargets.Options pointTargets(Settings settings, int max) {
    PointTargets.Options standard = PointTargets.Options.standard();
    return new PointTargets.Options(
        settings.number("growThreshold", standard.growThreshold(), 0, 1),
        settings.number("growWeight", standard.growWeight(), 0, 1e6),
        settings.number("backgroundThreshold", standard.backgroundThreshold(), 0, 1),
        settings.number("backgroundWeight", standard.backgroundWeight(), 0, 1e6),
        settings.number("absentWeight", standard.absentWeight(), 0, 1e6),
        settings.size("pointRadius", standard.radius(), 0, max));
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
