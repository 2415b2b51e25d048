// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.Trial;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.ShapeException;
import dev.kairos.tensor.Tensor;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinearTest {
  private final Engine engine = Engine.open("reference", 1);
  private final SplittableRandom random = new SplittableRandom(1);

  private void check(boolean bias, int... leading) {
    int in = 3;
    int out = 4;
    Parameters parameters = new Parameters(engine, new RandomKey(1, 1));
    Linear layer = new Linear(parameters, in, out, bias);
    Trial.scramble(parameters, random);
    Shape shape = Shape.of(leading).then(Shape.of(in));
    Tensor x = Trial.tensor(engine, random, shape.sizes());
    double[] found = Trial.output(parameters, layer, x, 2);
    double[] values = x.toDoubles();
    double[] w = Trial.weight(parameters, "weight");
    double[] expected = new double[shape.count() / in * out];
    for (int row = 0; row < expected.length / out; row++) {
      for (int o = 0; o < out; o++) {
        double sum = bias ? Trial.weight(parameters, "bias")[o] : 0;
        for (int i = 0; i < in; i++) {
          sum += values[row * in + i] * w[i * out + o];
        }
        expected[row * out + o] = sum;
      }
    }
    Trial.assertClose(expected, found, 1e-12, "linear " + shape);
    assertEquals(
        Shape.of(leading).then(Shape.of(out)), layer.forward(new EvaluationPass(), x).shape());
  }

  @Test
  void multipliesAndAddsOnTheLastAxis() {
    check(true, 5);
    check(false, 5);
    check(true, 2, 5);
    check(false, 2, 5);
    check(true, 2, 3, 5);
    check(true, 1);
  }

  @Test
  void anEmptyBatchGivesAnEmptyResult() {
    Linear layer = new Linear(new Parameters(engine, new RandomKey(1, 1)), 3, 4, true);
    Tensor y = layer.forward(new EvaluationPass(), engine.tensor(new double[0], 0, 5, 3));
    assertArrayEquals(new int[] {0, 5, 4}, y.shape().sizes());
  }

  @Test
  void beginsWithinOneOverTheRootOfTheInputs() {
    Parameters parameters = new Parameters(engine, new RandomKey(1, 1));
    Linear layer = new Linear(parameters, 16, 50, true);
    assertEquals(2, parameters.all().size(), layer::toString);
    for (String name : new String[] {"weight", "bias"}) {
      double largest = 0;
      for (double value : Trial.weight(parameters, name)) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertTrue(largest <= 0.25 && largest > 0.2, name + " " + largest);
    }
  }

  @Test
  void namesTheShapesThatDisagree() {
    Linear layer = new Linear(new Parameters(engine, new RandomKey(1, 1)), 3, 4, true);
    EvaluationPass pass = new EvaluationPass();
    Tensor wide = engine.tensor(new double[30], 2, 3, 5);
    ShapeException e = assertThrows(ShapeException.class, () -> layer.forward(pass, wide));
    assertTrue(message(e).contains("[2, 3, 5]") && message(e).contains("3"), message(e));
    Tensor flat = engine.tensor(new double[3], 3);
    e = assertThrows(ShapeException.class, () -> layer.forward(pass, flat));
    assertTrue(message(e).contains("[3]"), message(e));
  }

  private static String message(ShapeException e) {
    return String.valueOf(e.getMessage());
  }
}
