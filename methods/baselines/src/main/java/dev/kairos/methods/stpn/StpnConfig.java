// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.stpn;

import dev.kairos.methods.proposal.CandidateRule;
import dev.kairos.methods.proposal.NonMaximumSuppression;
import dev.kairos.methods.proposal.RuleProposals;
import dev.kairos.methods.settings.ProposalSettings;
import dev.kairos.methods.settings.Settings;

/**
 * The hyperparameters of STPN; defaults are those of the reproduction, which localises as the paper
 * does, for THUMOS14. The embedding and the thresholds of a host were not published.
 *
 * @param streams whether one network looks at all streams
 * @param segments S, snippets a recording is sampled to
 * @param embedding whether a layer goes in front
 * @param hidden H, width of that layer
 * @param dropout after that layer
 * @param attentionHidden width inside the attention module
 * @param sparsity weight of the sum of the attention in the loss
 * @param batch recordings a step
 * @param steps steps of training
 * @param learningRate of Adam
 * @param weightDecay L2, added to the gradient
 * @param proposals how detections are cut
 * @param upsampling positions per snippet, for a single threshold
 * @param threshold at which the weighed activation is cut, for a single threshold
 * @param nmsThreshold overlap beyond which detections of several streams suppress each other, for a
 *     single threshold
 * @param several the classes, and candidates at several thresholds: those of hosts
 */
record StpnConfig(
    Streams streams,
    int segments,
    boolean embedding,
    int hidden,
    double dropout,
    int attentionHidden,
    double sparsity,
    int batch,
    int steps,
    double learningRate,
    double weightDecay,
    Proposals proposals,
    int upsampling,
    double threshold,
    double nmsThreshold,
    RuleProposals several) {
  /** Which networks look at which streams. */
  enum Streams {
    /** One network looks at all. */
    JOINT,
    /** Each stream has a network of its own. */
    APART
  }

  /** How detections are cut. */
  enum Proposals {
    /** At one threshold, as published: there is nothing to suppress in one stream. */
    SINGLE,
    /** At several, as those of hosts. */
    SEVERAL
  }

  /** Reads every key, with its default. */
  static StpnConfig from(Settings settings) {
    settings.describedBy(StpnConfig.class);
    int max = 1 << 20;
    double threshold = settings.number("classThreshold", 0.1, 0, 1);
    boolean bestIfNone = settings.flag("bestClassIfNone", false);
    return new StpnConfig(
        settings.choice("streams", Streams.JOINT),
        settings.size("segments", 400, 1, max),
        settings.flag("embedding", true),
        settings.size("hidden", 2048, 1, max),
        settings.number("dropout", 0.5, 0, 0.999),
        settings.size("attentionHidden", 256, 1, max),
        settings.number("sparsity", 1e-4, 0, 1e6),
        settings.size("batch", 6, 1, max),
        settings.size("steps", 23_000, 0, Integer.MAX_VALUE),
        settings.number("learningRate", 1e-4, 0, 10),
        settings.number("weightDecay", 0, 0, 10),
        settings.choice("proposals", Proposals.SINGLE),
        settings.size("single.upsampling", 24, 1, 1000),
        settings.number("single.threshold", 0.05, 0, 1),
        settings.number("single.nmsThreshold", 0.5, 0, 1),
        new RuleProposals(
            ProposalSettings.rule(settings, CandidateRule.weighed()),
            threshold,
            bestIfNone,
            ProposalSettings.suppression(settings, new NonMaximumSuppression(0.5, false))));
  }
}
