// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.basnet;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.proposal.ProposalOptions;
import dev.kairos.methods.settings.ProposalSettings;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.EpochOrder;
import org.jspecify.annotations.Nullable;

/**
 * The hyperparameters of BaS-Net; defaults are those of the published code for THUMOS14.
 *
 * @param segments S, snippets a recording is sampled to
 * @param filterHidden width inside the filtering module
 * @param hidden width of the CAS module
 * @param dropout before the classifier
 * @param topKDivisor the video score is the mean of the {@code S / divisor} largest
 * @param normWeight weight of the sum of foreground weights in the loss
 * @param batch recordings a step
 * @param order how a step's recordings are chosen: {@code draws}, anew for each step; {@code
 *     epochs}, each once an epoch, whose last batch is smaller, as the published code has it; or
 *     {@code epochs-carried}, where the next epoch fills that batch
 * @param steps steps of training
 * @param learningRate of Adam
 * @param weightDecay L2, added to the gradient
 * @param branch which branch localises: {@code suppression}, or {@code base} for comparison
 * @param proposals from CAS to detections
 */
record BasnetConfig(
    int segments,
    int filterHidden,
    int hidden,
    double dropout,
    int topKDivisor,
    double normWeight,
    int batch,
    String order,
    int steps,
    double learningRate,
    double weightDecay,
    String branch,
    ProposalOptions proposals) {

  /** Reads every key, with the published value as default. */
  public static BasnetConfig from(Settings settings) {
    settings.describedBy(BasnetConfig.class);
    int max = 1 << 20;
    return new BasnetConfig(
        settings.size("segments", 750, 1, max),
        settings.size("filterHidden", 512, 1, max),
        settings.size("hidden", 2048, 1, max),
        settings.number("dropout", 0.7, 0, 0.999),
        settings.size("topKDivisor", 8, 1, max),
        settings.number("normWeight", 1e-4, 0, 1e6),
        settings.size("batch", 16, 1, max),
        settings.choice("order", "draws", "draws", "epochs", "epochs-carried"),
        settings.size("steps", 1500, 0, Integer.MAX_VALUE),
        settings.number("learningRate", 1e-4, 0, 10),
        settings.number("weightDecay", 5e-4, 0, 10),
        settings.choice("branch", "suppression", "suppression", "base"),
        ProposalSettings.read(settings, "activationThresholds", ProposalOptions.basnet()));
  }

  /** Which of so many recordings each step takes; null where it draws them anew. */
  @Nullable EpochOrder order(int recordings, RandomKey key) {
    if (order.equals("draws")) {
      return null;
    }
    EpochOrder.Rest rest =
        order.equals("epochs") ? EpochOrder.Rest.SMALLER : EpochOrder.Rest.CARRIED;
    return new EpochOrder(recordings, batch, rest, key.child("order"));
  }

  /** k, the number of largest values whose mean is the video score. */
  public int topK() {
    return Math.max(1, segments / topKDivisor);
  }
}
