// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.backbone;

import dev.kairos.tensor.TensorOps;

/** Labels of recordings as probabilities. */
public final class Shares {
  private Shares() {}

  /**
   * Rows of zeros and ones scaled to sum 1; a row of zeros, of a recording in which nothing
   * happens, stays one.
   *
   * @param labels {@code [.., C]}, 1 or 0
   */
  public static <T extends TensorOps<T>> T of(T labels) {
    return labels.divide(labels.sum(true, -1).clamp(1, Double.POSITIVE_INFINITY));
  }
}
