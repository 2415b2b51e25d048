// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

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
    return gradient
        .multiply(input == 0 ? left : left.affine(-1, 1))
        .sumTo(inputs.get(input).shape());
  }
}
