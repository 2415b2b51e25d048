// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn;

import dev.kairos.kernels.RandomKey;
import dev.kairos.tensor.Tensor;

/** A run without gradients and without dropout. */
public final class EvaluationPass implements Pass<Tensor> {
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
    return false;
  }

  @Override
  public RandomKey nextKey() {
    throw new IllegalStateException("evaluation pass: nothing is random here");
  }
}
