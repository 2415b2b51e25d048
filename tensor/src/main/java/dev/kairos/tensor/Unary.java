// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.MapFunction;
import java.util.List;

/** A function of each element by itself; the shape stays. */
sealed interface Unary extends Op
    permits Abs,
        Affine,
        Between,
        Clamp,
        Exp,
        LeakyRelu,
        Log,
        Pow,
        Reciprocal,
        Sigmoid,
        Sign,
        Softplus,
        Sqrt,
        Step,
        Swish,
        Tanh {

  MapFunction function();

  /** First constant of the function. */
  default double a() {
    return 0;
  }

  /** Second constant of the function. */
  default double b() {
    return 0;
  }

  @Override
  default boolean reads(int input, int operand) {
    return operand == 0;
  }

  @Override
  default TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec x = inputs.get(0).spec();
    Rules.real(name(), x);
    return x;
  }

  @Override
  default Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    Tensor out = x.engine().empty(result);
    x.engine().backend().map(function(), a(), b(), x.data(), out.data());
    return out;
  }
}
