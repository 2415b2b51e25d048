// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.optim;

import dev.kairos.nn.Parameter;
import dev.kairos.tensor.ShapeException;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Gradients as updates need them: from the first element of a buffer, without gaps. */
final class Flat {
  private Flat() {}

  /** The gradients of all weights, in their order; all are checked before any is used. */
  static List<Tensor> all(List<Parameter> parameters, Function<Parameter, Tensor> gradients) {
    List<Tensor> flat = new ArrayList<>(parameters.size());
    for (Parameter p : parameters) {
      flat.add(of(gradients.apply(p), p));
    }
    return flat;
  }

  private static Tensor of(Tensor gradient, Parameter parameter) {
    if (!gradient.shape().equals(parameter.value().shape())) {
      throw new ShapeException("optimizer: gradient " + gradient.shape() + " for " + parameter);
    }
    Tensor together = gradient.contiguous();
    return together.data().offset() == 0 ? together : together.copy();
  }
}
