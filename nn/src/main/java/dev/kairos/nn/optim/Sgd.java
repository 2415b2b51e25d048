// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.optim;

import dev.kairos.kernels.SgdStep;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Stochastic gradient descent with momentum; weight decay is coupled into the gradient. */
public final class Sgd implements Optimizer {
  private final List<Parameter> parameters;
  private final double momentum;
  private final double weightDecay;
  private final boolean nesterov;
  private final Map<String, Tensor> velocities = new LinkedHashMap<>();
  private long steps;

  /**
   * An optimiser of the weights of a part of the tree.
   *
   * @param momentum in [0, 1)
   * @param weightDecay how strongly weights shrink, biases included; at least 0
   * @param nesterov whether to look one step ahead
   */
  public Sgd(Parameters parameters, double momentum, double weightDecay, boolean nesterov) {
    boolean valid = momentum >= 0 && momentum < 1 && weightDecay >= 0;
    if (!(valid && Double.isFinite(weightDecay))) {
      throw new IllegalArgumentException(
          "sgd: needs momentum in [0, 1) and decay of at least 0, finite: "
              + momentum
              + ", "
              + weightDecay);
    }
    this.parameters = parameters.below();
    this.momentum = momentum;
    this.weightDecay = weightDecay;
    this.nesterov = nesterov;
    for (Parameter p : this.parameters) {
      velocities.put("sgd.v." + p.name(), p.value().engine().lasting(p.value().shape()));
    }
  }

  @Override
  public void step(Function<Parameter, Tensor> gradients, double learningRate) {
    Finite.require("sgd: the learning rate", learningRate);
    List<Tensor> all = CheckedGradients.all(parameters, gradients);
    steps++;
    SgdStep step = new SgdStep(learningRate, momentum, weightDecay, nesterov);
    List<Tensor> velocity = List.copyOf(velocities.values());
    for (int i = 0; i < parameters.size(); i++) {
      parameters.get(i).value().sgdInPlace(step, all.get(i), velocity.get(i));
    }
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public Map<String, Tensor> state() {
    return Collections.unmodifiableMap(velocities);
  }

  @Override
  public void resume(long stepsTaken) {
    if (stepsTaken < 0) {
      throw new IllegalArgumentException("sgd: steps must not be negative: " + stepsTaken);
    }
    steps = stepsTaken;
  }
}
