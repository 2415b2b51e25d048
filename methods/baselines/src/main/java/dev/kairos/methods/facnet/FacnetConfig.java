// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.facnet;

import dev.kairos.methods.proposal.CandidateRule;
import dev.kairos.methods.proposal.FusionTemplate;
import dev.kairos.methods.proposal.InstanceFusion;
import dev.kairos.methods.proposal.OuterMargin;
import dev.kairos.methods.proposal.Suppression;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.ProposalSettings;
import dev.kairos.methods.settings.Settings;
import dev.kairos.nn.optim.Adam;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The hyperparameters of FAC-Net; defaults are those of the published code for THUMOS14.
 *
 * @param hidden H, width of both layers of a stream
 * @param dropout after each layer
 * @param logitScale factor of the cosines of snippets
 * @param pooledScale factor of the cosines of pooled features
 * @param milScale factor of the pooled logits
 * @param temperatures factors of the logits that attention is made of
 * @param agnosticWeight weight of the class-agnostic branch in the loss
 * @param milWeight weight of the pooled logits in the loss
 * @param batch recordings a step, each of its own length
 * @param epochs passes over the recordings
 * @param learningRate of Adam
 * @param adam the other constants of Adam
 * @param classThreshold smallest score of a recording in a stream of a class that is searched for
 * @param bestIfNone whether the best class is searched for where none passes
 * @param rule cuts the candidates of a stream
 * @param firstStreamScale factor of the first stream's scores and thresholds
 * @param suppression of the candidates of one stream
 * @param jointThreshold coverage beyond which candidates of all streams suppress each other
 */
record FacnetConfig(
    int hidden,
    double dropout,
    double logitScale,
    double pooledScale,
    double milScale,
    List<Double> temperatures,
    double agnosticWeight,
    double milWeight,
    int batch,
    int epochs,
    double learningRate,
    Adam.Options adam,
    double classThreshold,
    boolean bestIfNone,
    CandidateRule rule,
    double firstStreamScale,
    Suppression suppression,
    double jointThreshold) {
  /**
   * Reads every key, with the published value as default.
   *
   * @param streams of the data set
   */
  static FacnetConfig from(Settings settings, int streams) {
    settings.describedBy(FacnetConfig.class);
    int max = 1 << 20;
    return new FacnetConfig(
        settings.size("hidden", 1024, 1, max),
        settings.number("dropout", 0.5, 0, 0.999),
        settings.number("logitScale", 5, 1e-3, 1e3),
        settings.number("pooledScale", 10, 1e-3, 1e3),
        settings.number("milScale", 2, 1e-3, 1e3),
        temperatures(settings),
        settings.number("agnosticWeight", 0.1, 0, 1e6),
        settings.number("milWeight", 0.1, 0, 1e6),
        settings.size("batch", 10, 1, max),
        settings.size("epochs", 100, 0, max),
        settings.number("learningRate", 1e-4, 0, 10),
        new Adam.Options(
            0.9,
            settings.number("adamBeta2", 0.99, 0, 0.999999),
            Adam.Options.defaults().epsilon(),
            settings.number("weightDecay", 5e-3, 0, 10),
            false),
        settings.number("classThreshold", 0.1, 0, 1),
        settings.flag("bestClassIfNone", false),
        ProposalSettings.rule(settings, published()),
        settings.number("firstStreamScale", streams == 2 ? 0.1 : 1, 1e-6, 1e6),
        ProposalSettings.suppression(settings, leaders(0.2)),
        settings.number("jointThreshold", 0.9, 0, 1));
  }

  private static List<Double> temperatures(Settings settings) {
    List<Double> found = settings.numbers("temperatures", List.of(1.0, 2.0, 5.0));
    if (found.isEmpty() || !found.stream().allMatch(t -> t > 0 && t <= 1e3)) {
      throw new ConfigException(
          "KCONF-003",
          "temperatures needs at least one number, all in (0, 1000]: " + found,
          "leave it out for the published ones");
    }
    return found;
  }

  private static CandidateRule published() {
    List<Double> thresholds = IntStream.range(0, 5).mapToObj(i -> 0.03 + i * 0.005).toList();
    return new CandidateRule(thresholds, OuterMargin.fraction(0.25), 0.6, 3, 1);
  }

  /** Suppression of what the best candidates cover. */
  static InstanceFusion leaders(double threshold) {
    return new InstanceFusion(
        FusionTemplate.LEADER,
        InstanceFusion.Overlap.COVERAGE,
        threshold,
        InstanceFusion.Logit.INNER,
        0.03);
  }
}
