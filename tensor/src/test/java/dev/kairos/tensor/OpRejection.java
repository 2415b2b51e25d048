// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/**
 * Operands that an operation must refuse, with a message that names the operation, every shape, and
 * what is wrong.
 *
 * @param op what is tried
 * @param inputs operands that do not fit
 * @param error what is thrown
 * @param fragments what the message must contain beside name and shapes
 */
record OpRejection(
    Op op,
    List<TensorSpec> inputs,
    Class<? extends IllegalArgumentException> error,
    List<String> fragments) {
  @Override
  public String toString() {
    return op + " on " + inputs;
  }
}
