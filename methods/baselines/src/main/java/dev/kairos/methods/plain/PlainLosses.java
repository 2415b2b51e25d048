// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.plain;

import dev.kairos.nn.loss.Losses;
import dev.kairos.tensor.TensorOps;

/** The two losses of the baseline: on recordings and on snippets. */
final class PlainLosses {
  private PlainLosses() {}

  /**
   * Binary cross-entropy of the recording's classes: the mean of the k largest logits of a class
   * over time is the recording's logit. Mean over recordings and classes.
   *
   * @param logits {@code [B,S,C]}
   * @param labels classes that occur, 1 or 0, {@code [B,C]}
   */
  public static <T extends TensorOps<T>> T clip(T logits, T labels, int k) {
    return Losses.binaryCrossEntropyWithLogits(logits.topKMean(k, 1), labels);
  }

  /**
   * Binary cross-entropy of single entries of the CAS, each with a weight, summed.
   *
   * @param logits {@code [B,S,C]}
   * @param targets in [0, 1], of the same shape
   * @param weights at least 0, of the same shape; 0 leaves an entry out
   */
  public static <T extends TensorOps<T>> T snippets(T logits, T targets, T weights) {
    return logits.softplus().subtract(targets.multiply(logits)).multiply(weights).sum();
  }
}
