// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.Trial;
import dev.kairos.nn.init.Initializer;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.ShapeException;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.TensorOps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultiHeadAttentionTest {
  /** Attention under one mask, as a layer of one input. */
  record Masked(MultiHeadAttention attention, @Nullable Tensor mask) implements Layer {
    @Override
    public <T extends TensorOps<T>> T forward(Pass<T> pass, T x) {
      return attention.forward(pass, x, mask);
    }
  }

  private final Engine engine = Engine.open("reference", 1);
  private final SplittableRandom random = new SplittableRandom(10);

  private static MultiHeadAttention attention(Parameters parameters, int width, int heads) {
    return new MultiHeadAttention(
        parameters, width, heads, Initializer.normal(0.3), Initializer.normal(0.3));
  }

  /** 0 on and below the diagonal, minus infinity above. */
  static Tensor causal(Engine engine, int time) {
    double[] values = new double[time * time];
    for (int i = 0; i < time; i++) {
      Arrays.fill(values, i * time + i + 1, (i + 1) * time, Double.NEGATIVE_INFINITY);
    }
    return engine.tensor(values, time, time);
  }

  /** {@code x W + b} for rows of a width. */
  static double[] project(double[] x, double[] w, double[] b) {
    int out = b.length;
    int in = w.length / out;
    double[] y = new double[x.length / in * out];
    for (int row = 0; row < x.length / in; row++) {
      for (int o = 0; o < out; o++) {
        y[row * out + o] = b[o];
        for (int i = 0; i < in; i++) {
          y[row * out + o] += x[row * in + i] * w[i * out + o];
        }
      }
    }
    return y;
  }

  /**
   * Attention by its formula, one query and one head at a time.
   *
   * @param prefix of the weights' names
   * @param mask added to the scores, row by row
   */
  static double[] direct(
      Parameters parameters, String prefix, double[] x, int time, int heads, double[] mask) {
    double[] packed =
        project(
            x,
            Trial.weight(parameters, prefix + "in_proj_weight"),
            Trial.weight(parameters, prefix + "in_proj_bias"));
    double[] bias = Trial.weight(parameters, prefix + "out_proj.bias");
    int width = bias.length;
    int head = width / heads;
    double[] mixed = new double[x.length];
    for (int n = 0; n < x.length / (time * width); n++) {
      for (int h = 0; h < heads; h++) {
        for (int q = 0; q < time; q++) {
          double[] weights = new double[time];
          double total = 0;
          for (int k = 0; k < time; k++) {
            double score = 0;
            for (int i = 0; i < head; i++) {
              score +=
                  packed[(n * time + q) * 3 * width + h * head + i]
                      * packed[(n * time + k) * 3 * width + width + h * head + i];
            }
            weights[k] = Math.exp(score / Math.sqrt(head) + mask[q * time + k]);
            total += weights[k];
          }
          for (int i = 0; i < head; i++) {
            for (int k = 0; k < time; k++) {
              mixed[(n * time + q) * width + h * head + i] +=
                  weights[k]
                      / total
                      * packed[(n * time + k) * 3 * width + 2 * width + h * head + i];
            }
          }
        }
      }
    }
    return project(mixed, Trial.weight(parameters, prefix + "out_proj.weight"), bias);
  }

  private void check(int batch, int time, int width, int heads, @Nullable Tensor mask) {
    Parameters parameters = new Parameters(engine, new RandomKey(1, 1));
    MultiHeadAttention attention = attention(parameters, width, heads);
    Trial.scramble(parameters, random);
    Tensor x = Trial.tensor(engine, random, batch, time, width);
    double[] added = mask == null ? new double[time * time] : mask.toDoubles();
    double[] expected = direct(parameters, "", x.toDoubles(), time, heads, added);
    double[] found = Trial.output(parameters, new Masked(attention, mask), x, 12);
    String what = "W " + width + ", heads " + heads + ", mask " + mask;
    Trial.assertClose(expected, found, 1e-12, what);
  }

  @Test
  void attendsToAllPositions() {
    check(2, 5, 6, 2, null);
    check(1, 4, 6, 1, null);
    check(2, 3, 4, 4, null);
    check(1, 1, 4, 2, null);
  }

  @Test
  void attendsThroughAMask() {
    check(2, 5, 6, 2, causal(engine, 5));
    check(1, 1, 4, 2, causal(engine, 1));
    check(2, 4, 6, 3, Trial.tensor(engine, random, 4, 4));
  }

  @Test
  void whatIsHiddenHasNoInfluence() {
    Parameters parameters = new Parameters(engine, new RandomKey(1, 1));
    MultiHeadAttention attention = attention(parameters, 4, 2);
    double[] x = Trial.numbers(random, 3 * 4);
    double[] changed = x.clone();
    changed[2 * 4] += 5;
    EvaluationPass pass = new EvaluationPass();
    Tensor mask = causal(engine, 3);
    double[] before = attention.forward(pass, engine.tensor(x, 1, 3, 4), mask).toDoubles();
    double[] after = attention.forward(pass, engine.tensor(changed, 1, 3, 4), mask).toDoubles();
    assertArrayEquals(Arrays.copyOf(before, 8), Arrays.copyOf(after, 8), "positions 0 and 1");
    assertTrue(before[8] != after[8], "position 2 sees itself");
  }

  @Test
  void widthMustBeDivisibleByTheHeads() {
    Parameters parameters = new Parameters(engine, new RandomKey(1, 1));
    for (int heads : new int[] {4, 0, -1, 12}) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> attention(parameters, 6, heads));
      assertTrue(
          String.valueOf(e.getMessage()).matches(".*width 6 .* " + heads + " heads.*"),
          e::getMessage);
    }
    assertEquals(0, parameters.all().size());
  }

  @Test
  void namesTheShapesThatDisagree() {
    MultiHeadAttention attention = attention(new Parameters(engine, new RandomKey(1, 1)), 6, 2);
    assertSays("[2, 6]", () -> run(attention, new int[] {2, 6}, null));
    assertSays("[2, 5, 4]", () -> run(attention, new int[] {2, 5, 4}, null));
    assertSays("[2, 5, 12]", () -> run(attention, new int[] {2, 5, 12}, null));
    assertSays("[3, 3]", () -> run(attention, new int[] {2, 5, 6}, causal(engine, 3)));
    assertSays("[1, 1]", () -> run(attention, new int[] {2, 5, 6}, causal(engine, 1)));
  }

  private void run(MultiHeadAttention attention, int[] sizes, @Nullable Tensor mask) {
    attention.forward(new EvaluationPass(), Trial.tensor(engine, random, sizes), mask);
  }

  private static void assertSays(String shape, Runnable forward) {
    ShapeException e = assertThrows(ShapeException.class, forward::run);
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith("attention: ") && message.contains(shape), message);
  }

  /** A step that sees nothing takes in nothing, and leaves the gradients of all others alone. */
  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void aStepThatSeesNothingGivesZeroAndFiniteGradients(String backend) {
    double hide = Double.NEGATIVE_INFINITY;
    try (Engine on = Engine.open(backend, 1)) {
      Tensor blind = on.tensor(new double[] {0, hide, 0, 0, 0, 0, hide, hide, hide}, 3, 3);
      Tensor sees = on.tensor(new double[] {0, hide, 0, 0, 0, 0, 0, 0, 0}, 3, 3);
      double[] x = Trial.numbers(new SplittableRandom(4), 12);
      Parameters parameters = new Parameters(on, new RandomKey(1, 1));
      MultiHeadAttention layer = attention(parameters, 4, 2);
      List<double[]> found = new ArrayList<>();
      for (Tensor mask : List.of(blind, sees)) {
        try (Tape tape = new Tape(on)) {
          TrainingPass pass = new TrainingPass(tape, new RandomKey(1, 1));
          Variable y = layer.forward(pass, tape.constant(on.tensor(x, 1, 3, 4)), mask);
          found.add(y.value().toDoubles());
          Variable loss = y.narrow(1, 0, 2).square().sum();
          Gradients gradients = tape.backward(loss);
          double[] slopes = pass.gradient(gradients, parameters.all().get(0)).toDoubles();
          assertTrue(Arrays.stream(slopes).allMatch(Double::isFinite), Arrays.toString(slopes));
          found.add(slopes);
          Gradients ofAll = tape.backward(y.sum());
          for (Parameter p : parameters.all()) {
            double[] all = pass.gradient(ofAll, p).toDoubles();
            assertTrue(Arrays.stream(all).allMatch(Double::isFinite), p::toString);
          }
        }
      }
      // The third step, which is left out of the loss, is the output bias, 0.
      assertArrayEquals(new double[4], Arrays.copyOfRange(found.get(0), 8, 12));
      Trial.assertClose(
          Arrays.copyOf(found.get(2), 8), Arrays.copyOf(found.get(0), 8), 1e-6, "the others");
      Trial.assertClose(found.get(3), found.get(1), 1e-5, "their gradients");
    }
  }
}
