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
import java.util.function.Consumer;
import java.util.function.Function;

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
    gradients(
        engine,
        key,
        optimizer.parameters(),
        parts.size(),
        (part, pass) -> backward(stage, step, pass, parts.get(part), values),
        gradients -> optimizer.step(gradients, learningRate));
    return values;
  }

  /** Walks forward and back through one part of a step. */
  @FunctionalInterface
  interface Backward {
    /** The gradients of a part, counted from 0. */
    Gradients gradients(int part, TrainingPass pass);
  }

  /**
   * Adds up the gradients of parts that are computed one after the other, in this order.
   *
   * @param key for random masks
   * @param parts how many, at least one
   * @param use takes the sums, which are gone when it returns
   */
  static void gradients(
      Engine engine,
      RandomKey key,
      List<Parameter> parameters,
      int parts,
      Backward backward,
      Consumer<Function<Parameter, Tensor>> use) {
    if (parts == 1) {
      try (Tape tape = new Tape(engine)) {
        TrainingPass pass = new TrainingPass(tape, key);
        Gradients gradients = backward.gradients(0, pass);
        use.accept(parameter -> pass.gradient(gradients, parameter));
      }
      return;
    }
    try (Scope scope = engine.scope()) {
      Map<Parameter, Tensor> sums = new HashMap<>();
      for (Parameter parameter : parameters) {
        sums.put(parameter, engine.zeros(parameter.shape()));
      }
      for (int i = 0; i < parts; i++) {
        try (Tape tape = new Tape(engine)) {
          TrainingPass pass = new TrainingPass(tape, key.child(i));
          Gradients gradients = backward.gradients(i, pass);
          sums.forEach((parameter, sum) -> sum.addInPlace(pass.gradient(gradients, parameter)));
        }
      }
      use.accept(parameter -> Objects.requireNonNull(sums.get(parameter)));
    }
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
