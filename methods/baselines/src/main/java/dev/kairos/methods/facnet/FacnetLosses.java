// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.facnet;

import dev.kairos.tensor.TensorOps;

/** The losses of FAC-Net on one recording. */
final class FacnetLosses {
  /** Added to the number of classes, as in the published code. */
  private static final double COUNT_EPSILON = 1e-8;

  private FacnetLosses() {}

  /**
   * The parts and their sum.
   *
   * @param classwise cross-entropy of the class-wise branch: the recording's classes
   * @param agnostic cross-entropy of the class-agnostic branch: the recording's classes
   * @param pooled cross-entropy of the pooled logits: the recording's classes and background
   * @param total weighted sum
   */
  record Parts<T>(T classwise, T agnostic, T pooled, T total) {}

  /**
   * Computes the losses.
   *
   * @param labels classes that occur, 1 or 0, {@code [1,C]}
   */
  static <T extends TensorOps<T>> Parts<T> of(
      FacnetNetwork.Output<T> output, T labels, FacnetConfig config) {
    T actions = labels.pad(-1, 0, 1, 0);
    T classwise = crossEntropy(output.classwise(), actions);
    T agnostic = crossEntropy(output.agnostic(), actions);
    T pooled = crossEntropy(output.pooled(), labels.pad(-1, 0, 1, 1));
    T total =
        classwise
            .add(agnostic.multiply(config.agnosticWeight()))
            .add(pooled.multiply(config.milWeight()));
    return new Parts<>(classwise, agnostic, pooled, total);
  }

  /** Of scores {@code [1,C1]} before the softmax, each class that occurs counting the same. */
  private static <T extends TensorOps<T>> T crossEntropy(T scores, T labels) {
    T shares = labels.divide(labels.sum(true, -1).add(COUNT_EPSILON));
    return scores.logSoftmax().multiply(shares).sum().negate();
  }
}
