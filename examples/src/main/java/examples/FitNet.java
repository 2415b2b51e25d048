// SPDX-License-Identifier: Apache-2.0
package examples;

import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.layer.Layer;
import dev.kairos.nn.layer.Linear;
import dev.kairos.nn.loss.Losses;
import dev.kairos.nn.optim.Adam;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.TensorOps;

/** Fits a small network to exclusive or, which no linear model can learn. */
public class FitNet {
  private static final double[] CORNERS = {0, 0, 0, 1, 1, 0, 1, 1};
  private static final double[] EITHER = {0, 1, 1, 0};

  /** Two layers with a bend between them; written once, it runs with and without gradients. */
  record Perceptron(Linear first, Linear second) implements Layer {
    @Override
    public <T extends TensorOps<T>> T forward(Pass<T> pass, T x) {
      return second.forward(pass, first.forward(pass, x).tanh());
    }
  }

  public static void main(String[] arguments) {
    try (Engine engine = Engine.open("cpu", 2)) {
      Parameters weights = new Parameters(engine, new RandomKey(50, 0));
      Perceptron network =
          new Perceptron(
              new Linear(weights.at("first"), 2, 8, true),
              new Linear(weights.at("second"), 8, 1, true));
      Adam adam = new Adam(weights, Adam.Options.defaults());
      for (int step = 0; step < 300; step++) {
        try (Tape tape = new Tape(engine)) { // everything computed in a step is freed with it
          TrainingPass pass = new TrainingPass(tape, new RandomKey(1, step));
          Variable x = tape.constant(engine.tensor(CORNERS, 4, 2));
          Variable wanted = tape.constant(engine.tensor(EITHER, 4, 1));
          Variable loss = Losses.binaryCrossEntropyWithLogits(network.forward(pass, x), wanted);
          Gradients gradients = tape.backward(loss);
          adam.step(weight -> pass.gradient(gradients, weight), 0.02);
        }
      }
      double[] found =
          network
              .forward(new EvaluationPass(), engine.tensor(CORNERS, 4, 2))
              .sigmoid()
              .toDoubles();
      for (int i = 0; i < 4; i++) {
        System.out.printf(
            "%.0f xor %.0f is %d%n", CORNERS[2 * i], CORNERS[2 * i + 1], Math.round(found[i]));
      }
    }
  }
}
