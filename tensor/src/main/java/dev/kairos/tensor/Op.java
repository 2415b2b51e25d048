// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/**
 * An operation on tensors: the closed list of everything that can be computed and differentiated.
 * One record declares one operation in one place: its shape rule, its forward as a call into the
 * backend, and its gradient in terms of other operations. A program declares its own through {@link
 * CustomOp}.
 */
public sealed interface Op
    permits Unary,
        Binary,
        Reduction,
        Rowwise,
        Pullback,
        LayerNorm,
        Movement,
        Contraction,
        Selection,
        Dropout,
        CustomOp {

  /** The operand that {@link #reads} knows the result by. */
  int RESULT = -1;

  /** The name used in messages. */
  String name();

  /**
   * The shape and type rule, and the only place that rejects operands.
   *
   * @return what {@link #forward} will give
   * @throws ShapeException if the shapes do not fit
   * @throws DTypeException if the types do not fit
   */
  TensorSpec spec(List<? extends Described> inputs);

  /**
   * Computes the result.
   *
   * @param inputs operands that {@link #spec} accepted
   * @param result what {@link #spec} said
   */
  Tensor forward(List<Tensor> inputs, TensorSpec result);

  /**
   * Whether a gradient flows through it. Comparisons and selections of positions are constant
   * almost everywhere: what comes out of them is treated as a constant.
   */
  default boolean differentiable() {
    return true;
  }

  /**
   * Whether {@link #vjp} reads the elements of an operand, which must then stay as they are until
   * the walk back; false where its shape is enough.
   *
   * @param input with respect to which
   * @param operand number of an input, or {@link #RESULT}
   */
  default boolean reads(int input, int operand) {
    return true;
  }

  /**
   * The vector-Jacobian product with respect to one input.
   *
   * @param input which input
   * @param inputs the operands of the forward
   * @param output its result
   * @param gradient of some scalar with respect to the output
   * @return of the same scalar with respect to the input, in the input's shape
   */
  Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient);

  /**
   * Adds {@link #vjp} to what other uses of the input gave. An operation overrides this where it
   * can add as it goes.
   *
   * @param sum in the input's shape, in memory of its own
   */
  default void addVjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient, Tensor sum) {
    sum.addInPlace(vjp(input, inputs, output, gradient));
  }
}
