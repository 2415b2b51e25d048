// SPDX-License-Identifier: Apache-2.0
package dev.kairos.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kairos.autograd.check.GradCheck;
import dev.kairos.kernels.RandomKey;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Gradients of the fluent composites, and of operations at kinks and ties. */
final class CompositeGradientTest {
  private final Engine engine = Engine.open("reference", 1);

  @AfterEach
  void close() {
    engine.close();
  }

  private double[] slope(Tensor at, Function<Variable, Variable> f) {
    try (Tape tape = new Tape(engine)) {
      Variable x = tape.leaf(at);
      return tape.backward(f.apply(x).sum()).of(x).toDoubles();
    }
  }

  private Tensor of(double... values) {
    return engine.tensor(values, values.length);
  }

  private static void assertSlope(double[] actual, double... expected) {
    assertArrayEquals(expected, actual, 1e-12);
  }

  @Test
  void topKMeanRewardsTheSelectedAlone() {
    assertSlope(slope(of(1, 9, 3, 7), x -> x.topKMean(2, 0)), 0, 0.5, 0, 0.5);
    assertSlope(slope(of(5, 5, 1, 5), x -> x.topKMean(2, 0)), 0.5, 0.5, 0, 0);
    Tensor columns = engine.tensor(new double[] {1, 9, 2, 8, 3, 7}, 3, 2);
    assertSlope(slope(columns, x -> x.topKMean(2, 0)), 0, 0.5, 0.5, 0.5, 0.5, 0);
    assertSlope(slope(columns, x -> x.topKMean(2, -1)), 0.5, 0.5, 0.5, 0.5, 0.5, 0.5);
  }

  @Test
  void l2NormalizeIsFiniteAtRowsOfZeros() {
    Tensor rows = engine.tensor(new double[] {0, 0, 3, 4}, 2, 2);
    double eps = 1e-3;
    double[] found = slope(rows, x -> x.l2Normalize(eps));
    assertEquals(1 / eps, found[0], 1e-9);
    assertEquals(1 / eps, found[1], 1e-9);
    // d/dx_i sum_j x_j / (n + eps) = 1 / (n + eps) - x_i sum(x) / (n (n + eps)^2)
    double n = 5 + eps;
    assertEquals(1 / n - 3 * 7 / (5 * n * n), found[2], 1e-12);
    assertEquals(1 / n - 4 * 7 / (5 * n * n), found[3], 1e-12);
  }

  @Test
  void l2NormalizeOfZerosIsFiniteInSinglePrecision() {
    try (Engine single = Engine.open("scalar", 1);
        Tape tape = new Tape(single)) {
      Variable x = tape.leaf(single.tensor(new double[] {0, 0, 3, 4}, 2, 2));
      Variable y = x.l2Normalize(1e-12);
      assertArrayEquals(new double[] {0, 0, 0.6, 0.8}, y.value().toDoubles(), 1e-6);
      double[] found = tape.backward(y.sum()).of(x).toDoubles();
      assertEquals(1e12, found[0], 1e6);
      assertEquals(0.2 - 0.6 * 1.4 / 5, found[2], 1e-6);
    }
  }

  @Test
  void poolsPassTheGradientToTheirWindows() {
    Tensor x = engine.tensor(new double[] {1, 3, 2, 2}, 1, 4, 1);
    assertSlope(slope(x, v -> v.maxPool1d(3, 1, 1)), 0, 3, 1, 0);
    assertSlope(slope(x, v -> v.maxPool1d(2, 2, 0)), 0, 1, 1, 0);
    assertSlope(slope(x, v -> v.avgPool1d(3, 1, 1)), 2 / 3.0, 1, 1, 2 / 3.0);
    assertSlope(slope(x, v -> v.avgPool1d(3, 3, 1)), 1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0);
  }

  @Test
  void kinksAndTiesHaveTheSlopeTheyDocument() {
    assertSlope(slope(of(-2, 0, 3), Variable::abs), -1, 0, 1);
    assertSlope(slope(of(-2, 0, 3), Variable::relu), 0, 0, 1);
    assertSlope(slope(of(-2, 0, 3), x -> x.leakyRelu(0.2)), 0.2, 0.2, 1);
    assertSlope(slope(of(-2, -1, 0, 1, 2), x -> x.clamp(-1, 1)), 0, 1, 1, 1, 0);
    assertSlope(slope(of(4, 7, 7), x -> x.max(0, false)), 0, 1, 0);
    assertSlope(slope(of(4, 2, 2), x -> x.min(0, false)), 0, 1, 0);
    assertSlope(slope(of(0, 2), x -> x.pow(2)), 0, 4);
    assertSlope(slope(of(0, 2), x -> x.pow(1)), 1, 1);
    assertSlope(slope(of(0, 2), x -> x.pow(0)), 0, 0);
    Tensor three = of(3, 3, 3);
    assertSlope(slope(of(2, 3, 4), x -> x.maximum(x.constant(three))), 0, 1, 1);
    assertSlope(slope(of(2, 3, 4), x -> x.minimum(x.constant(three))), 1, 1, 0);
    assertSlope(slope(of(2, 3, 4), x -> x.constant(three).maximum(x)), 0, 0, 1);
    assertSlope(slope(of(2, 3, 4), x -> x.constant(three).minimum(x)), 1, 0, 0);
  }

