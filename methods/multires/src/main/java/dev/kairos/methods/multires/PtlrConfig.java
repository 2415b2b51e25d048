// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.methods.multires.LowResolution.RowLabel;
import dev.kairos.methods.multires.LowResolution.Upsampling;
import dev.kairos.methods.proposal.ProposalOptions;
import dev.kairos.methods.pseudolabel.ThresholdLabels;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.ProposalSettings;
import dev.kairos.methods.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The hyperparameters of progressive temporal label refinement; defaults are the paper's for
 * THUMOS14.
 *
 * @param networks which networks are trained: both in turn, or one on its own last labels
 * @param segments S, snippets a recording is sampled to
 * @param hidden width of all hidden layers
 * @param leak slope of their activation below 0; the paper's is not given, 0 is ReLU
 * @param dropout before the classifiers
 * @param scales M, branches of Network-RTS
 * @param rounds N, how often each network is trained; the paper calls a round a stage
 * @param thetas threshold of new labels in each round, at least N
 * @param steps steps of one stage
 * @param batch recordings a step
 * @param learningRate of Adam
 * @param weightDecay L2, added to the gradient
 * @param selectedMean what the loss is a mean of
 * @param lowResolution how the rows of Network-RTS are paired with snippets
 * @param labelNormalisation how probabilities become the scores of which new labels are made
 * @param thresholdOf what the thresholds are shares of
 * @param restrictToVideoLabels whether new labels keep to the classes of the recording
 * @param reinitEachStage whether each stage begins from fresh weights
 * @param topKDivisor the video score is the mean of the {@code S / divisor} largest
 * @param proposals from CAS to detections
 */
record PtlrConfig(
    Networks networks,
    int segments,
    int hidden,
    double leak,
    double dropout,
    int scales,
    int rounds,
    List<Double> thetas,
    int steps,
    int batch,
    double learningRate,
    double weightDecay,
    SelectedMean selectedMean,
    LowResolution lowResolution,
    ThresholdLabels.Normalisation labelNormalisation,
    ThresholdLabels.ThresholdOf thresholdOf,
    boolean restrictToVideoLabels,
    boolean reinitEachStage,
    int topKDivisor,
    ProposalOptions proposals) {

  private static final List<Double> THETAS = List.of(0.70, 0.65, 0.60, 0.55);

  /** Which of the two networks. */
  public enum Networks {
    /** Network-OTS alone, at the original temporal scale. */
    OTS,
    /** Network-RTS alone, at reduced temporal scales. */
    RTS,
    /** Both. */
    BOTH;

    /** Whether Network-OTS is among them. */
    public boolean ots() {
      return this != RTS;
    }

    /** Whether Network-RTS is among them. */
    public boolean rts() {
      return this != OTS;
    }
  }

  /**
   * One stage of the run: the training of one network, and the labelling after it.
   *
   * @param round n, from 1
   * @param network the one trained; never {@link Networks#BOTH}
   * @param theta threshold of the labels it gives
   */
  public record RefinementStage(int round, Networks network, double theta) {
    /** For example {@code ptlr2-rts}. */
    public String name() {
      return "ptlr" + round + "-" + network.name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies the thresholds. */
  public PtlrConfig {
    thetas = List.copyOf(thetas);
  }

  /**
   * Reads the keys of the table {@code ptlr}, and those it shares with the initial labels and
   * proposals.
   *
   * @throws ConfigException if there are fewer thresholds than rounds, or one is not in (0, 1]
   */
  public static PtlrConfig from(Settings settings) {
    int max = 1 << 20;
    int rounds = settings.size("ptlr.stages", 3, 1, 1000);
    return new PtlrConfig(
        settings.choice("ptlr.networks", Networks.BOTH),
        settings.size("segments", 750, 1, max),
        settings.size("ptlr.hidden", 512, 1, max),
        settings.number("ptlr.leak", 0, 0, 1),
        settings.number("ptlr.dropout", 0.7, 0, 0.999),
        settings.size("ptlr.scales", 3, 1, 20),
        rounds,
        thetas(settings, rounds),
        settings.size("ptlr.steps", 500, 0, Integer.MAX_VALUE),
        settings.size("ptlr.batch", 16, 1, max),
        settings.number("ptlr.learningRate", 1e-3, 0, 10),
        settings.number("ptlr.weightDecay", 5e-4, 0, 10),
        settings.choice("ptlr.selectedMean", SelectedMean.BATCH),
        new LowResolution(
            settings.choice("ptlr.lowLabels", RowLabel.FIRST),
            settings.choice("ptlr.upsample", Upsampling.REPEAT)),
        settings.choice("ptlr.labelNormalisation", ThresholdLabels.Normalisation.NONE),
        settings.choice("ptlr.thresholdOf", ThresholdLabels.ThresholdOf.ONE),
        settings.flag("restrictToVideoLabels", true),
        settings.flag("ptlr.reinitEachStage", false),
        settings.size("topKDivisor", 8, 1, max),
        ProposalSettings.read(settings, "ptlr.activationThresholds", ProposalOptions.ptlr()));
  }

  private static List<Double> thetas(Settings settings, int rounds) {
    List<Double> thetas = settings.numbers("ptlr.thetas", THETAS);
    if (thetas.size() < rounds || !thetas.stream().allMatch(theta -> theta > 0 && theta <= 1)) {
      throw new ConfigException(
          "KCONF-003",
          "ptlr.thetas must give each of " + rounds + " stages a number in (0, 1]: " + thetas,
          null);
    }
    return thetas;
  }

  /** The loss of a step. */
  public PtlrLosses losses() {
    return new PtlrLosses(selectedMean, lowResolution);
  }

  /**
   * What makes the labels of a stage.
   *
   * @param theta its threshold
   */
  public ThresholdLabels labeller(double theta) {
    return new ThresholdLabels(theta, restrictToVideoLabels, labelNormalisation, thresholdOf);
  }

  /** All stages in order (Algorithm 1): the networks in turn, OTS first, N times. */
  public List<RefinementStage> refinementStages() {
    List<RefinementStage> stages = new ArrayList<>();
    for (int n = 1; n <= rounds; n++) {
      double theta = thetas.get(n - 1);
      if (networks.ots()) {
        stages.add(new RefinementStage(n, Networks.OTS, theta));
      }
      if (networks.rts()) {
        stages.add(new RefinementStage(n, Networks.RTS, theta));
      }
    }
    return stages;
  }
}
