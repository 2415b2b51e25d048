// SPDX-License-Identifier: Apache-2.0
package dev.kairos.autograd;

import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.Map;

/** What one walk back found: a gradient for each leaf. Lives as long as its tape. */
public final class Gradients {
  private final Engine engine;
  private final Map<Integer, Tensor> leaves;

  Gradients(Engine engine, Map<Integer, Tensor> leaves) {
    this.engine = engine;
    this.leaves = leaves;
  }

  /**
   * The gradient with respect to a leaf, in its shape; zeros if the result does not depend on it.
   */
  public Tensor of(Variable leaf) {
    Tensor found = leaves.get(leaf.index());
    return found != null ? found : engine.zeros(leaf.shape());
  }
}
