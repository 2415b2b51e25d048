// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.autograd.check.GradCheck;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.layer.Layer;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What every layer is put through, and random numbers for it. */
public final class Trial {
  private static final double GRADIENT_TOLERANCE = 1e-6;

  private Trial() {}

  /** Numbers in [-1, 1). */
  public static double[] numbers(SplittableRandom random, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextDouble(-1, 1);
    }
    return values;
  }

  /** A tensor of numbers in [-1, 1). */
  public static Tensor tensor(Engine engine, SplittableRandom random, int... sizes) {
    int count = 1;
    for (int size : sizes) {
      count *= size;
    }
    return engine.tensor(numbers(random, count), sizes);
  }

  /** Overwrites every weight with numbers in [-1, 1), so that no zero or one hides a mistake. */
  public static void scramble(Parameters parameters, SplittableRandom random) {
    for (Parameter parameter : parameters.all()) {
      int[] sizes = parameter.value().shape().sizes();
      parameter.value().assign(tensor(parameters.engine(), random, sizes));
    }
  }

  /** The values of a weight in memory order. */
  public static double[] weight(Parameters parameters, String name) {
    Parameter parameter = parameters.byName().get(name);
    if (parameter == null) {
      throw new AssertionError("no weight " + name + " among " + parameters.byName().keySet());
    }
    return parameter.value().toDoubles();
  }

  /** Two arrays agree to an absolute and relative tolerance. */
  public static void assertClose(
      double[] expected, double[] actual, double tolerance, String what) {
    assertEquals(expected.length, actual.length, () -> what + ": length");
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - actual[i]) <= tolerance * Math.max(1, Math.abs(expected[i])))) {
        fail(what + "[" + i + "]: expected " + expected[i] + ", found " + actual[i]);
      }
    }
  }

  /**
   * The layer's output, after checks: recorded and unrecorded runs give the same bits, and the
   * gradients of the input and of every weight are those of finite differences, whether a weight is
   * the pass's own leaf or an input of the function.
   */
  public static double[] output(Parameters parameters, Layer layer, Tensor x, long seed) {
    double[] out = layer.forward(new EvaluationPass(), x).toDoubles();
    List<Tensor> inputs = new ArrayList<>(List.of(x));
    parameters.all().forEach(p -> inputs.add(p.value()));
    GradCheck.verify(
        parameters.engine(),
        inputs,
        v -> layer.forward(substituted(parameters, v), v.get(0)),
        new RandomKey(seed, 0),
        GRADIENT_TOLERANCE);
    try (Tape tape = new Tape(parameters.engine())) {
      TrainingPass pass = new TrainingPass(tape, new RandomKey(seed, 1), false);
      Variable leaf = tape.leaf(x);
      Variable y = layer.forward(pass, leaf);
      assertArrayEquals(out, y.value().toDoubles(), "training pass without dropout, seed " + seed);
      Tensor pull = tensor(parameters.engine(), new SplittableRandom(seed), y.shape().sizes());
      Gradients own = tape.backward(y, pull);
      List<Variable> leaves = inputs.stream().map(tape::leaf).toList();
      Gradients other =
          tape.backward(layer.forward(substituted(parameters, leaves), leaves.get(0)), pull);
      assertArrayEquals(other.of(leaves.get(0)).toDoubles(), own.of(leaf).toDoubles());
      for (int i = 0; i < parameters.all().size(); i++) {
        Parameter p = parameters.all().get(i);
        double[] gradient = pass.gradient(own, p).toDoubles();
        assertArrayEquals(other.of(leaves.get(i + 1)).toDoubles(), gradient, p::toString);
      }
    }
    return out;
  }

  /** A pass without dropout whose weights are given: the variables after the first. */
  public static Pass<Variable> substituted(Parameters parameters, List<Variable> variables) {
    Map<Parameter, Variable> weights = new HashMap<>();
    for (int i = 0; i < parameters.all().size(); i++) {
      weights.put(parameters.all().get(i), variables.get(i + 1));
    }
    return new Pass<>() {
      @Override
      public Variable of(Parameter parameter) {
        Variable found = weights.get(parameter);
        if (found == null) {
          throw new AssertionError("no variable for " + parameter);
        }
        return found;
      }

      @Override
      public Variable constant(Tensor tensor) {
        return variables.get(0).constant(tensor);
      }

      @Override
      public boolean training() {
        return false;
      }

      @Override
      public RandomKey nextKey() {
        throw new AssertionError("a key without dropout");
      }
    };
  }
}
