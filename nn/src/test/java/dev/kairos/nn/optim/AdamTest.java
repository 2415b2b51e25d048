// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
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
import org.junit.jupiter.params.provider.ValueSource;

class AdamTest {
  private static final Adam.Options COUPLED = new Adam.Options(0.8, 0.95, 1e-6, 0.1, false);
  private static final Adam.Options DECOUPLED = new Adam.Options(0.8, 0.95, 1e-6, 0.1, true);

  private final Engine engine = Engine.open("reference", 1);

  /** The update as Kingma and Ba write it, one number at a time. */
  private static double[] direct(Descent descent, Adam.Options o, double rate) {
    double[] p = descent.weights();
    for (int i = 0; i < p.length; i++) {
      double m = 0;
      double v = 0;
      for (int t = 1; t <= Descent.STEPS; t++) {
        double g = descent.gradient(t - 1)[i];
        if (o.decoupled()) {
          p[i] -= rate / t * o.weightDecay() * p[i];
        } else {
          g += o.weightDecay() * p[i];
        }
        m = o.beta1() * m + (1 - o.beta1()) * g;
        v = o.beta2() * v + (1 - o.beta2()) * g * g;
        double mHat = m / (1 - Math.pow(o.beta1(), t));
        double vHat = v / (1 - Math.pow(o.beta2(), t));
        p[i] -= rate / t * mHat / (Math.sqrt(vHat) + o.epsilon());
      }
    }
    return p;
  }

  @Test
  void movesAndDecaysItsPartOfTheTreeAlone() {
    Parameters all = new Parameters(engine, new RandomKey(1, 1));
    Parameters part = all.at("part");
    part.create("w", Shape.of(2), Initializer.constant(1), FileLayout.SAME);
    all.at("particle").create("w", Shape.of(2), Initializer.constant(1), FileLayout.SAME);
    Adam adam = new Adam(part, COUPLED);
    adam.step(p -> engine.zeros(Shape.of(2)), 0.5);
    assertEquals(part.below(), adam.parameters());
    assertTrue(Trial.weight(all, "part.w")[0] < 1);
    assertArrayEquals(new double[] {1, 1}, Trial.weight(all, "particle.w"));
    assertEquals(List.of("adam.m.part.w", "adam.v.part.w"), List.copyOf(adam.state().keySet()));
  }

  private static double[] run(Descent descent, Adam adam, double rate) {
    for (int t = 1; t <= Descent.STEPS; t++) {
      assertEquals(t - 1, adam.steps());
      adam.step(descent.gradients(t - 1), rate / t);
    }
    return descent.weights();
  }

  @Test
  void tenStepsAreThoseOfTheFormula() {
    Adam.Options decaying = Adam.Options.defaults().withWeightDecay(0.01);
    for (Adam.Options o : List.of(Adam.Options.defaults(), decaying, COUPLED, DECOUPLED)) {
      Descent descent = new Descent(engine);
      double[] expected = direct(descent, o, 0.1);
      double[] found = run(descent, new Adam(descent.parameters(), o), 0.1);
      Trial.assertClose(expected, found, 1e-13, o.toString());
    }
  }

  @Test
  void singlePrecisionFollows() {
    for (Adam.Options o : List.of(Adam.Options.defaults(), COUPLED, DECOUPLED)) {
      double[] expected = direct(new Descent(engine), o, 0.1);
      try (Engine scalar = Engine.open("scalar", 3)) {
        Descent descent = new Descent(scalar);
        double[] found = run(descent, new Adam(descent.parameters(), o), 0.1);
        Trial.assertClose(expected, found, 3e-6, o.toString());
      }
    }
  }

