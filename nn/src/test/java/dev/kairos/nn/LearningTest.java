// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.layer.Conv1d;
import dev.kairos.nn.layer.Dropout;
import dev.kairos.nn.layer.Layer;
import dev.kairos.nn.layer.LayerNorm;
import dev.kairos.nn.layer.Linear;
import dev.kairos.nn.layer.TransformerBlock;
import dev.kairos.nn.loss.Losses;
import dev.kairos.nn.optim.Adam;
import dev.kairos.nn.optim.GradientClipping;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.TensorOps;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers, losses and optimisers together: what no linear model can learn is learned. */
class LearningTest {
  private static final double[] CORNERS = {0, 0, 0, 1, 1, 0, 1, 1};
  private static final double[] EITHER = {0, 1, 1, 0};

  /** Two layers with a bend between them. */
  private record Perceptron(Linear first, Linear second) implements Layer {
    @Override
    public <T extends TensorOps<T>> T forward(Pass<T> pass, T x) {
      return second.forward(pass, first.forward(pass, x).tanh());
    }
  }

  /** The second position's answer, which needs a look at the first. */
  private record Attentive(Linear in, TransformerBlock block, LayerNorm norm, Linear out)
      implements Layer {
    @Override
    public <T extends TensorOps<T>> T forward(Pass<T> pass, T x) {
      T z = block.forward(pass, in.forward(pass, x.reshape(4, 2, 1)), null);
      return out.forward(pass, norm.forward(pass, z.select(1, 1)));
    }
  }

  private static Perceptron perceptron(Parameters parameters) {
    return new Perceptron(
        new Linear(parameters.at("first"), 2, 8, true),
        new Linear(parameters.at("second"), 8, 1, true));
  }

  private static Attentive attentive(Parameters parameters) {
    return new Attentive(
        new Linear(parameters.at("in"), 1, 8, true),
        new TransformerBlock(parameters.at("block"), 8, 2, 1),
        new LayerNorm(parameters.at("norm"), 8, 1e-5),
        new Linear(parameters.at("out"), 8, 1, true));
  }

  /** Trains on the four corners and gives the last loss and all weights. */
  private static double[][] learn(Engine engine, Parameters parameters, Layer network, int steps) {
    Adam adam = new Adam(parameters, Adam.Options.defaults());
    double loss = Double.NaN;
    for (int step = 0; step < steps; step++) {
      try (Tape tape = new Tape(engine)) {
        TrainingPass pass = new TrainingPass(tape, new RandomKey(1, step));
        Variable x = tape.constant(engine.tensor(CORNERS, 4, 2));
        Variable q = tape.constant(engine.tensor(EITHER, 4, 1));
        Variable z = network.forward(pass, x);
        Variable error = Losses.binaryCrossEntropyWithLogits(z, q);
        loss = error.value().item();
        Gradients gradients = tape.backward(error);
        Map<Parameter, Tensor> all = new LinkedHashMap<>();
        parameters.all().forEach(p -> all.put(p, pass.gradient(gradients, p)));
        Map<Parameter, Tensor> clipped = GradientClipping.byNorm(all, 1);
        adam.step(p -> clipped.getOrDefault(p, p.value()), 0.02);
      }
    }
    double[][] result = new double[parameters.all().size() + 1][];
    result[0] = new double[] {loss};
    for (int i = 1; i < result.length; i++) {
      result[i] = parameters.all().get(i - 1).value().toDoubles();
    }
    return result;
  }

  private static double[][] learn(String backend, int threads, boolean attention) {
    try (Engine engine = Engine.open(backend, threads)) {
      Parameters parameters = new Parameters(engine, new RandomKey(50, 0));
      Layer network = attention ? attentive(parameters) : perceptron(parameters);
      double[][] result = learn(engine, parameters, network, attention ? 100 : 300);
      Tensor x = engine.tensor(CORNERS, 4, 2);
      double[] p = network.forward(new EvaluationPass(), x).sigmoid().toDoubles();
      for (int i = 0; i < p.length; i++) {
        assertEquals(EITHER[i], p[i], 0.05, backend + " corner " + i);
      }
      return result;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eitherButNotBothIsLearned(boolean attention) {
    double[][] reference = learn("reference", 1, attention);
    double[][] scalar = learn("scalar", 1, attention);
    assertTrue(reference[0][0] < 0.02, () -> "reference loss " + reference[0][0]);
    assertTrue(scalar[0][0] < 0.02, () -> "scalar loss " + scalar[0][0]);
    double[][] threaded = learn("scalar", 3, attention);
    assertArrayEquals(scalar, threaded, "one thread and three give the same bits");
  }

  /** A few steps of layers wide enough that every kernel splits its work. */
  private static double[][] wide(int threads) {
    try (Engine engine = Engine.open("scalar", threads)) {
      Parameters parameters = new Parameters(engine, new RandomKey(51, 0));
      Conv1d conv = Conv1d.same(parameters.at("conv"), 48, 80, 3);
      TransformerBlock block = new TransformerBlock(parameters.at("block"), 80, 4, 1);
      Adam adam = new Adam(parameters, Adam.Options.defaults());
      Tensor x = Trial.tensor(engine, new SplittableRandom(52), 2, 60, 48);
      for (int step = 0; step < 2; step++) {
        try (Tape tape = new Tape(engine)) {
          TrainingPass pass = new TrainingPass(tape, new RandomKey(53, step));
          Variable z = new Dropout(0.2).forward(pass, conv.forward(pass, tape.constant(x)).relu());
          Gradients gradients = tape.backward(block.forward(pass, z, null).square().mean());
          adam.step(p -> pass.gradient(gradients, p), 0.01);
        }
      }
      return parameters.all().stream().map(p -> p.value().toDoubles()).toArray(double[][]::new);
    }
  }

  @Test
  void splitWorkGivesTheSameBits() {
    assertArrayEquals(wide(1), wide(3));
  }
}
