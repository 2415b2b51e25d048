// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/**
 * What the operations of {@link TensorOps} are built on: a shape, a type and the way to apply one.
 *
 * @param <T> the implementing type
 */
public sealed interface Operand<T extends TensorOps<T>>
    permits ElementwiseOps, ReductionOps, AxisOps, ProductOps, ArrangementOps {
  /** The sizes of the axes. */
  Shape shape();

  /** The type of the elements. */
  DType dtype();

  /** This, as the implementing type. */
  T self();

  /**
   * Applies an operation.
   *
   * @param inputs its operands, of the same world as this
   */
  T apply(Op op, List<T> inputs);

  /** The same value, through which no gradient flows. */
  T detach();

  /** A plain tensor as an operand beside this one; no gradient flows into it. */
  T constant(Tensor tensor);
}
