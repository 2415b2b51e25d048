// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.plain;

import dev.kairos.methods.pseudolabel.SnippetTargets;
import dev.kairos.nn.loss.Losses;
import dev.kairos.tensor.TensorOps;

/** The loss of the baseline on recordings; that on snippets is that of {@link SnippetTargets}. */
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
}
