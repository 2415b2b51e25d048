// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

/**
 * Sums of products: matrix product, convolution whole and from its taps, with gradients, and the
 * solve that inverts one.
 */
sealed interface Contraction extends Op
    permits Conv1d,
        Conv1dInputGradient,
        Conv1dWeightGradient,
        Matmul,
        Solve,
        TapDot,
        TapSpread,
        TapSum {
  /** The factors are linear in each other; what is added is not read. */
  @Override
  default boolean reads(int input, int operand) {
    return input < 2 && operand == 1 - input;
  }
}
