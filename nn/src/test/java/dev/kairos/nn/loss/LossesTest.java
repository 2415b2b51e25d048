// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.autograd.check.GradCheck;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.Trial;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.ShapeException;
import dev.kairos.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossesTest {
  private static final RandomKey KEY = new RandomKey(20, 0);

  private final Engine engine = Engine.open("reference", 1);
  private final SplittableRandom random = new SplittableRandom(21);

  /** Numbers in (0.05, 0.95). */
  private double[] probabilities(int count) {
    return Arrays.stream(Trial.numbers(random, count)).map(v -> 0.5 + 0.45 * v).toArray();
  }

  @Test
  void binaryCrossEntropyIsItsFormula() {
    double[] p = probabilities(12);
    double[] q = probabilities(12);
    q[0] = 0;
    q[1] = 1;
    double expected = 0;
    for (int i = 0; i < p.length; i++) {
      expected -= (q[i] * Math.log(p[i]) + (1 - q[i]) * Math.log(1 - p[i])) / p.length;
    }
    Tensor found = Losses.binaryCrossEntropy(engine.tensor(p, 3, 4), engine.tensor(q, 3, 4));
    assertEquals(0, found.shape().rank());
    assertEquals(expected, found.item(), 1e-14);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void certainProbabilitiesHaveFiniteValueAndGradient(String backend) {
    double[] p = {0, 1, 0, 1, 1e-30};
    double[] q = {0, 1, 1, 0, 1};
    try (Engine on = Engine.open(backend, 1);
        Tape tape = new Tape(on)) {
      Variable leaf = tape.leaf(on.tensor(p, 5));
      Variable targets = tape.leaf(on.tensor(q, 5));
      Variable loss = Losses.binaryCrossEntropy(leaf, targets);
      double small = -Math.log(on.tensor(p, 5).toDoubles()[4]);
      assertEquals((100 + 100 + small) / 5, loss.value().item(), 1e-5);
      double[] slope = tape.backward(loss).of(leaf).toDoubles();
      // Where a logarithm stands on its floor it is flat; the other one still has its slope.
      double[] expected = {0.2, -0.2, 0, 0, -0.2e30};
      Trial.assertClose(expected, slope, 1e-6, "slope");
      for (double value : tape.backward(loss).of(targets).toDoubles()) {
        assertTrue(Double.isFinite(value), () -> "target slope " + value);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void theLogarithmStopsAtMinusHundred(String backend) {
    try (Engine on = Engine.open(backend, 1);
        Tape tape = new Tape(on)) {
      double[] p = {0, Double.MIN_VALUE, 1e-45, 1e-40, 1e-36, 1e-30, 0.5, 1};
      Variable leaf = tape.leaf(on.tensor(p, p.length));
      Variable log = Losses.safeLog(leaf);
      double[] values = log.value().toDoubles();
      double[] slopes = tape.backward(log.sum()).of(leaf).toDoubles();
      for (int i = 0; i < p.length; i++) {
        double exact = p[i] < 1e-37 ? -100 : Math.log(p[i]);
        assertEquals(exact, values[i], 1e-5, "log " + p[i]);
        double slope = p[i] < 1e-37 ? 0 : 1 / p[i];
        assertEquals(slope, slopes[i], 1e-6 * slope, "slope at " + p[i]);
      }
    }
  }

  @Test
  void anInvalidProbabilityIsNotHidden() {
    Tensor one = engine.tensor(new double[] {1}, 1);
    Tensor nan = engine.tensor(new double[] {Double.NaN}, 1);
    assertTrue(Double.isNaN(Losses.binaryCrossEntropy(nan, one).item()));
    assertTrue(Double.isNaN(Losses.binaryCrossEntropyWithLogits(nan, one).item()));
    assertTrue(Double.isNaN(Losses.crossEntropy(nan, one).item()));
  }

  @Test
  void logitsGiveTheLossOfTheirSigmoid() {
    double[] z = Arrays.stream(Trial.numbers(random, 20)).map(v -> 8 * v).toArray();
    Tensor logits = engine.tensor(z, 4, 5);
    Tensor targets = engine.tensor(probabilities(20), 4, 5);
    assertEquals(
        Losses.binaryCrossEntropy(logits.sigmoid(), targets).item(),
        Losses.binaryCrossEntropyWithLogits(logits, targets).item(),
        1e-12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void extremeLogitsStayFinite(String backend) {
    try (Engine on = Engine.open(backend, 1);
        Tape tape = new Tape(on)) {
      Variable z = tape.leaf(on.tensor(new double[] {1000, -1000, 1000, -1000}, 4));
      Variable q = tape.constant(on.tensor(new double[] {1, 0, 0, 1}, 4));
      Variable loss = Losses.binaryCrossEntropyWithLogits(z, q);
      assertEquals(500, loss.value().item(), 1e-3);
      assertArrayEquals(
          new double[] {0, 0, 0.25, -0.25}, tape.backward(loss).of(z).toDoubles(), 1e-7);
    }
  }

  @Test
  void crossEntropyIsItsFormula() {
    double[] z = Arrays.stream(Trial.numbers(random, 12)).map(v -> 3 * v).toArray();
    double[] q = probabilities(12);
    double expected = 0;
    for (int row = 0; row < 3; row++) {
      double total = 0;
      for (int c = 0; c < 4; c++) {
        total += Math.exp(z[row * 4 + c]);
      }
      for (int c = 0; c < 4; c++) {
        expected -= q[row * 4 + c] * (z[row * 4 + c] - Math.log(total)) / 3;
      }
    }
    Tensor logits = engine.tensor(z, 3, 4);
    Tensor targets = engine.tensor(q, 3, 4);
    assertEquals(expected, Losses.crossEntropy(logits, targets).item(), 1e-13);
    double deep = Losses.crossEntropy(logits.reshape(1, 3, 4), targets.reshape(1, 3, 4)).item();
    assertEquals(expected, deep, 1e-13);
    Tensor large = engine.tensor(new double[] {1000, 0}, 2);
    Tensor second = engine.tensor(new double[] {0, 1}, 2);
    assertEquals(1000, Losses.crossEntropy(large, second).item(), 1e-9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void aHiddenClassCostsNothingWhereItIsNotWanted(String backend) {
    double hidden = Double.NEGATIVE_INFINITY;
    try (Engine on = Engine.open(backend, 1);
        Tape tape = new Tape(on)) {
      Variable z = tape.leaf(on.tensor(new double[] {0, 0, hidden}, 1, 3));
      Variable q = tape.constant(on.tensor(new double[] {0.25, 0.75, 0}, 1, 3));
      Variable loss = Losses.crossEntropy(z, q);
      assertEquals(Math.log(2), loss.value().item(), 1e-6);
      assertArrayEquals(new double[] {0.25, -0.25, 0}, tape.backward(loss).of(z).toDoubles(), 1e-6);
      Tensor wanted = on.tensor(new double[] {0.25, 0.25, 0.5}, 1, 3);
      assertEquals(Double.POSITIVE_INFINITY, Losses.crossEntropy(z.value(), wanted).item());
    }
  }

  @Test
  void theMeanOfNothingIsRefused() {
    Tensor none = engine.zeros(Shape.of(0, 3));
    for (Runnable loss :
        List.<Runnable>of(
            () -> Losses.binaryCrossEntropy(none, none),
            () -> Losses.binaryCrossEntropyWithLogits(none, none),
            () -> Losses.crossEntropy(none, none))) {
      String message = assertThrows(ShapeException.class, loss::run).getMessage();
      assertTrue(message.contains("cross-entropy: the mean of nothing is no number"), message);
      assertTrue(message.contains("[0, 3]"), message);
    }
  }

  @Test
  void gradientsAreThoseOfDifferences() {
    Tensor p = engine.tensor(probabilities(12), 3, 4);
    Tensor q = engine.tensor(probabilities(12), 3, 4);
    Tensor z = engine.tensor(Trial.numbers(random, 12), 3, 4);
    GradCheck.verify(
        engine, List.of(p, q), v -> Losses.binaryCrossEntropy(v.get(0), v.get(1)), KEY, 1e-6);
    GradCheck.verify(
        engine,
        List.of(z, q),
        v -> Losses.binaryCrossEntropyWithLogits(v.get(0), v.get(1)),
        KEY,
        1e-6);
    GradCheck.verify(
        engine, List.of(z, q), v -> Losses.crossEntropy(v.get(0), v.get(1)), KEY, 1e-6);
    GradCheck.verify(engine, List.of(p), v -> Losses.safeLog(v.get(0)), KEY, 1e-6);
  }

  @Test
  void targetsMustHaveTheShapeOfTheScores() {
    Tensor wide = engine.tensor(probabilities(12), 3, 4);
    for (int[] sizes : new int[][] {{4}, {3, 1}, {1, 4}, {12}, {4, 3}}) {
      int count = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
      Tensor other = engine.tensor(probabilities(count), sizes);
      assertSays(sizes, () -> Losses.binaryCrossEntropy(wide, other));
      assertSays(sizes, () -> Losses.binaryCrossEntropyWithLogits(other, wide));
      assertSays(sizes, () -> Losses.crossEntropy(wide, other));
    }
  }

  private static void assertSays(int[] sizes, Runnable loss) {
    ShapeException e = assertThrows(ShapeException.class, loss::run);
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(Arrays.toString(sizes)) && message.contains("[3, 4]"), message);
  }
}
