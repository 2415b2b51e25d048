// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.RowFunction;
import java.util.List;

/**
 * {@code normalize(x) * weight + bias} along the last axis (Ba, Kiros, Hinton 2016), with weight
 * and bias {@code [n]} for rows of n: one pass over memory for three.
 */
record LayerNorm(double epsilon) implements Op {
  @Override
  public String name() {
    return "layerNorm";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    inputs.forEach(each -> Rules.real(name(), each.spec()));
    Rules.epsilon(name(), epsilon);
    TensorSpec x = inputs.get(0).spec();
    Shape weight = inputs.get(1).spec().shape();
    Shape bias = inputs.get(2).spec().shape();
    Shape row =
        x.shape().rank() == 0 ? x.shape() : x.shape().slice(x.shape().rank() - 1, x.shape().rank());
    if (row.rank() == 0 || !weight.equals(row) || !bias.equals(row)) {
      throw new ShapeException(
          "layerNorm: weight " + weight + " and bias " + bias + " must be a row of " + x.shape());
    }
    return x;
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    Tensor weight = inputs.get(1).contiguous();
    Tensor bias = inputs.get(2).contiguous();
    Tensor out = x.engine().empty(result);
    x.engine().backend().layerNorm(epsilon, x.data(), weight.data(), bias.data(), out.data());
    return out;
  }

  @Override
  public boolean reads(int input, int operand) {
    return (input < 2 && operand == 0) || (input == 0 && operand == 1);
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    Tensor x = inputs.get(0);
    Tensor weight = inputs.get(1);
    return switch (input) {
      case 0 ->
          x.apply(
              new RowGradient(RowFunction.NORMALIZE, epsilon),
              List.of(x, gradient.multiply(weight)));
      case 1 -> gradient.multiply(x.normalize(epsilon)).sumTo(weight.shape());
      default -> gradient.sumTo(inputs.get(2).shape());
    };
  }
}
