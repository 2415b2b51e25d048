// SPDX-License-Identifier: Apache-2.0
package dev.kairos.autograd.check;

import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import dev.kairos.tensor.DType;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Compares a function's gradients with finite differences in one random direction per input: {@code
 * <J v, u>}, by central differences, must equal {@code <v, J^T u>}, by the tape. Two evaluations an
 * input, whatever its size. Needs a double-precision engine.
 */
public final class GradCheck {
  private static final double STEP = 1e-5;

  /**
   * The outcome for one input.
   *
   * @param input which input
   * @param analytic {@code <v, J^T u>} from the tape
   * @param numeric {@code <J v, u>} from differences
   */
  public record Result(int input, double analytic, double numeric) {
    /** The difference beside the larger of both and 1. */
    public double error() {
      return Math.abs(analytic - numeric)
          / Math.max(1, Math.max(Math.abs(analytic), Math.abs(numeric)));
    }
  }

  private GradCheck() {}

  /**
   * Checks the gradient with respect to every real input.
   *
   * @param engine the reference engine
   * @param inputs where to evaluate; integers are passed on as constants
   * @param f a function of those inputs, smooth around them
   * @param key chooses the directions
   */
  public static List<Result> run(
      Engine engine, List<Tensor> inputs, Function<List<Variable>, Variable> f, RandomKey key) {
    if (engine.real() != DType.FLOAT64) {
      throw new IllegalArgumentException(
          "gradient check: needs a double-precision engine, not " + engine.backend().name());
    }
    RandomGenerator random = Philox.generator(key);
    List<Result> results = new ArrayList<>();
    double[] u;
    List<double[]> slopes = new ArrayList<>();
    try (Tape tape = new Tape(engine)) {
      List<Variable> leaves = variables(tape, inputs, -1, new double[0], 0);
      Variable out = f.apply(leaves);
      u = direction(random, out.shape());
      Gradients gradients = tape.backward(out, engine.tensor(u, out.shape().sizes()));
      for (Variable leaf : leaves) {
        slopes.add(leaf.dtype().isReal() ? gradients.of(leaf).toDoubles() : new double[0]);
      }
    }
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).dtype().isReal()) {
        double[] v = direction(random, inputs.get(i).shape());
        double up = dot(evaluate(engine, inputs, f, i, v, STEP), u);
        double down = dot(evaluate(engine, inputs, f, i, v, -STEP), u);
        results.add(new Result(i, dot(slopes.get(i), v), (up - down) / (2 * STEP)));
      }
    }
    return results;
  }

  /**
   * Runs the check and fails if any input's error exceeds a tolerance.
   *
   * @throws AssertionError naming the input and both numbers
   */
  public static void verify(
      Engine engine,
      List<Tensor> inputs,
      Function<List<Variable>, Variable> f,
      RandomKey key,
      double tolerance) {
    for (Result result : run(engine, inputs, f, key)) {
      if (!(result.error() <= tolerance)) {
        throw new AssertionError(
            "gradient of input "
                + result.input()
                + " "
                + inputs.get(result.input()).shape()
                + ": tape "
                + result.analytic()
                + ", differences "
                + result.numeric()
                + ", error "
                + result.error()
                + " > "
                + tolerance
                + " ("
                + key
                + ")");
      }
    }
  }

  private static List<Variable> variables(
      Tape tape, List<Tensor> inputs, int moved, double[] direction, double step) {
    List<Variable> variables = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Tensor input = inputs.get(i);
      if (!input.dtype().isReal()) {
        variables.add(tape.constant(input));
        continue;
      }
      double[] values = input.toDoubles();
      if (i == moved) {
        for (int j = 0; j < values.length; j++) {
          values[j] += step * direction[j];
        }
      }
      variables.add(tape.leaf(tape.engine().tensor(values, input.shape().sizes())));
    }
    return variables;
  }

  private static double[] evaluate(
      Engine engine,
      List<Tensor> inputs,
      Function<List<Variable>, Variable> f,
      int moved,
      double[] direction,
      double step) {
    try (Tape tape = new Tape(engine)) {
      return f.apply(variables(tape, inputs, moved, direction, step)).value().toDoubles();
    }
  }

  private static double[] direction(RandomGenerator random, Shape shape) {
    double[] values = new double[shape.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble(-1, 1);
    }
    return values;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
