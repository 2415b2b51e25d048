// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.Conv1dGeometry;
import java.util.List;

/**
 * The gradient of {@link TapSum} with respect to the taps: factors {@code [M,N,T]} and output
 * gradient {@code [M,N,T',O]} give {@code [K,N,T,O]}. Bilinear, as all three are: their gradients
 * are each other.
 */
record TapSpread(Conv1dGeometry geometry) implements Contraction {
  @Override
  public String name() {
    return "tapSpread";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    Conv1dGeometry g = geometry;
    Shape factors = inputs.get(0).spec().shape();
    Shape dy = inputs.get(1).spec().shape();
    inputs.forEach(each -> Rules.real(name(), each.spec()));
    boolean fits =
        factors.rank() == 3
            && factors.equals(TapSum.factors(g, factors.size(0)))
            && dy.equals(TapSum.results(g, factors.size(0)));
    if (!fits) {
      throw new ShapeException(
          "tapSpread: factors " + factors + " (M,N,T) and gradient " + dy + " (M,N,T',O) of " + g);
    }
    return new TensorSpec(TapSum.taps(g), inputs.get(1).spec().dtype());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor factors = inputs.get(0).contiguous();
    Tensor dy = inputs.get(1).contiguous();
    Tensor out = dy.engine().empty(result);
    dy.engine().backend().tapSpread(geometry, factors.data(), dy.data(), out.data());
    return out;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    Conv1dGeometry g = geometry;
    return input == 0
        ? gradient.apply(new TapDot(g), List.of(gradient, inputs.get(1)))
        : gradient.tapSum(inputs.get(0), g.stride(), g.padding(), g.dilation());
  }
}
