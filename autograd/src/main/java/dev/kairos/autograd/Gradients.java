// SPDX-License-Identifier: Apache-2.0
package dev.kairos.autograd;

import dev.kairos.tensor.Tensor;
import java.util.Map;

/** The result of a backward pass: a gradient for each leaf. Lives as long as its tape. */
public final class Gradients {
  private final Tape tape;
  private final Map<Integer, Tensor> leaves;

  Gradients(Tape tape, Map<Integer, Tensor> leaves) {
    this.tape = tape;
    this.leaves = leaves;
  }

  /**
   * The gradient with respect to a leaf, in its shape; zeros if the result does not depend on it,
   * or is told not to, as with a constant.
   *
   * @throws IllegalStateException if the tape was closed, or the variable is of another tape or the
   *     result of an operation: gradients of those are not kept
   */
  public Tensor of(Variable leaf) {
    tape.requireOpen("gradient");
    tape.requireOwn("gradient", leaf);
    tape.requireLeaf(leaf);
    Tensor found = leaves.get(leaf.index());
    return found != null ? found : tape.engine().zeros(leaf.shape());
  }
}
