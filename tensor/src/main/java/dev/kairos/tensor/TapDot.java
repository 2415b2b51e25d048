// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.Conv1dGeometry;
import java.util.List;

/**
 * The gradient of {@link TapSum} with respect to the factors of the steps: taps {@code [K,N,T,O]}
 * and output gradient {@code [M,N,T',O]} give {@code [M,N,T]}.
 */
record TapDot(Conv1dGeometry geometry) implements Contraction {
  @Override
  public String name() {
    return "tapDot";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    Conv1dGeometry g = geometry;
    Shape taps = inputs.get(0).spec().shape();
    Shape dy = inputs.get(1).spec().shape();
    inputs.forEach(each -> Rules.real(name(), each.spec()));
    boolean fits =
        taps.equals(TapSum.taps(g)) && dy.rank() == 4 && dy.equals(TapSum.results(g, dy.size(0)));
    if (!fits) {
      throw new ShapeException(
          "tapDot: taps " + taps + " (K,N,T,O) and gradient " + dy + " (M,N,T',O) of " + g);
    }
    return new TensorSpec(TapSum.factors(g, dy.size(0)), inputs.get(0).spec().dtype());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor taps = inputs.get(0).contiguous();
    Tensor dy = inputs.get(1).contiguous();
    Tensor out = dy.engine().empty(result);
    dy.engine().backend().tapDot(geometry, taps.data(), dy.data(), out.data());
    return out;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    Conv1dGeometry g = geometry;
    return input == 0
        ? gradient.apply(new TapSpread(g), List.of(gradient, inputs.get(1)))
        : inputs.get(0).tapSum(gradient, g.stride(), g.padding(), g.dilation());
  }
}
