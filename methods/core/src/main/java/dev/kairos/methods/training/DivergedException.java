// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.kernels.KairosException;

/** Thrown when a loss is NaN or infinite. */
public final class DivergedException extends KairosException {
  private static final long serialVersionUID = 1L;

  /**
   * At a step.
   *
   * @param stage the training
   * @param step its step, from 0
   * @param where the first operation whose result was not finite
   */
  public DivergedException(String stage, long step, String where) {
    super(
        "KNUM-001",
        stage + ": the loss at step " + step + " is not finite; first in " + where,
        "lower the learning rate, or look for extreme values in the features with kairos inspect",
        null);
  }
}
