// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.tal;

import dev.kairos.kernels.KairosException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a model gives a score that is NaN or infinite: something overflowed on the way to it.
 */
public final class NonFiniteScoresException extends KairosException {
  private static final long serialVersionUID = 1L;

  /**
   * At one place.
   *
   * @param snippet its index
   * @param channel its index, classes first
   * @param score what was found there
   */
  public NonFiniteScoresException(int snippet, int channel, double score) {
    this("scores must be finite: snippet " + snippet + ", channel " + channel + ": " + score, null);
  }

  private NonFiniteScoresException(String message, @Nullable Throwable cause) {
    super(
        "KNUM-002",
        message,
        "look for extreme values in the features and the weights with kairos inspect",
        cause);
  }

  /** The same, saying where, for example in which recording. */
  public NonFiniteScoresException in(String place) {
    return new NonFiniteScoresException(place + ": " + getMessage(), this);
  }
}
