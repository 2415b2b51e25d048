// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.stpn;

import dev.kairos.nn.loss.Losses;
import dev.kairos.tensor.TensorOps;

/** The losses of STPN on a batch of recordings. */
final class StpnLosses {
  private StpnLosses() {}

  /**
   * The parts and their sum.
   *
   * @param classes cross-entropy of each class by itself
   * @param sparsity sum over time of the attention, mean over recordings
   * @param total {@code classes + sparsity times its weight}
   */
  record Parts<T>(T classes, T sparsity, T total) {}

  /**
   * Computes the losses.
   *
   * @param labels classes that occur, 1 or 0, {@code [B,C]}
   */
  static <T extends TensorOps<T>> Parts<T> of(
      StpnNetwork.Output<T> output, T labels, StpnConfig config) {
    T classes = Losses.binaryCrossEntropyWithLogits(output.scores(), labels);
    T sparsity = output.attention().abs().sum(false, 1, 2).mean();
    return new Parts<>(classes, sparsity, classes.add(sparsity.multiply(config.sparsity())));
  }
}
