// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.optim;

import dev.kairos.kernels.SgdStep;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Gradient descent with momentum; weight decay is coupled into the gradient. */
public final class Sgd implements Optimizer {
  private final List<Parameter> parameters;
  private final double momentum;
  private final double weightDecay;
  private final boolean nesterov;
  private final Map<String, Tensor> velocities = new LinkedHashMap<>();
  private long steps;

  /**
   * An optimiser of all weights.
   *
   * @param momentum in [0, 1)
   * @param nesterov whether to look one step ahead
   */
  public Sgd(Parameters parameters, double momentum, double weightDecay, boolean nesterov) {
    this.parameters = parameters.all();
    this.momentum = momentum;
    this.weightDecay = weightDecay;
    this.nesterov = nesterov;
    for (Parameter p : this.parameters) {
      velocities.put("sgd.v." + p.name(), p.value().engine().lasting(p.value().shape()));
    }
  }

  @Override
  public void step(Function<Parameter, Tensor> gradients, double learningRate) {
    steps++;
    SgdStep step = new SgdStep(learningRate, momentum, weightDecay, nesterov);
    List<Tensor> all = List.copyOf(velocities.values());
    for (int i = 0; i < parameters.size(); i++) {
      Parameter p = parameters.get(i);
      Tensor gradient = Flat.of(gradients.apply(p), p);
      p.value()
          .engine()
          .backend()
          .sgd(
              step,
              p.value().data().buffer(),
              gradient.data().buffer(),
              all.get(i).data().buffer());
    }
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public Map<String, Tensor> state() {
    return Map.copyOf(velocities);
  }

  @Override
  public void resume(long stepsTaken) {
    steps = stepsTaken;
  }
}
