// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.ZipFunction;
import java.util.List;

/** A function of two elements at the same place; shapes broadcast. */
sealed interface Binary extends Op
    permits Add, Divide, Equal, Greater, GreaterEqual, Maximum, Minimum, Multiply, Subtract {

  ZipFunction function();

  @Override
  default boolean reads(int input, int operand) {
    return operand != RESULT;
  }

  @Override
  default TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec left = inputs.get(0).spec();
    TensorSpec right = inputs.get(1).spec();
    Rules.real(name(), left);
    Rules.real(name(), right);
    return new TensorSpec(Shape.broadcast(name(), left.shape(), right.shape()), left.dtype());
  }

  @Override
  default Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor left = inputs.get(0).broadcastTo(result.shape());
    Tensor right = inputs.get(1).broadcastTo(result.shape());
    Tensor out = left.engine().empty(result);
    left.engine().backend().zip(function(), left.data(), right.data(), out.data());
    return out;
  }
}
