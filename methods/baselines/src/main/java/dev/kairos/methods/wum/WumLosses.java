// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.wum;

import dev.kairos.methods.backbone.Shares;
import dev.kairos.nn.loss.Losses;
import dev.kairos.tensor.TensorOps;

/** The losses of WUM on a batch of recordings. */
final class WumLosses {
  /** Keeps the slope of a root finite where a mean feature is 0; its own root is 1e-12. */
  private static final double TINY = 1e-24;

  private WumLosses() {}

  /**
   * The parts and their sum.
   *
   * @param classes cross-entropy of the classes of the recordings
   * @param entropy of the background's scores, which are to be the same for all classes
   * @param uncertainty of lengths: actions are to be longer than a margin, background is to vanish
   * @param total {@code classes + alpha * uncertainty + beta * entropy}
   */
  record Parts<T>(T classes, T entropy, T uncertainty, T total) {}

  /**
   * Computes the losses.
   *
   * @param labels classes that occur, 1 or 0, {@code [B,C]}
   */
  static <T extends TensorOps<T>> Parts<T> of(
      WumNetwork.Output<T> output, T labels, WumConfig config) {
    T classes = Losses.binaryCrossEntropy(output.actionScore(), Shares.of(labels));
    T even = labels.affine(0, 1.0 / labels.shape().size(-1));
    T entropy = Losses.binaryCrossEntropy(output.backgroundScore(), even);
    T missing = length(output.action()).affine(-1, config.margin()).relu();
    T uncertainty = missing.add(length(output.background())).square().mean();
    T total =
        classes.add(uncertainty.multiply(config.alpha())).add(entropy.multiply(config.beta()));
    return new Parts<>(classes, entropy, uncertainty, total);
  }

  /** The length of the mean of features {@code [B,k,H]}: {@code [B]}. */
  private static <T extends TensorOps<T>> T length(T features) {
    return features.mean(false, 1).square().sum(false, -1).add(TINY).sqrt();
  }
}
