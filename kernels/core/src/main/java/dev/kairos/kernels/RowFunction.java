// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/** A function of a whole row x of n elements, with a constant {@code epsilon}. */
public enum RowFunction {
  /** {@code y = e^(x - max) / sum e^(x - max)}. */
  SOFTMAX,
  /** {@code y = x - max - log sum e^(x - max)}. */
  LOG_SOFTMAX,
  /** {@code y = (x - mean) / sqrt(variance + epsilon)} with the population variance. */
  NORMALIZE,
  /** {@code y = x / (|x| + epsilon)} with {@code |x| = sqrt(sum x^2)}; 0 where x is 0. */
  L2_NORMALIZE;

  /** Whether {@link Backend#rowsGradient} is given y in place of x. */
  public boolean slopeAtResult() {
    return this == SOFTMAX || this == LOG_SOFTMAX;
  }
}
