// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.optim;

import dev.kairos.nn.Parameter;
import dev.kairos.tensor.ShapeException;
import dev.kairos.tensor.Tensor;

/** Gradients as updates need them: from the first element of a buffer, without gaps. */
final class Flat {
  private Flat() {}

  static Tensor of(Tensor gradient, Parameter parameter) {
    if (!gradient.shape().equals(parameter.value().shape())) {
      throw new ShapeException("optimizer: gradient " + gradient.shape() + " for " + parameter);
    }
    Tensor together = gradient.contiguous();
    return together.data().offset() == 0 ? together : together.affine(1, 0);
  }
}
