// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

/**
 * Elements in another arrangement; nothing is computed. Where strides can express it, the result is
 * a view of the input's memory.
 */
sealed interface Movement extends Op
    permits BroadcastTo, Concat, Contiguous, Fold, Narrow, Pad, Permute, Reshape, Unfold {
  @Override
  default boolean reads(int input, int operand) {
    return false;
  }
}
