// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.backbone;

import dev.kairos.nn.loss.Losses;
import dev.kairos.tensor.TensorOps;

/** The losses of BaS-Net (its section "Training"; multires.md section 4). */
public final class BasnetLosses {
  /**
   * The parts and their sum.
   *
   * @param base cross-entropy of the base branch: the recording's classes and background
   * @param suppression cross-entropy of the suppression branch: the classes without background
   * @param norm sum over time of the foreground weights, mean over recordings
   * @param total {@code base + suppression + normWeight * norm}
   */
  public record Parts<T>(T base, T suppression, T norm, T total) {}

  private BasnetLosses() {}

  /**
   * Computes the losses.
   *
   * @param output of both branches
   * @param labels classes that occur, 1 or 0, {@code [B,C]}; a row of zeros has background alone
   * @param k how many largest values make the video score
   */
  public static <T extends TensorOps<T>> Parts<T> of(
      BasnetModel.Output<T> output, T labels, int k, double normWeight) {
    T base =
        Losses.binaryCrossEntropy(
            BasnetModel.videoScore(output.casBase(), k), target(labels, 1)); // [B,K]
    T suppression =
        Losses.binaryCrossEntropy(
            BasnetModel.videoScore(output.casSuppression(), k), target(labels, 0)); // [B,K]
    T norm = output.foreground().abs().sum(false, 1, 2).mean();
    T total = base.add(suppression).add(norm.multiply(normWeight));
    return new Parts<>(base, suppression, norm, total);
  }

  /**
   * The labels with a background entry, scaled to sum 1: {@code [B,C]} to {@code [B,K]}. Zeros stay
   * zeros.
   */
  private static <T extends TensorOps<T>> T target(T labels, double background) {
    return Shares.of(labels.pad(-1, 0, 1, background));
  }
}
