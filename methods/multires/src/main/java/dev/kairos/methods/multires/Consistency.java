// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.tensor.TensorOps;

/**
 * The L1 distance of two CAS that should agree, on raw scores of every channel, background
 * included. The gradient reaches both; where they are equal it is 0.
 *
 * @param sum whether to take the sum over recordings, snippets and channels instead of their mean
 * @param softmax whether to compare distributions over channels instead of raw scores
 */
public record Consistency(boolean sum, boolean softmax) {
  /** The mean, on raw scores. */
  public static final Consistency DEFAULT = new Consistency(false, false);

  /**
   * The distance.
   *
   * @param a {@code [B,T,K]}
   * @param b of the same shape
   */
  public <T extends TensorOps<T>> T between(T a, T b) {
    if (!a.shape().equals(b.shape())) {
      throw new IllegalArgumentException(
          "consistency: needs two CAS of one shape: " + a.shape() + ", " + b.shape());
    }
    T distance = (softmax ? a.softmax().subtract(b.softmax()) : a.subtract(b)).abs();
    return sum ? distance.sum() : distance.mean();
  }
}
