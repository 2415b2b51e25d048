// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

/**
 * All operations as methods, shared by {@link Tensor}, which evaluates them, and by the tape's
 * variable, which also records them. Code written once against {@code T} runs with and without
 * gradients. Axes may be negative and then count from the end; operands of elementwise operations
 * broadcast.
 *
 * @param <T> the implementing type
 */
public non-sealed interface TensorOps<T extends TensorOps<T>>
    extends ElementwiseOps<T>, ReductionOps<T>, AxisOps<T>, ProductOps<T>, ArrangementOps<T> {}
