// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.Trial;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.ShapeException;
import dev.kairos.tensor.Tensor;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LayerNormTest {
  private static final double EPSILON = 1e-5;

  private final Engine engine = Engine.open("reference", 1);
  private final SplittableRandom random = new SplittableRandom(5);

  /** Rows normalised, weighted and shifted, by plain loops. */
  static double[] direct(double[] x, double[] weight, double[] bias, double epsilon) {
    int width = weight.length;
    double[] out = new double[x.length];
    for (int from = 0; from < x.length; from += width) {
      double mean = 0;
      double variance = 0;
      for (int i = 0; i < width; i++) {
        mean += x[from + i] / width;
      }
      for (int i = 0; i < width; i++) {
        variance += (x[from + i] - mean) * (x[from + i] - mean) / width;
      }
      for (int i = 0; i < width; i++) {
        out[from + i] = (x[from + i] - mean) / Math.sqrt(variance + epsilon) * weight[i] + bias[i];
      }
    }
    return out;
  }

  @Test
  void normalisesTheLastAxis() {
    for (int[] sizes : new int[][] {{4, 6}, {2, 3, 6}}) {
      Parameters parameters = new Parameters(engine, new RandomKey(1, 1));
      LayerNorm layer = new LayerNorm(parameters, 6, EPSILON);
      assertArrayEquals(new double[] {1, 1, 1, 1, 1, 1}, Trial.weight(parameters, "weight"));
      assertArrayEquals(new double[6], Trial.weight(parameters, "bias"));
      Trial.scramble(parameters, random);
      Tensor x = Trial.tensor(engine, random, sizes);
      double[] weight = Trial.weight(parameters, "weight");
      double[] expected = direct(x.toDoubles(), weight, Trial.weight(parameters, "bias"), EPSILON);
      Trial.assertClose(expected, Trial.output(parameters, layer, x, 6), 1e-12, "layer norm");
    }
  }

  @Test
  void aConstantRowBecomesTheBias() {
    Parameters parameters = new Parameters(engine, new RandomKey(1, 1));
    LayerNorm layer = new LayerNorm(parameters, 3, EPSILON);
    Trial.scramble(parameters, random);
    Tensor x = engine.tensor(new double[] {7, 7, 7}, 1, 3);
    assertArrayEquals(
        Trial.weight(parameters, "bias"), layer.forward(new EvaluationPass(), x).toDoubles());
  }

  @Test
  void refusesAnotherWidthEvenIfItWouldBroadcast() {
    LayerNorm six = new LayerNorm(new Parameters(engine, new RandomKey(1, 1)), 6, EPSILON);
    LayerNorm one = new LayerNorm(new Parameters(engine, new RandomKey(1, 1)), 1, EPSILON);
    EvaluationPass pass = new EvaluationPass();
    Tensor narrow = engine.tensor(new double[2], 2, 1);
    Tensor other = engine.tensor(new double[10], 2, 5);
    assertSays("[2, 1]", () -> six.forward(pass, narrow));
    assertSays("[2, 5]", () -> six.forward(pass, other));
    assertSays("[2, 5]", () -> one.forward(pass, other));
  }

  private static void assertSays(String shape, Runnable forward) {
    ShapeException e = assertThrows(ShapeException.class, forward::run);
    assertTrue(String.valueOf(e.getMessage()).contains(shape), e::getMessage);
  }
}
