// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.optim;

import dev.kairos.kernels.AdamStep;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.Tensor;
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
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param epsilon added outside the root
   * @param weightDecay how strongly weights shrink, biases included
   * @param decoupled true for AdamW
   */
  public record Options(
      double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled) {
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
  private long steps;

  /** An optimiser of all weights, with both moments at 0. */
  public Adam(Parameters parameters, Options options) {
    this.parameters = parameters.all();
    this.options = options;
    for (Parameter p : this.parameters) {
      state.put(first(p), p.value().engine().lasting(p.value().shape()));
      state.put(second(p), p.value().engine().lasting(p.value().shape()));
    }
  }

  private static String first(Parameter p) {
    return "adam.m." + p.name();
  }

  private static String second(Parameter p) {
    return "adam.v." + p.name();
  }

  @Override
  public void step(Function<Parameter, Tensor> gradients, double learningRate) {
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
    for (Parameter p : parameters) {
      Tensor gradient = Flat.of(gradients.apply(p), p);
      Tensor m = moment(first(p));
      Tensor v = moment(second(p));
      p.value()
          .engine()
          .backend()
          .adam(
              step,
              p.value().data().buffer(),
              gradient.data().buffer(),
              m.data().buffer(),
              v.data().buffer());
    }
  }

  private Tensor moment(String name) {
    Tensor found = state.get(name);
    if (found == null) {
      throw new IllegalStateException("adam: no state " + name);
    }
    return found;
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public Map<String, Tensor> state() {
    return Map.copyOf(state);
  }

  @Override
  public void resume(long stepsTaken) {
    steps = stepsTaken;
  }
}
