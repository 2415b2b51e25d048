// SPDX-License-Identifier: Apache-2.0
/**
 * Tensors and what can be done with them. {@link dev.kairos.tensor.Tensor} is an immutable
 * description (shape, strides, offset) of elements in a backend's buffer; {@link
 * dev.kairos.tensor.Op} is the closed list of operations, one record each, with shape rule, forward
 * and gradient, {@link dev.kairos.tensor.CustomOp} those of others; {@link
 * dev.kairos.tensor.TensorOps} gives them fluent names; {@link dev.kairos.tensor.Engine} holds the
 * backend and its memory. Knows no tape and no layer. Begin reading at {@code TensorOps}.
 */
package dev.kairos.tensor;
