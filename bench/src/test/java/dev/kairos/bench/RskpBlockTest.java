// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RskpBlockTest {
  private static final int TIME = 9;
  private static final int WIDTH = 6;
  private static final int COUNT = 3;

  private final Engine engine = Engine.open("reference", 1);
  private final Parameters parameters = new Parameters(engine, new RandomKey(2, 0));
  private final RskpBlock block = new RskpBlock(parameters, WIDTH, COUNT);
  private final Tensor features = engine.tensor(Values.uniform(4, TIME * WIDTH, 0, 1), TIME, WIDTH);

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void isTheInverseOfTheWholeMatrix() {
    double[] found = block.forward(new EvaluationPass(), features).toDoubles();
    double[] expected = direct();
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], 1e-12, "value " + i);
    }
  }

  /** The published formulas, step by step: assignments down K, and (I - w^2 A)^-1 of size T. */
  private double[] direct() {
    Tensor weight = weight("embed.weight");
    Tensor bias = weight("embed.bias");
    Tensor start = weight("mu");
    Tensor x = features.matmul(weight).add(bias).relu();
    Tensor mu = start;
    for (int i = 0; i < 2; i++) {
      mu = shares(assignment(mu, x)).matmul(x);
    }
    Tensor z = assignment(mu, x); // [K,T]
    Tensor a = z.transpose(0, 1).matmul(shares(z)); // [T,T]
    double[] values = a.multiply(-0.25).toDoubles();
    for (int i = 0; i < TIME; i++) {
      values[i * TIME + i] += 1;
    }
    Tensor matrix = engine.tensor(values, 1, TIME, TIME);
    Tensor y = z.transpose(0, 1).matmul(mu).multiply(0.5).add(x);
    return matrix.solve(y.reshape(1, TIME, WIDTH)).multiply(0.5).toDoubles();
  }

  private Tensor weight(String name) {
    return parameters.all().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static Tensor assignment(Tensor mu, Tensor x) {
    return unit(mu).matmul(unit(x).transpose(0, 1)).multiply(5).softmax(0);
  }

  private static Tensor unit(Tensor v) {
    return v.divide(v.square().sum(true, -1).sqrt().add(1e-9));
  }

  private static Tensor shares(Tensor z) {
    return z.divide(z.sum(true, 1).add(1e-9));
  }

  @Test
  void gradientIsTheSlope() {
    double[] seedValues = new double[TIME * WIDTH];
    Arrays.setAll(seedValues, i -> Math.sin(i));
    Tensor seed = engine.tensor(seedValues, TIME, WIDTH);
    for (Parameter parameter : parameters.all()) {
      double[] gradient;
      try (Tape tape = new Tape(engine)) {
        TrainingPass pass = new TrainingPass(tape, new RandomKey(1, 1), false);
        Variable y = block.forward(pass, tape.constant(features));
        gradient = pass.gradient(tape.backward(y, seed), parameter).toDoubles();
      }
      double[] before = parameter.value().toDoubles();
      double expected = 0;
      double[] direction = new double[before.length];
      for (int i = 0; i < before.length; i++) {
        direction[i] = Math.cos(3.0 * i);
        expected += direction[i] * gradient[i];
      }
      double step = 1e-5;
      double slope =
          (value(parameter, before, direction, step, seed)
                  - value(parameter, before, direction, -step, seed))
              / (2 * step);
      assign(parameter, before);
      assertEquals(slope, expected, 1e-6 * Math.max(1, Math.abs(slope)), parameter.name());
    }
  }

  private double value(
      Parameter parameter, double[] at, double[] direction, double step, Tensor seed) {
    double[] moved = new double[at.length];
    Arrays.setAll(moved, i -> at[i] + step * direction[i]);
    assign(parameter, moved);
    return block.forward(new EvaluationPass(), features).multiply(seed).sum().item();
  }

  private void assign(Parameter parameter, double[] values) {
    parameter.value().assign(engine.tensor(values, parameter.value().shape().sizes()));
  }
}
