// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.methods.proposal.ProposalOptions;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.ProposalSettings;
import dev.kairos.methods.settings.Settings;
import java.util.List;

/**
 * The hyperparameters of the stage that gives the initial labels; defaults are the paper's for
 * THUMOS14, and where it is silent those of the published code of BaS-Net.
 *
 * @param segments S, snippets a recording is sampled to
 * @param filterHidden width inside the filtering modules
 * @param hidden width of the CAS modules
 * @param dropout before the classifiers
 * @param topKDivisor the video score is the mean of the {@code S / divisor} largest
 * @param normWeight weight of the sum of foreground weights in the loss
 * @param batch recordings a step
 * @param steps steps of training
 * @param learningRate of Adam
 * @param weightDecay L2, added to the gradient
 * @param alpha weight of the disagreement between the streams
 * @param beta weight of the first stream's disagreement between resolutions
 * @param gamma the same of the second stream
 * @param leastScale least relative length of resampled recordings
 * @param mostScale greatest relative length
 * @param consistency the distance between CAS that should agree
 * @param sharedWeights whether resampled recordings go through the same weights
 * @param resampling the convention of resampling
 * @param sharedMasks whether the resampled pass drops what the full pass dropped
 * @param streamWeights of the streams in fused scores
 * @param proposals from fused CAS to detections
 */
record IlgConfig(
    int segments,
    int filterHidden,
    int hidden,
    double dropout,
    int topKDivisor,
    double normWeight,
    int batch,
    int steps,
    double learningRate,
    double weightDecay,
    double alpha,
    double beta,
    double gamma,
    double leastScale,
    double mostScale,
    Consistency consistency,
    boolean sharedWeights,
    TimeResampling resampling,
    boolean sharedMasks,
    List<Double> streamWeights,
    ProposalOptions proposals) {

  private static final double HALF = 0.5;

  /** Copies the weights of streams. */
  public IlgConfig {
    streamWeights = List.copyOf(streamWeights);
    if (sharedMasks && !sharedWeights) {
      throw new ConfigException(
          "KCONF-003",
          "ilg.sharedMasks=true needs ilg.sharedWeights=true: hidden values of other networks are others",
          "leave one of them as it is");
    }
  }

  /**
   * Reads the keys of the table {@code ilg}, and those it shares with refinement.
   *
   * @throws ConfigException if the scales are in the wrong order, there are not two positive
   *     weights of streams, or masks are to be shared and weights are not
   */
  public static IlgConfig from(Settings settings) {
    int max = 1 << 20;
    double leastScale = settings.number("ilg.leastScale", HALF, 0.01, 100);
    return new IlgConfig(
        settings.size("segments", 750, 1, max),
        settings.size("ilg.filterHidden", 512, 1, max),
        settings.size("ilg.hidden", 2048, 1, max),
        settings.number("ilg.dropout", 0.7, 0, 0.999),
        settings.size("topKDivisor", 8, 1, max),
        settings.number("ilg.normWeight", 1e-4, 0, 1e6),
        settings.size("ilg.batch", 16, 1, max),
        settings.size("ilg.steps", 1500, 0, Integer.MAX_VALUE),
        settings.number("ilg.learningRate", 1e-4, 0, 10),
        settings.number("ilg.weightDecay", 5e-4, 0, 10),
        settings.number("ilg.alpha", HALF, 0, 1e6),
        settings.number("ilg.beta", HALF, 0, 1e6),
        settings.number("ilg.gamma", HALF, 0, 1e6),
        leastScale,
        settings.number("ilg.mostScale", Math.max(2, leastScale), leastScale, 100),
        new Consistency(
            settings.choice("ilg.consistencyReduction", "mean", "mean", "sum").equals("sum"),
            settings.choice("ilg.consistencyOn", Consistency.On.LOGITS)),
        settings.flag("ilg.sharedWeights", true),
        settings.choice("ilg.resampling", TimeResampling.HALF_PIXEL),
        settings.flag("ilg.sharedMasks", false),
        streamWeights(settings),
        ProposalSettings.read(settings, "ilg.activationThresholds", ProposalOptions.basnet()));
  }

  private static List<Double> streamWeights(Settings settings) {
    List<Double> weights = settings.numbers("streamWeights", List.of(1.0, 1.5));
    if (weights.size() != IlgModel.STREAMS
        || !weights.stream().allMatch(weight -> weight > 0 && Double.isFinite(weight))) {
      throw new ConfigException(
          "KCONF-003",
          "streamWeights must give each of two streams a positive number: " + weights,
          null);
    }
    return weights;
  }

  /** k, the number of largest values whose mean is the video score. */
  public int topK() {
    return Math.max(1, segments / topKDivisor);
  }

  /** The loss of a step. */
  public IlgLosses losses() {
    return new IlgLosses(
        topK(), normWeight, alpha, beta, gamma, consistency, resampling, sharedMasks);
  }
}
