// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.settings;

import dev.kairos.methods.proposal.CandidateRule;
import dev.kairos.methods.proposal.InstanceFusion;
import dev.kairos.methods.proposal.NonMaximumSuppression;
import dev.kairos.methods.proposal.OuterMargin;
import dev.kairos.methods.proposal.ProposalOptions;
import dev.kairos.methods.proposal.SoftNms;
import dev.kairos.methods.proposal.Suppression;
import java.util.List;

/** Reads the settings of proposals and suppression, which methods share. */
public final class ProposalSettings {
  private static final String HARD = "nms";
  private static final String SOFT = "soft-nms";
  private static final String FUSION = "fusion";

  private ProposalSettings() {}

  /**
   * Reads the keys, with a published procedure as default.
   *
   * @param thresholds the key of the scores at which runs are cut out, for a method with several
   */
  public static ProposalOptions read(
      Settings settings, String thresholds, ProposalOptions published) {
    return published
        .withClassThreshold(
            settings.number("classThreshold", published.classThreshold(), 0, 1),
            settings.flag("bestClassIfNone", published.bestIfNone()))
        .withUpsampling(settings.size("upsampling", published.upsampling(), 1, 1000))
        .withThresholds(settings.numbers(thresholds, published.thresholds()))
        .withRuns(settings.choice("runs", published.runs()))
        .withScoring(
            margin(settings, published.margin()),
            settings.number("classWeight", published.gamma(), 0, 100))
        .withSuppression(suppression(settings, published.suppression()));
  }

  /**
   * Reads a rule of candidates, with a published one as default.
   *
   * @throws ConfigException if a key is out of range
   */
  public static CandidateRule rule(Settings settings, CandidateRule published) {
    List<Double> thresholds = settings.numbers("activationThresholds", published.thresholds());
    if (thresholds.isEmpty() || !thresholds.stream().allMatch(Double::isFinite)) {
      throw new ConfigException(
          "KCONF-003",
          "activationThresholds needs at least one number, all finite: " + thresholds,
          "leave it out for the published ones");
    }
    return new CandidateRule(
        thresholds,
        margin(settings, published.margin()),
        settings.number("outerWeight", published.outerWeight(), 0, 100),
        settings.size("shortest", published.shortest(), 1, 1 << 20),
        settings.size("upsampling", published.upsampling(), 1, 1000));
  }

  /** Reads how far the surroundings of a run reach. */
  public static OuterMargin margin(Settings settings, OuterMargin published) {
    return new OuterMargin(
        settings.number("outerMargin", published.factor(), 0, 10),
        settings.number("outerMarginExponent", published.exponent(), 0.001, 1));
  }

  /**
   * Reads which suppression is wanted, and its own keys: those of another one are unknown then.
   *
   * @param published what the method does where nothing is said
   */
  public static Suppression suppression(Settings settings, Suppression published) {
    String kind =
        published instanceof InstanceFusion ? FUSION : published instanceof SoftNms ? SOFT : HARD;
    return switch (settings.choice("suppression", kind, HARD, SOFT, FUSION)) {
      case HARD ->
          hard(
              settings,
              published instanceof NonMaximumSuppression own
                  ? own
                  : new NonMaximumSuppression(0.5, false));
      case SOFT -> soft(settings, published instanceof SoftNms own ? own : SoftNms.gaussian());
      default ->
          fusion(
              settings, published instanceof InstanceFusion own ? own : InstanceFusion.gaussian());
    };
  }

  private static Suppression hard(Settings settings, NonMaximumSuppression preset) {
    return new NonMaximumSuppression(
        settings.number("nmsThreshold", preset.threshold(), 0.001, 10),
        settings.flag("nmsPlusOne", preset.plusOne()));
  }

  private static Suppression soft(Settings settings, SoftNms preset) {
    SoftNms.Decay decay = settings.choice("softNms.decay", preset.decay());
    double parameter =
        decay == preset.decay()
            ? preset.parameter()
            : (decay == SoftNms.Decay.LINEAR ? SoftNms.linear() : SoftNms.gaussian()).parameter();
    return new SoftNms(
        decay,
        settings.number("softNms.parameter", parameter, 1e-6, 100),
        settings.number("softNms.floor", preset.floor(), 1e-12, 1));
  }

  private static Suppression fusion(Settings settings, InstanceFusion preset) {
    return new InstanceFusion(
        settings.choice("fusion.template", preset.template()),
        settings.choice("fusion.overlap", preset.overlap()),
        settings.number("fusion.threshold", preset.threshold(), 0, 1),
        settings.choice("fusion.logit", preset.logit()),
        settings.number("fusion.temperature", preset.temperature(), 1e-6, 1e6));
  }
}