  @Test
  void defaultsAreThoseOfThePaper() {
    assertEquals(new Adam.Options(0.9, 0.999, 1e-8, 0, false), Adam.Options.defaults());
    assertEquals(
        new Adam.Options(0.9, 0.999, 1e-8, 5e-4, false),
        Adam.Options.defaults().withWeightDecay(5e-4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void findsTheLowestPointOfABowl(String backend) {
    try (Engine on = Engine.open(backend, 1)) {
      Parameters parameters = new Parameters(on, new RandomKey(1, 0));
      parameters.create("w", Shape.of(3), Initializer.normal(1), FileLayout.SAME);
      Adam adam = new Adam(parameters, Adam.Options.defaults());
      Tensor target = on.tensor(new double[] {1, -2, 0.5}, 3);
      Tensor steepness = on.tensor(new double[] {1, 10, 0.1}, 3);
      Schedule rate = Schedule.cosine(0.1, 600);
      for (int step = 0; step < 600; step++) {
        adam.step(p -> p.value().subtract(target).multiply(steepness), rate.at(step));
      }
      assertArrayEquals(target.toDoubles(), Trial.weight(parameters, "w"), 1e-3);
    }
  }

  @Test
  void theStateIsLiveAndInTheOrderOfTheWeights() {
    Descent descent = new Descent(engine);
    Adam adam = new Adam(descent.parameters(), COUPLED);
    assertEquals(
        List.of("adam.m.w", "adam.v.w", "adam.m.b", "adam.v.b"),
        List.copyOf(adam.state().keySet()));
    Tensor moment = adam.state().getOrDefault("adam.m.b", engine.tensor(new double[0], 0));
    assertArrayEquals(new double[5], moment.toDoubles());
    run(descent, adam, 0.1);
    assertTrue(moment.toDoubles()[0] != 0);
    assertThrows(UnsupportedOperationException.class, () -> adam.state().clear());
  }

  @Test
  void aGradientOfAnotherShapeIsRefusedBeforeAnythingMoves() {
    Descent descent = new Descent(engine);
    Adam adam = new Adam(descent.parameters(), COUPLED);
    double[] before = descent.weights();
    Tensor one = engine.tensor(new double[12], 3, 4);
    ShapeException e = assertThrows(ShapeException.class, () -> adam.step(p -> one, 0.1));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("[3, 4]") && message.contains("b [5]"), message);
    assertArrayEquals(before, descent.weights());
    assertEquals(0, adam.steps());
  }

  @Test
  void refusesConstantsOutOfRange() {
    for (double bad : new double[] {-0.1, 1, Double.NaN}) {
      assertThrows(
          IllegalArgumentException.class, () -> new Adam.Options(bad, 0.9, 1e-8, 0, false));
      assertThrows(
          IllegalArgumentException.class, () -> new Adam.Options(0.9, bad, 1e-8, 0, false));
    }
    assertThrows(IllegalArgumentException.class, () -> new Adam.Options(0.9, 0.9, -1e-8, 0, false));
    assertThrows(IllegalArgumentException.class, () -> Adam.Options.defaults().withWeightDecay(-1));
    Adam adam = new Adam(new Descent(engine).parameters(), COUPLED);
    assertThrows(IllegalArgumentException.class, () -> adam.resume(-1));
  }

  @Test
  void anEpsilonThatIsLostIsRefused() {
    for (double bad : new double[] {0, -1e-8, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new Adam.Options(0.9, 0.9, bad, 0, false));
    }
    try (Engine single = Engine.open("scalar", 1)) {
      for (double lost : new double[] {1e-50, 1e-46, 1e-40, Double.MIN_VALUE}) {
        Parameters parameters = new Parameters(single, new RandomKey(1, 1));
        String message =
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new Adam(parameters, new Adam.Options(0.9, 0.9, lost, 0, false)))
                .getMessage();
        assertTrue(message.startsWith("adam: epsilon " + lost + " is lost in FLOAT32"), message);
      }
      assertMoves(single, 1e-37);
    }
    assertMoves(engine, 1e-50);
  }

  /** A weight whose gradient is 0 stays, beside one that moves by the learning rate. */
  private static void assertMoves(Engine engine, double epsilon) {
    Parameters parameters = new Parameters(engine, new RandomKey(1, 1));
    parameters.create("w", Shape.of(2), Initializer.constant(1), FileLayout.SAME);
    Adam adam = new Adam(parameters, new Adam.Options(0.9, 0.999, epsilon, 0, false));
    adam.step(p -> engine.tensor(new double[] {0, 1}, 2), 0.1);
    assertArrayEquals(new double[] {1, 0.9}, Trial.weight(parameters, "w"), 1e-6);
  }

  @Test
  void aRateThatIsNotFiniteMovesNothing() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Parameters parameters = new Parameters(engine, new RandomKey(1, 1));
      parameters.create("w", Shape.of(1), Initializer.constant(1), FileLayout.SAME);
      Adam adam = new Adam(parameters, COUPLED);
      assertThrows(
          IllegalArgumentException.class,
          () -> adam.step(p -> engine.tensor(new double[] {1}, 1), bad));
      Sgd sgd = new Sgd(parameters, 0, 0, false);
      assertThrows(
          IllegalArgumentException.class,
          () -> sgd.step(p -> engine.tensor(new double[] {1}, 1), bad));
      assertEquals(0, adam.steps() + sgd.steps());
      assertArrayEquals(new double[] {1}, Trial.weight(parameters, "w"));
    }
  }

  /** An update writes into weights: what was computed from them before is stale, and says so. */
  @Test
  void anUpdateBetweenForwardAndBackwardIsNoticed() {
    Parameters parameters = new Parameters(engine, new RandomKey(1, 1));
    parameters.create("w", Shape.of(1), Initializer.constant(3), FileLayout.SAME);
    Tensor w = parameters.all().get(0).value();
    for (Optimizer optimizer :
        List.of(new Adam(parameters, COUPLED), new Sgd(parameters, 0, 0, false))) {
      try (Tape tape = new Tape(engine)) {
        Variable loss = tape.leaf(w).square();
        optimizer.step(p -> tape.backward(loss).of(tape.leaf(w)), 0.1);
        String message =
            assertThrows(IllegalStateException.class, () -> tape.backward(loss)).getMessage();
        assertTrue(message.contains("a leaf [1], of multiply"), message);
      }
    }
  }
}
