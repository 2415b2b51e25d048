// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.MapFunction;
import dev.kairos.kernels.ZipFunction;
import java.util.List;

/** The larger; among equals the left one passes the gradient. */
record Maximum() implements Binary {
  @Override
  public String name() {
    return "maximum";
  }

  @Override
  public ZipFunction function() {
    return ZipFunction.MAXIMUM;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    Tensor left = inputs.get(0).greaterEqual(inputs.get(1));
    // A gate, not a product: what does not pass is 0 even where the gradient is infinite.
    return Slope.of(MapFunction.STEP, input, 1 - input, left, gradient)
        .sumTo(inputs.get(input).shape());
  }
}
