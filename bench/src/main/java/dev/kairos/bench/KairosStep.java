// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.optim.Adam;
import dev.kairos.tensor.Engine;
import java.util.function.Function;

/**
 * Ours: a training step with Adam. The answer is the loss of five steps without dropout, which
 * differs between libraries.
 */
final class KairosStep implements Contender {
  /** BaS-Net's published one; ten times as much made one step of its widest network slow. */
  static final double LEARNING_RATE = 1e-4;

  static final int ANSWERS = 5;

  private final Engine engine;
  private final Adam adam;
  private final Function<TrainingPass, Variable> loss;
  private long steps;

  /**
   * A training.
   *
   * @param parameters all weights; their engine is closed with this
   * @param loss a forward pass, to the loss
   */
  KairosStep(Parameters parameters, Function<TrainingPass, Variable> loss) {
    this.engine = parameters.engine();
    this.adam = new Adam(parameters, Adam.Options.defaults().withWeightDecay(5e-4));
    this.loss = loss;
  }

  /** Weights that are the same for every contender. */
  static Parameters parameters(Engine engine) {
    return new Parameters(engine, new RandomKey(5, 0));
  }

  @Override
  public void run() {
    step(true);
  }

  @Override
  public double[] answer() {
    double[] losses = new double[ANSWERS];
    for (int i = 0; i < ANSWERS; i++) {
      losses[i] = step(false);
    }
    return losses;
  }

  private double step(boolean dropout) {
    try (Tape tape = new Tape(engine)) {
      TrainingPass pass = new TrainingPass(tape, new RandomKey(7, steps++), dropout);
      Variable found = loss.apply(pass);
      var gradients = tape.backward(found);
      adam.step(parameter -> pass.gradient(gradients, parameter), LEARNING_RATE);
      return found.value().item();
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
