// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.Conv1dGeometry;
import java.util.List;

/**
 * The gradient of {@link Conv1d} with respect to its weight: input {@code [N,T,C]} and output
 * gradient {@code [N,T',O]} give {@code [K,C,O]}. Bilinear, so its own gradients are convolutions
 * again.
 */
record Conv1dWeightGradient(Conv1dGeometry geometry) implements Contraction {
  @Override
  public String name() {
    return "conv1dWeightGradient";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec x = inputs.get(0).spec();
    TensorSpec dy = inputs.get(1).spec();
    Rules.real(name(), x);
    Rules.real(name(), dy);
    Conv1dGeometry g = geometry;
    Shape in = Shape.of(g.batch(), g.time(), g.inputChannels());
    Shape outputs = Shape.of(g.batch(), g.outputTime(), g.outputChannels());
    if (!x.shape().equals(in) || !dy.shape().equals(outputs)) {
      throw new ShapeException(
          name()
              + ": input "
              + x.shape()
              + " must be "
              + in
              + " (N,T,C), gradient "
              + dy.shape()
              + " must be "
              + outputs
              + " (N,T',O)");
    }
    return new TensorSpec(Shape.of(g.kernel(), g.inputChannels(), g.outputChannels()), x.dtype());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0).contiguous();
    Tensor dy = inputs.get(1).contiguous();
    Tensor out = x.engine().empty(result);
    out.fill(0);
    x.engine().backend().conv1dWeightGradient(geometry, x.data(), dy.data(), out.data());
    return out;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return input == 0
        ? gradient.apply(new Conv1dInputGradient(geometry), List.of(inputs.get(1), gradient))
        : inputs
            .get(0)
            .conv1d(gradient, geometry.stride(), geometry.padding(), geometry.dilation());
  }
}
