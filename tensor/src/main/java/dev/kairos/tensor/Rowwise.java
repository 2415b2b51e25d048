// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.RowFunction;
import java.util.List;

/** A function of each row along the last axis; the shape stays. */
sealed interface Rowwise extends Op permits LogSoftmax, Normalize, Softmax, L2Normalize {
  RowFunction function();

  /** The constant of the function. */
  default double epsilon() {
    return 0;
  }

  @Override
  default TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec x = inputs.get(0).spec();
    Rules.real(name(), x);
    Rules.rows(name(), x);
    Rules.epsilon(name(), epsilon());
    return x;
  }

  @Override
  default Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    Tensor out = x.engine().empty(result);
    x.engine().backend().rows(function(), epsilon(), x.data(), out.data());
    return out;
  }

  @Override
  default boolean reads(int input, int operand) {
    return operand == (function().slopeAtResult() ? RESULT : 0);
  }

  @Override
  default Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    Tensor at = function().slopeAtResult() ? output : inputs.get(0);
    return at.apply(new RowGradient(function(), epsilon()), List.of(at, gradient));
  }
}
