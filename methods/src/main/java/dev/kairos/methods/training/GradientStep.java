// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.optim.Optimizer;
import dev.kairos.tensor.Engine;
import java.util.LinkedHashMap;
import java.util.Map;

/** The common course of a step: forward on a tape, check, backward, update. */
public final class GradientStep {
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
   * @throws DivergedException if the loss is not finite; then no weight was moved
   */
  public static Map<String, Double> run(
      Engine engine,
      String stage,
      long step,
      RandomKey key,
      Optimizer optimizer,
      double learningRate,
      Forward forward) {
    try (Tape tape = new Tape(engine)) {
      TrainingPass pass = new TrainingPass(tape, key);
      Map<String, Variable> losses = forward.losses(pass);
      Variable loss = losses.get("loss");
      if (loss == null) {
        throw new IllegalArgumentException(stage + ": a step must give a loss: " + losses.keySet());
      }
      Map<String, Double> values = new LinkedHashMap<>();
      losses.forEach((name, value) -> values.put(name, value.value().item()));
      if (!Double.isFinite(loss.value().item())) {
        throw new DivergedException(stage, step, tape.firstNonFinite().orElse("the inputs"));
      }
      Gradients gradients = tape.backward(loss);
      optimizer.step(parameter -> pass.gradient(gradients, parameter), learningRate);
      return values;
    }
  }
}
