// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.optim.Optimizer;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One gradient step: forward on a tape, check, backward, update. */
final class GradientStep {
  private GradientStep() {}

  /** Computes the losses of a step. */
  @FunctionalInterface
  public interface Forward {
    /**
     * The losses by name; {@code loss} is the one to minimise.
     *
     * @param pass records on the step's tape; its engine makes the inputs
     */
    Map<String, Variable> losses(TrainingPass pass);
  }

  /**
   * Runs a step.
   *
   * @param stage for messages
   * @param step its number
   * @param key of this step, for random masks
   * @param learningRate of this step
   * @param parts computed one after the other, at least one; their gradients add up in this order
   * @return the losses by name, summed over the parts
   * @throws DivergedException if the loss is not finite; then no weight was moved
   */
  public static Map<String, Double> run(
      Engine engine,
      String stage,
      long step,
      RandomKey key,
      Optimizer optimizer,
      double learningRate,
      List<Forward> parts) {
    Map<String, Double> values = new LinkedHashMap<>();
    if (parts.size() == 1) {
      try (Tape tape = new Tape(engine)) {
        TrainingPass pass = new TrainingPass(tape, key);
        Gradients gradients = backward(stage, step, pass, parts.get(0), values);
        optimizer.step(parameter -> pass.gradient(gradients, parameter), learningRate);
      }
      return values;
    }
    try (Scope scope = engine.scope()) {
      Map<Parameter, Tensor> sums = new HashMap<>();
      for (Parameter parameter : optimizer.parameters()) {
        sums.put(parameter, engine.zeros(parameter.value().shape()));
      }
      for (int i = 0; i < parts.size(); i++) {
        try (Tape tape = new Tape(engine)) {
          TrainingPass pass = new TrainingPass(tape, key.child(i));
          Gradients gradients = backward(stage, step, pass, parts.get(i), values);
          sums.forEach((parameter, sum) -> sum.addInPlace(pass.gradient(gradients, parameter)));
        }
      }
      optimizer.step(parameter -> Objects.requireNonNull(sums.get(parameter)), learningRate);
    }
    return values;
  }

  /** The gradients of one part, whose losses are added to {@code values}. */
  private static Gradients backward(
      String stage, long step, TrainingPass pass, Forward forward, Map<String, Double> values) {
    StepLosses losses = StepLosses.of(stage, forward.losses(pass));
    losses.addTo(values, 1);
    if (!losses.isFinite()) {
      throw new DivergedException(stage, step, StepLosses.nonFinite(pass.tape()));
    }
    return pass.tape().backward(losses.loss());
  }
}
