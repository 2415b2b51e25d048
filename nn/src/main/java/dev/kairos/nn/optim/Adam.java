// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.optim;

import dev.kairos.kernels.AdamStep;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Adam (Kingma and Ba 2015) with weight decay coupled into the gradient, or AdamW (Loshchilov and
 * Hutter 2019) with decay decoupled from it.
 */
public final class Adam implements Optimizer {
  /**
   * The constants.
   *
   * @param beta1 decay of the first moment, in [0, 1)
   * @param beta2 decay of the second moment, in [0, 1)
   * @param epsilon added outside the root, above 0: it keeps a weight without gradients where it is
   * @param weightDecay how strongly weights shrink, biases included; at least 0
   * @param decoupled true for AdamW
   */
  public record Options(
      double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled) {
    /** Checks the ranges. */
    public Options {
      boolean valid = beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1;
      valid &= epsilon > 0 && weightDecay >= 0;
      if (!(valid && Double.isFinite(epsilon) && Double.isFinite(weightDecay))) {
        throw new IllegalArgumentException(
            "adam: needs betas in [0, 1), epsilon above 0 and decay of at least 0, finite: "
                + List.of(beta1, beta2, epsilon, weightDecay));
      }
    }

    /** 0.9, 0.999, 1e-8, no decay. */
    public static Options defaults() {
      return new Options(0.9, 0.999, 1e-8, 0, false);
    }

    /** The same with another weight decay. */
    public Options withWeightDecay(double decay) {
      return new Options(beta1, beta2, epsilon, decay, decoupled);
    }
  }

  private final List<Parameter> parameters;
  private final Options options;
  private final Map<String, Tensor> state = new LinkedHashMap<>();
  private final List<Tensor> first = new ArrayList<>();
  private final List<Tensor> second = new ArrayList<>();
  private long steps;

  /**
   * An optimiser of the weights of a part of the tree, with both moments at 0.
   *
   * @throws IllegalArgumentException if epsilon is lost in the precision of the weights' engine:
   *     then a weight whose gradients are 0 would be divided by 0
   */
  public Adam(Parameters parameters, Options options) {
    Finite.requireKept("adam", options.epsilon(), parameters.engine().real());
    this.parameters = parameters.below();
    this.options = options;
    for (Parameter p : this.parameters) {
      first.add(moment("adam.m.", p));
      second.add(moment("adam.v.", p));
    }
  }

  private Tensor moment(String prefix, Parameter p) {
    Tensor made = p.value().engine().lasting(p.value().shape());
    state.put(prefix + p.name(), made);
    return made;
  }

  @Override
  public void step(Function<Parameter, Tensor> gradients, double learningRate) {
    Finite.require("adam: the learning rate", learningRate);
    List<Tensor> all = CheckedGradients.all(parameters, gradients);
    steps++;
    AdamStep step =
        new AdamStep(
            learningRate,
            options.beta1(),
            options.beta2(),
            options.epsilon(),
            options.decoupled() ? 0 : options.weightDecay(),
            options.decoupled() ? options.weightDecay() : 0,
            1 - StrictMath.pow(options.beta1(), (double) steps),
            1 - StrictMath.pow(options.beta2(), (double) steps));
    for (int i = 0; i < parameters.size(); i++) {
      Tensor weight = parameters.get(i).value();
      weight.adamInPlace(step, all.get(i), first.get(i), second.get(i));
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
    return Collections.unmodifiableMap(state);
  }

  @Override
  public void resume(long stepsTaken) {
    if (stepsTaken < 0) {
      throw new IllegalArgumentException("adam: steps must not be negative: " + stepsTaken);
    }
    steps = stepsTaken;
  }
}
