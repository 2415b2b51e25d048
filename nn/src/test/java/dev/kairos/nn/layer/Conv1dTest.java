// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.Trial;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.ShapeException;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Conv1dTest {
  private static final int BATCH = 2;
  private static final int IN = 3;
  private static final int OUT = 2;

  private final Engine engine = Engine.open("reference", 1);
  private final SplittableRandom random = new SplittableRandom(3);

  private void check(int time, int kernel, int stride, int padding, boolean bias) {
    Parameters parameters = new Parameters(engine, new RandomKey(1, 1));
    Conv1d layer = new Conv1d(parameters, IN, OUT, kernel, stride, padding, bias);
    Trial.scramble(parameters, random);
    Tensor x = Trial.tensor(engine, random, BATCH, time, IN);
    double[] found = Trial.output(parameters, layer, x, 4);
    int length = (time + 2 * padding - kernel) / stride + 1;
    double[] values = x.toDoubles();
    double[] w = Trial.weight(parameters, "weight");
    double[] expected = new double[BATCH * length * OUT];
    for (int n = 0; n < BATCH; n++) {
      for (int t = 0; t < length; t++) {
        for (int o = 0; o < OUT; o++) {
          double sum = bias ? Trial.weight(parameters, "bias")[o] : 0;
          for (int k = 0; k < kernel; k++) {
            int at = t * stride - padding + k;
            for (int i = 0; at >= 0 && at < time && i < IN; i++) {
              sum += values[(n * time + at) * IN + i] * w[(k * IN + i) * OUT + o];
            }
          }
          expected[(n * length + t) * OUT + o] = sum;
        }
      }
    }
    String what = "T " + time + ", K " + kernel + ", stride " + stride + ", padding " + padding;
    Trial.assertClose(expected, found, 1e-12, what);
  }

  @Test
  void slidesTheKernelOverTime() {
    check(7, 1, 1, 0, true);
    check(7, 3, 1, 1, true);
    check(7, 3, 1, 0, false);
    check(7, 3, 2, 1, true);
    check(8, 3, 2, 1, false);
    check(8, 5, 3, 2, true);
    check(1, 3, 1, 1, true);
    check(6, 2, 2, 0, true);
  }

  /**
   * One product for all rescaled copies gives the values and gradients of a convolution for each.
   */
  @Test
  void rescaledCopiesGiveWhatRescaledInputsGive() {
    for (int[] form :
        new int[][] {{7, 3, 1, 1, 1}, {7, 1, 1, 0, 0}, {8, 3, 2, 0, 1}, {5, 2, 3, 2, 0}}) {
      Parameters parameters = new Parameters(engine, new RandomKey(1, 1));
      Conv1d layer = new Conv1d(parameters, IN, OUT, form[1], form[2], form[3], form[4] == 1);
      Trial.scramble(parameters, random);
      Tensor x = Trial.tensor(engine, random, BATCH, form[0], IN);
      Tensor factors = Trial.tensor(engine, random, 3, BATCH, form[0]);
      List<double[]> shared = new ArrayList<>();
      List<double[]> direct = new ArrayList<>();
      try (Tape tape = new Tape(engine)) {
        TrainingPass pass = new TrainingPass(tape, new RandomKey(1, 2));
        Variable features = tape.leaf(x);
        Variable f = tape.leaf(factors);
        Variable each = f.reshape(3, BATCH, form[0], 1);
        Variable weighed = features.multiply(each).reshape(3 * BATCH, form[0], IN);
        collect(
            shared,
            pass,
            parameters,
            layer.weighed(pass, layer.taps(pass, features), f),
            features,
            f);
        collect(direct, pass, parameters, layer.forward(pass, weighed), features, f);
      }
      for (int i = 0; i < direct.size(); i++) {
        Trial.assertClose(direct.get(i), shared.get(i), 1e-12, "form " + form[1] + ", part " + i);
      }
    }
  }

  private void collect(
      List<double[]> into,
      TrainingPass pass,
      Parameters parameters,
      Variable out,
      Variable... leaves) {
    into.add(out.value().toDoubles());
    Gradients gradients = pass.tape().backward(out.square().sum());
    parameters.all().forEach(p -> into.add(pass.gradient(gradients, p).toDoubles()));
    for (Variable leaf : leaves) {
      into.add(gradients.of(leaf).toDoubles());
    }
  }

  @Test
  void shortFormsKeepTheLength() {
    Parameters parameters = new Parameters(engine, new RandomKey(1, 1));
    Tensor x = Trial.tensor(engine, random, BATCH, 5, IN);
    Conv1d same = Conv1d.same(parameters.at("same"), IN, OUT, 3);
    Conv1d one = Conv1d.pointwise(parameters.at("one"), IN, OUT, false);
    EvaluationPass pass = new EvaluationPass();
    assertArrayEquals(new int[] {BATCH, 5, OUT}, same.forward(pass, x).shape().sizes());
    assertArrayEquals(new int[] {BATCH, 5, OUT}, one.forward(pass, x).shape().sizes());
    assertTrue(parameters.byName().containsKey("same.bias"));
    assertTrue(!parameters.byName().containsKey("one.bias"));
  }

  @Test
  void refusesAnEvenKernelThatShouldKeepTheLength() {
    Parameters parameters = new Parameters(engine, new RandomKey(1, 1));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Conv1d.same(parameters, IN, OUT, 4));
    assertTrue(String.valueOf(e.getMessage()).contains("4"), e::getMessage);
    assertTrue(parameters.all().isEmpty(), "no weight of a refused layer");
  }

  @Test
  void beginsWithinOneOverTheRootOfChannelsTimesKernel() {
    Parameters parameters = new Parameters(engine, new RandomKey(1, 1));
    Conv1d.same(parameters, 5, 40, 5);
    for (String name : new String[] {"weight", "bias"}) {
      double largest = 0;
      for (double value : Trial.weight(parameters, name)) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertTrue(largest <= 0.2 && largest > 0.15, name + " " + largest);
    }
  }

  @Test
  void namesTheShapesThatDisagree() {
    Conv1d layer = Conv1d.same(new Parameters(engine, new RandomKey(1, 1)), IN, OUT, 3);
    Tensor x = engine.tensor(new double[20], 1, 5, 4);
    ShapeException e =
        assertThrows(ShapeException.class, () -> layer.forward(new EvaluationPass(), x));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("[1, 5, 4]") && message.contains("[3, 3, 2]"), message);
  }
}
