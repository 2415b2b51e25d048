// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn;

import dev.kairos.kernels.RandomKey;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.TensorOps;

/**
 * One forward pass through a network: an {@link EvaluationPass} over plain tensors, or a {@link
 * TrainingPass} that records. A layer's forward takes a pass and works in either.
 *
 * @param <T> tensor or variable
 */
public interface Pass<T extends TensorOps<T>> {
  /** A weight, ready for this pass. */
  T of(Parameter parameter);

  /** A plain tensor, ready for this pass; no gradient flows into it. */
  T constant(Tensor tensor);

  /** Whether dropout is on. */
  boolean training();

  /** A key not given before in this pass: for the next random mask. */
  RandomKey nextKey();
}
