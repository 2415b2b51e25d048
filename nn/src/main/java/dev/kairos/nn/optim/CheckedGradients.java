// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.optim;

import dev.kairos.nn.Parameter;
import dev.kairos.tensor.ShapeException;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Gradients that fit their weights. */
final class CheckedGradients {
  private CheckedGradients() {}

  /** The gradients of all weights, in their order; all are checked before any is used. */
  static List<Tensor> all(List<Parameter> parameters, Function<Parameter, Tensor> gradients) {
    List<Tensor> all = new ArrayList<>(parameters.size());
    for (Parameter p : parameters) {
      Tensor gradient = gradients.apply(p);
      if (!gradient.shape().equals(p.value().shape())) {
        throw new ShapeException("optimizer: gradient " + gradient.shape() + " for " + p);
      }
      all.add(gradient);
    }
    return all;
  }
}
