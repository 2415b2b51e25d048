// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.bm;

import dev.kairos.methods.proposal.CandidateRule;
import dev.kairos.methods.proposal.NonMaximumSuppression;
import dev.kairos.methods.proposal.RuleProposals;
import dev.kairos.methods.settings.ProposalSettings;
import dev.kairos.methods.settings.Settings;

/**
 * The hyperparameters of background modelling. No code was published: sizes and weights are those
 * of the specification of the host experiments; batch, steps and suppression are our choice.
 *
 * @param segments S, snippets a recording is sampled to
 * @param attentionHidden width inside the attention module
 * @param backgroundWeight weight of the background's cross-entropy in the loss
 * @param guideWeight weight of the classes' guide of the attention
 * @param clusterWeight weight of the two clusters
 * @param smoothing standard deviation, in snippets, with which the guide is smoothed; 0 for none
 * @param batch recordings a step
 * @param steps steps of training
 * @param learningRate of Adam
 * @param weightDecay L2, added to the gradient
 * @param proposals from weighed class probabilities to detections
 */
record BmConfig(
    int segments,
    int attentionHidden,
    double backgroundWeight,
    double guideWeight,
    double clusterWeight,
    double smoothing,
    int batch,
    int steps,
    double learningRate,
    double weightDecay,
    RuleProposals proposals) {
  /** Reads every key, with its default. */
  static BmConfig from(Settings settings) {
    settings.describedBy(BmConfig.class);
    int max = 1 << 20;
    return new BmConfig(
        settings.size("segments", 400, 1, max),
        settings.size("attentionHidden", 256, 1, max),
        settings.number("backgroundWeight", 0.1, 0, 1e6),
        settings.number("guideWeight", 0.1, 0, 1e6),
        settings.number("clusterWeight", 0.1, 0, 1e6),
        settings.number("smoothing", 1, 0, 100),
        settings.size("batch", 6, 1, max),
        settings.size("steps", 20_000, 0, Integer.MAX_VALUE),
        settings.number("learningRate", 1e-4, 0, 10),
        settings.number("weightDecay", 0, 0, 10),
        new RuleProposals(
            ProposalSettings.rule(settings, CandidateRule.weighed()),
            settings.number("classThreshold", 0.1, 0, 1),
            settings.flag("bestClassIfNone", true),
            ProposalSettings.suppression(settings, new NonMaximumSuppression(0.5, false))));
  }
}