  @Test
  void saturatedFunctionsStayFinite() {
    Tensor far = of(-1000, 1000);
    assertSlope(slope(far, Variable::sigmoid), 0, 0);
    assertSlope(slope(far, Variable::tanh), 0, 0);
    assertSlope(slope(far, Variable::softplus), 0, 1);
    assertSlope(slope(far, x -> x.softmax().select(0, 0)), 0, 0);
    assertSlope(slope(far, x -> x.logSoftmax().select(0, 0)), 1, -1);
  }

  @Test
  void dropoutPassesTheGradientThroughTheSameMask() {
    double[] ones = new double[1000];
    Arrays.fill(ones, 1);
    RandomKey key = new RandomKey(3, 4);
    double[] value = of(ones).dropout(0.4, key).toDoubles();
    assertArrayEquals(value, slope(of(ones), x -> x.dropout(0.4, key)));
  }

  @Test
  void compositionsHoldAgainstDifferences() {
    SplittableRandom random = new SplittableRandom(17);
    Tensor x = engine.tensor(random.doubles(2 * 7 * 3, -1, 1).toArray(), 2, 7, 3);
    Tensor w = engine.tensor(random.doubles(3 * 3 * 4, -1, 1).toArray(), 3, 3, 4);
    Tensor b = engine.tensor(random.doubles(4, -1, 1).toArray(), 4);
    Tensor m = engine.tensor(random.doubles(3 * 5, -1, 1).toArray(), 3, 5);
    verify(List.of(x, w, b), in -> in.get(0).conv1d(in.get(1), in.get(2), 1, 1, 1).tanh());
    verify(List.of(x), in -> in.get(0).softmax(1).add(in.get(0).logSoftmax().exp()));
    verify(List.of(x), in -> in.get(0).l2Normalize(1e-6));
    verify(List.of(x), in -> in.get(0).topKMean(3, 1));
    verify(List.of(x), in -> in.get(0).maxPool1d(3, 2, 1).add(in.get(0).avgPool1d(3, 2, 1)));
    verify(List.of(x, m), in -> in.get(0).matmul(in.get(1)).normalize(1e-2));
    verify(List.of(x), in -> in.get(0).resample(1, 11).resample(-2, 4));
    verify(List.of(x), in -> in.get(0).unfold(1, 3, 2).fold(1, 2, 7).multiply(in.get(0)));
    verify(List.of(x), in -> in.get(0).mean(true, 1).subtract(in.get(0)).square().mean());
    verify(List.of(x), in -> in.get(0).select(1, 4).concat(-1, List.of(in.get(0).max(1, false))));
  }

  @Test
  void familiarNamesHoldAgainstDifferences() {
    SplittableRandom random = new SplittableRandom(18);
    Tensor x = engine.tensor(random.doubles(2 * 7 * 3, -1, 1).toArray(), 2, 7, 3);
    Tensor y = engine.tensor(random.doubles(7 * 3, -1, 1).toArray(), 7, 3);
    Tensor c = engine.tensor(new double[] {1, 0, 1}, 3);
    for (int axis = 0; axis < 3; axis++) {
      int along = axis;
      verify(List.of(x), in -> in.get(0).cumsum(along));
      verify(List.of(x), in -> in.get(0).logSumExp(along, false));
      verify(List.of(x), in -> in.get(0).sort(along, false).values());
      verify(List.of(x), in -> in.get(0).sort(along, true).values().cumsum(along).square());
      verify(List.of(y, y), in -> in.get(0).square().stack(along, List.of(in.get(1))));
    }
    verify(List.of(x, y), in -> in.get(0).where(in.get(0).constant(c), in.get(1)));
    verify(List.of(y, x), in -> in.get(0).where(in.get(1).step(0, 1), in.get(1)).tanh());
    verify(List.of(x), in -> in.get(0).multiply(in.get(0).logSumExp(2, true).detach().sign()));
  }

  @Test
  void familiarNamesHaveTheSlopeTheyDocument() {
    double inf = Double.POSITIVE_INFINITY;
    double nan = Double.NaN;
    assertSlope(slope(of(-inf, -inf), x -> x.logSumExp(0, false)), 0, 0);
    assertSlope(slope(of(-inf, 3, 3), x -> x.logSumExp(0, false)), 0, 0.5, 0.5);
    assertSlope(slope(of(1000, -1000), x -> x.logSumExp(0, false)), 1, 0);
    assertEquals(nan, slope(of(inf, 1), x -> x.logSumExp(0, false))[0]);
    Tensor condition = of(1, 0, 1);
    Tensor other = of(nan, inf, nan);
    assertSlope(
        slope(of(1, nan, 0), x -> x.where(x.constant(condition), x.constant(other))), 1, 0, 1);
    assertSlope(slope(of(5, 5, 1), x -> x.sort(0, false).values().select(0, -1)), 0, 1, 0);
    assertSlope(slope(of(5, 5, 1), x -> x.sort(0, true).values().select(0, 0)), 1, 0, 0);
    assertSlope(slope(of(1, 2, 3), x -> x.cumsum(0)), 3, 2, 1);
    assertSlope(slope(of(1, 2, 3), x -> x.multiply(x.detach())), 1, 2, 3);
    try (Tape tape = new Tape(engine)) {
      Variable x = tape.leaf(of(2, 7));
      for (Variable constant : List.of(x.argmax(0, false), x.argmin(0, true), x.detach())) {
        assertEquals(Variable.CONSTANT, constant.index());
      }
    }
  }

  private void verify(List<Tensor> inputs, Function<List<Variable>, Variable> f) {
    for (int direction = 0; direction < 3; direction++) {
      GradCheck.verify(engine, inputs, f, new RandomKey(direction, 1), 1e-7);
    }
  }
}
