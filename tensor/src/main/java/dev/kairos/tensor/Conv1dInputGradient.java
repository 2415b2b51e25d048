// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.Conv1dGeometry;
import java.util.List;

/**
 * The gradient of {@link Conv1d} with respect to its input: output gradient {@code [N,T',O]} and
 * weight {@code [K,C,O]} give {@code [N,T,C]}. Bilinear, so its own gradients are convolutions
 * again.
 */
record Conv1dInputGradient(Conv1dGeometry geometry) implements Contraction {
  @Override
  public String name() {
    return "conv1dInputGradient";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec dy = inputs.get(0).spec();
    TensorSpec w = inputs.get(1).spec();
    Rules.real(name(), dy);
    Rules.real(name(), w);
    Conv1dGeometry g = geometry;
    Shape outputs = Shape.of(g.batch(), g.outputTime(), g.outputChannels());
    Shape weights = Shape.of(g.kernel(), g.inputChannels(), g.outputChannels());
    if (!dy.shape().equals(outputs) || !w.shape().equals(weights)) {
      throw new ShapeException(
          name()
              + ": gradient "
              + dy.shape()
              + " must be "
              + outputs
              + " (N,T',O), weight "
              + w.shape()
              + " must be "
              + weights
              + " (K,C,O)");
    }
    return new TensorSpec(Shape.of(g.batch(), g.time(), g.inputChannels()), dy.dtype());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor dy = inputs.get(0).contiguous();
    Tensor w = inputs.get(1).contiguous();
    Tensor out = dy.engine().empty(result);
    out.fill(0);
    dy.engine().backend().conv1dInputGradient(geometry, dy.data(), w.data(), out.data());
    return out;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    Tensor dy = inputs.get(0);
    return input == 0
        ? gradient.conv1d(inputs.get(1), geometry.stride(), geometry.padding(), geometry.dilation())
        : gradient.apply(new Conv1dWeightGradient(geometry), List.of(gradient, dy));
  }
}
