// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.autograd.check.GradCheck;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.Trial;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DropoutTest {
  private static final RandomKey STEP = new RandomKey(7, 11);

  private final Engine engine = Engine.open("reference", 1);

  /** Two masks drawn one after the other in one training pass, over ones. */
  private double[][] masks(Engine on, RandomKey key, double p, int count) {
    try (Tape tape = new Tape(on)) {
      TrainingPass pass = new TrainingPass(tape, key);
      Variable ones = tape.constant(on.full(1, Shape.of(count)));
      Dropout layer = new Dropout(p);
      return new double[][] {
        layer.forward(pass, ones).value().toDoubles(), layer.forward(pass, ones).value().toDoubles()
      };
    }
  }

  @Test
  void dropsTheShareItShouldAndKeepsTheMean() {
    int count = 40_000;
    for (double p : new double[] {0.1, 0.5, 0.7}) {
      double[] mask = masks(engine, STEP, p, count)[0];
      double kept = Arrays.stream(mask).filter(v -> v != 0).count() / (double) count;
      assertEquals(1 - p, kept, 5 * Math.sqrt(p * (1 - p) / count), "p " + p);
      double scale = 1 / (1 - p);
      for (double value : mask) {
        assertEquals(value == 0 ? 0 : scale, value, 1e-12);
      }
    }
  }

  @Test
  void everyCallHasItsOwnMaskAndAStepRepeatsThem() {
    double[][] first = masks(engine, STEP, 0.5, 200);
    double[][] again = masks(engine, STEP, 0.5, 200);
    double[][] later = masks(engine, STEP.child(1), 0.5, 200);
    assertFalse(Arrays.equals(first[0], first[1]), "two calls of a pass");
    assertArrayEquals(first, again, "the same step key");
    assertFalse(Arrays.equals(first[0], later[0]), "another step key");
  }

  @Test
  void masksAreThoseOfEveryBackend() {
    double[][] expected = masks(engine, STEP, 0.5, 999);
    for (int threads : new int[] {1, 3}) {
      try (Engine scalar = Engine.open("scalar", threads)) {
        assertArrayEquals(expected, masks(scalar, STEP, 0.5, 999), threads + " threads");
      }
    }
  }

  @Test
  void doesNothingOutsideTrainingOrWithoutProbability() {
    Tensor x = engine.tensor(new double[] {1, 2, 3}, 3);
    assertSame(x, new Dropout(0.5).forward(new EvaluationPass(), x));
    try (Tape tape = new Tape(engine)) {
      Variable leaf = tape.leaf(x);
      assertSame(leaf, new Dropout(0.5).forward(new TrainingPass(tape, STEP, false), leaf));
      assertSame(leaf, new Dropout(0).forward(new TrainingPass(tape, STEP), leaf));
    }
    EvaluationPass pass = new EvaluationPass();
    assertThrows(IllegalStateException.class, pass::nextKey);
  }

  @Test
  void gradientsGoThroughTheSameMask() {
    Tensor x = Trial.tensor(engine, new SplittableRandom(8), 50);
    GradCheck.verify(
        engine,
        List.of(x),
        v -> {
          Variable only = v.get(0);
          return only.square().dropout(0.4, STEP);
        },
        new RandomKey(9, 0),
        1e-6);
    try (Tape tape = new Tape(engine)) {
      Variable leaf = tape.leaf(engine.full(1, Shape.of(30)));
      Variable y = new Dropout(0.4).forward(new TrainingPass(tape, STEP), leaf);
      assertArrayEquals(y.value().toDoubles(), tape.backward(y.sum()).of(leaf).toDoubles());
    }
  }

  @Test
  void refusesWhatIsNoProbability() {
    for (double p : new double[] {-0.1, 1, 1.5, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new Dropout(p), () -> "p " + p);
    }
  }
}
