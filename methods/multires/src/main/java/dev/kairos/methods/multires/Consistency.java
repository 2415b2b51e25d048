// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.tensor.TensorOps;

/**
 * The L1 distance of two CAS that should agree, on every channel, background included. The gradient
 * reaches both; where they are equal it is 0.
 *
 * @param sum whether to take the sum over recordings, snippets and channels instead of their mean
 * @param on what of the raw scores is compared
 */
public record Consistency(boolean sum, On on) {
  /** The mean, on raw scores. */
  public static final Consistency DEFAULT = new Consistency(false, On.LOGITS);

  /**
   * What of the raw scores is compared. The paper cuts the CAS that should agree at 0.7 and 0.1, so
   * it may mean scores in [0, 1]. Raw ones can be brought to agree by making all of them smaller.
   */
  public enum On {
    /** The raw scores. */
    LOGITS,
    /** Distributions over channels: a shift of all channels of a snippet is not seen. */
    SOFTMAX,
    /**
     * Each channel by itself over time, as the initial labels are made: {@code max(0, (x - lo) /
     * d)} with {@code hi = max(0, max_t x)}, {@code lo = max(0, min_t x)} and {@code d = hi - lo},
     * or 1 where that is not positive. A positive factor of a channel is not seen; scores below 0
     * are not either, and get no gradient. The gradient goes through the extremes too; it is the
     * larger the smaller d is.
     */
    MINMAX,
    /** Each score by itself: {@code 1 / (1 + exp(-x))}, which large scores saturate. */
    SIGMOID;

    <T extends TensorOps<T>> T of(T raw) {
      return switch (this) {
        case LOGITS -> raw;
        case SOFTMAX -> raw.softmax();
        case MINMAX -> minMax(raw);
        case SIGMOID -> raw.sigmoid();
      };
    }

    private static <T extends TensorOps<T>> T minMax(T raw) {
      T low = raw.min(1, true).relu(); // [B,1,K]
      T range = raw.max(1, true).relu().subtract(low);
      T divisor = range.add(range.step(1, 0)); // 1 where nothing is above the least
      return raw.subtract(low).divide(divisor).relu();
    }
  }

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
    T distance = on.of(a).subtract(on.of(b)).abs();
    return sum ? distance.sum() : distance.mean();
  }
}
