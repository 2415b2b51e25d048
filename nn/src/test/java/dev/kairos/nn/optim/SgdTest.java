// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.FileLayout;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.Trial;
import dev.kairos.nn.init.Initializer;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.ShapeException;
import dev.kairos.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SgdTest {
  private final Engine engine = Engine.open("reference", 1);

  /** The update as PyTorch documents it: the first velocity is the first gradient. */
  private static double[] direct(Descent d, double momentum, double decay, boolean nesterov) {
    double[] p = d.weights();
    for (int i = 0; i < p.length; i++) {
      double velocity = 0;
      for (int t = 1; t <= Descent.STEPS; t++) {
        double g = d.gradient(t - 1)[i] + decay * p[i];
        velocity = t == 1 ? g : momentum * velocity + g;
        p[i] -= 0.1 / t * (nesterov ? g + momentum * velocity : velocity);
      }
    }
    return p;
  }

  private static double[] run(Descent descent, Sgd sgd) {
    for (int t = 1; t <= Descent.STEPS; t++) {
      assertEquals(t - 1, sgd.steps());
      sgd.step(descent.gradients(t - 1), 0.1 / t);
    }
    return descent.weights();
  }

  @ParameterizedTest
  @CsvSource({"0, 0, false", "0.9, 0, false", "0.9, 0.1, false", "0.9, 0.1, true", "0, 0.1, true"})
  void tenStepsAreThoseOfTheFormula(double momentum, double decay, boolean nesterov) {
    double[] expected = direct(new Descent(engine), momentum, decay, nesterov);
    Descent exact = new Descent(engine);
    Trial.assertClose(
        expected, run(exact, new Sgd(exact.parameters(), momentum, decay, nesterov)), 1e-13, "p");
    try (Engine scalar = Engine.open("scalar", 2)) {
      Descent single = new Descent(scalar);
      Sgd sgd = new Sgd(single.parameters(), momentum, decay, nesterov);
      Trial.assertClose(expected, run(single, sgd), 2e-6, "p in single precision");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void findsTheLowestPointOfABowl(boolean nesterov) {
    Parameters parameters = new Parameters(engine, new RandomKey(1, 0));
    parameters.create("w", Shape.of(3), Initializer.normal(1), FileLayout.SAME);
    Sgd sgd = new Sgd(parameters, 0.9, 0, nesterov);
    Tensor target = engine.tensor(new double[] {1, -2, 0.5}, 3);
    Tensor steepness = engine.tensor(new double[] {1, 3, 0.3}, 3);
    for (int step = 0; step < 500; step++) {
      sgd.step(p -> p.value().subtract(target).multiply(steepness), 0.1);
    }
    assertArrayEquals(target.toDoubles(), Trial.weight(parameters, "w"), 1e-6);
  }

  @Test
  void theStateIsInTheOrderOfTheWeights() {
    Descent descent = new Descent(engine);
    Sgd sgd = new Sgd(descent.parameters(), 0.9, 0, false);
    assertEquals(List.of("sgd.v.w", "sgd.v.b"), List.copyOf(sgd.state().keySet()));
    assertThrows(UnsupportedOperationException.class, () -> sgd.state().clear());
  }

  @Test
  void aGradientOfAnotherShapeIsRefusedBeforeAnythingMoves() {
    Descent descent = new Descent(engine);
    Sgd sgd = new Sgd(descent.parameters(), 0.9, 0, false);
    double[] before = descent.weights();
    Tensor one = engine.tensor(new double[12], 3, 4);
    assertThrows(ShapeException.class, () -> sgd.step(p -> one, 0.1));
    assertArrayEquals(before, descent.weights());
    assertEquals(0, sgd.steps());
  }

  @Test
  void refusesConstantsOutOfRange() {
    Parameters parameters = new Descent(engine).parameters();
    for (double bad : new double[] {-0.1, 1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new Sgd(parameters, bad, 0, false));
    }
    assertThrows(IllegalArgumentException.class, () -> new Sgd(parameters, 0, -1, false));
    Sgd sgd = new Sgd(parameters, 0, 0, false);
    assertThrows(IllegalArgumentException.class, () -> sgd.resume(-1));
  }
}
