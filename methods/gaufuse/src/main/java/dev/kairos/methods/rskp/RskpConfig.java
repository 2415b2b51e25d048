// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.rskp;

import dev.kairos.methods.proposal.CandidateRule;
import dev.kairos.methods.proposal.FusionTemplate;
import dev.kairos.methods.proposal.InstanceFusion;
import dev.kairos.methods.proposal.RuleProposals;
import dev.kairos.methods.settings.ProposalSettings;
import dev.kairos.methods.settings.Settings;

/**
 * The hyperparameters of RSKP; defaults are those of the published code for THUMOS14.
 *
 * @param network its sizes and constants
 * @param weights of the losses
 * @param batch recordings whose gradients add up to a step
 * @param epochs of training
 * @param learningRate of Adam
 * @param weightDecay L2, added to the gradient
 * @param memory how snippets of other recordings are remembered
 * @param inference from the network's answer to detections
 */
record RskpConfig(
    RskpNetwork.Options network,
    LossWeights weights,
    int batch,
    int epochs,
    double learningRate,
    double weightDecay,
    Memory memory,
    Inference inference) {

  /**
   * Weights of the losses beside that of the foreground, which is 1.
   *
   * @param background of the class-wise cross-entropy
   * @param attention of the sharpening of attention
   * @param propagation of the loss against propagated scores, before the memory is used and while
   *     labels of snippets are learned
   * @param propagationWithMemory the same in between
   */
  record LossWeights(
      double background, double attention, double propagation, double propagationWithMemory) {}

  /**
   * The memory bank.
   *
   * @param from first epoch that uses it, from 0; it is filled at the end of the epoch before
   * @param slots Q, snippets of a class
   * @param indexBug whether class 0 is read and updated instead of the recording's classes, once
   *     for each of them, as the published code of "Bridging Train-Test Gap in Pseudo Labels" does
   */
  record Memory(int from, int slots, boolean indexBug) {}

  /**
   * From the network's answer to candidates and detections.
   *
   * @param recordingShare share of the original features in the scores of the recording
   * @param snippetShare share of the original features in the scores of snippets
   * @param labelSnippetShare the same where labels are made of the candidates
   * @param attention whether scores of snippets are multiplied by their attention
   * @param proposals from scores to detections
   */
  record Inference(
      double recordingShare,
      double snippetShare,
      double labelSnippetShare,
      boolean attention,
      RuleProposals proposals) {}

  /** Reads every key, with the published value as default. */
  static RskpConfig from(Settings settings) {
    settings.describedBy(RskpConfig.class);
    int max = 1 << 20;
    return new RskpConfig(
        network(settings, max),
        new LossWeights(
            settings.number("weights.background", 0.2, 0, 1e6),
            settings.number("weights.attention", 0.1, 0, 1e6),
            settings.number("weights.propagation", 1, 0, 1e6),
            settings.number("weights.propagationWithMemory", 0.5, 0, 1e6)),
        settings.size("batch", 10, 1, max),
        settings.size("epochs", 200, 0, max),
        settings.number("learningRate", 5e-5, 0, 10),
        settings.number("weightDecay", 5e-4, 0, 10),
        new Memory(
            settings.size("memory.from", 101, 0, max),
            settings.size("memory.slots", 5, 1, max),
            settings.flag("memory.indexBug", false)),
        inference(settings));
  }

  private static RskpNetwork.Options network(Settings settings, int max) {
    RskpNetwork.Options published = RskpNetwork.Options.published(2048);
    return new RskpNetwork.Options(
        settings.size("hidden", published.hidden(), 1, max),
        settings.size("representatives", published.representatives(), 1, 1024),
        settings.size("rounds", published.rounds(), 0, 100),
        settings.number("sharpness", published.sharpness(), 0, 1000),
        settings.number("walk", published.walk(), 0.001, 0.999),
        settings.number("scale", published.scale(), 0.001, 1000),
        settings.number("dropout", published.dropout(), 0, 0.999));
  }

  private static Inference inference(Settings settings) {
    InstanceFusion published =
        new InstanceFusion(
            FusionTemplate.LEADER,
            InstanceFusion.Overlap.COVERAGE,
            0.5,
            InstanceFusion.Logit.INNER,
            InstanceFusion.gaussian().temperature());
    return new Inference(
        settings.number("recordingShare", 0.6, 0, 1),
        settings.number("snippetShare", 0.6, 0, 1),
        settings.number("labelSnippetShare", 0.8, 0, 1),
        settings.flag("useAttention", true),
        new RuleProposals(
            ProposalSettings.rule(settings, CandidateRule.rskp()),
            settings.number("classThreshold", 0.1, 0, 1),
            settings.flag("bestClassIfNone", false),
            ProposalSettings.suppression(settings, published)));
  }
}
