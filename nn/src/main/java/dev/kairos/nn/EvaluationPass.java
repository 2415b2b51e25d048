// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn;

import dev.kairos.kernels.RandomKey;
import dev.kairos.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A forward pass without gradients; without dropout, unless asked for. */
public final class EvaluationPass implements Pass<Tensor> {
  private final @Nullable RandomKey key; // null without dropout
  private long keys;

  /** A run without dropout. */
  public EvaluationPass() {
    this.key = null;
  }

  /**
   * A run with dropout.
   *
   * @param key masks follow from it in the order in which layers ask
   */
  public EvaluationPass(RandomKey key) {
    this.key = key;
  }

  @Override
  public Tensor of(Parameter parameter) {
    return parameter.value();
  }

  @Override
  public Tensor constant(Tensor tensor) {
    return tensor;
  }

  @Override
  public boolean training() {
    return key != null;
  }

  @Override
  public RandomKey nextKey() {
    if (key == null) {
      throw new IllegalStateException("evaluation pass: nothing is random here");
    }
    return key.child(keys++);
  }
}
