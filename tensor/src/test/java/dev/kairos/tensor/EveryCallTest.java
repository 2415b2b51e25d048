// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.RandomKey;
import dev.kairos.kernels.contract.Campaign;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Walks the fluent names: whatever a call refuses, its message begins with the name that was called
 * and has the shape it was called on, also where the name stands for other operations.
 */
final class EveryCallTest {
  private static final Engine ENGINE = Engine.open("reference", 1);
  private static final RandomKey KEY = new RandomKey(1, 1);

  /** Takes whatever it is given. */
  private static final Set<String> NEVER_REFUSE = Set.of("contiguous");

  /**
   * A call that must be refused.
   *
   * @param name the one called
   * @param on what it is called on
   */
  private record Call(String name, Tensor on, Function<Tensor, Tensor> call) {}

  private final List<Call> calls = new ArrayList<>();

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  private void refuse(String name, Function<Tensor, Tensor> call, int... sizes) {
    calls.add(new Call(name, ENGINE.zeros(Shape.of(sizes)), call));
  }

  /** Refuses whole numbers. */
  private void reals(String name, Function<Tensor, Tensor> call) {
    calls.add(new Call(name, ENGINE.indices(new int[6], 2, 3), call));
  }

  private static Tensor of(int... sizes) {
    return ENGINE.zeros(Shape.of(sizes));
  }

  private static Tensor at(int... positions) {
    return ENGINE.indices(positions, positions.length);
  }

  private void elementwise() {
    reals("add", x -> x.add(1));
    reals("multiply", x -> x.multiply(2));
    reals("affine", x -> x.affine(1, 2));
    reals("negate", Tensor::negate);
    reals("abs", Tensor::abs);
    reals("sign", Tensor::sign);
    reals("exp", Tensor::exp);
    reals("log", Tensor::log);
    reals("sqrt", Tensor::sqrt);
    reals("square", Tensor::square);
    reals("pow", x -> x.pow(2));
    reals("reciprocal", Tensor::reciprocal);
    reals("clamp", x -> x.clamp(0, 1));
    reals("between", x -> x.between(0, 1));
    reals("step", x -> x.step(0, 1));
    reals("relu", Tensor::relu);
    reals("leakyRelu", x -> x.leakyRelu(0.1));
    reals("sigmoid", Tensor::sigmoid);
    reals("swish", x -> x.swish(1));
    reals("tanh", Tensor::tanh);
    reals("softplus", Tensor::softplus);
    reals("dropout", x -> x.dropout(0.5, KEY));
    refuse("add", x -> x.add(of(4)), 2, 3);
    refuse("add", x -> x.add(of(1, 65536)), 65536, 1); // too many elements
    refuse("subtract", x -> x.subtract(of(4)), 2, 3);
    refuse("multiply", x -> x.multiply(of(4)), 2, 3);
    refuse("divide", x -> x.divide(of(4)), 2, 3);
    refuse("maximum", x -> x.maximum(of(4)), 2, 3);
    refuse("minimum", x -> x.minimum(of(4)), 2, 3);
    refuse("greater", x -> x.greater(of(4)), 2, 3);
    refuse("greaterEqual", x -> x.greaterEqual(of(4)), 2, 3);
    refuse("equalTo", x -> x.equalTo(of(4)), 2, 3);
    reals("where", x -> x.where(of(3), of(3)));
    refuse("where", x -> x.where(of(4), of(3)), 2, 3);
    refuse("where", x -> x.where(of(3), of(4)), 2, 3);
  }

  private void reductions() {
    reals("sum", Tensor::sum);
    reals("mean", Tensor::mean);
    reals("mean", x -> x.mean(true, 0));
    reals("sumTo", x -> x.sumTo(Shape.of(3)));
    reals("max", x -> x.max(0, false));
    refuse("sum", x -> x.sum(false, 2), 2, 3);
    refuse("sum", x -> x.sum(false, 0, -2), 2, 3);
    refuse("mean", x -> x.mean(false, 2), 2, 3);
    refuse("mean", x -> x.mean(false, 1, 1), 2, 3);
    refuse("mean", x -> x.mean(false, 0), 0, 3);
    refuse("mean", Tensor::mean, 0);
    refuse("max", x -> x.max(2, false), 2, 3);
    refuse("max", x -> x.max(0, false), 0, 3);
    refuse("min", x -> x.min(-3, false), 2, 3);
    refuse("sumTo", x -> x.sumTo(Shape.of(2)), 2, 3);
    for (int axis : new int[] {2, -3}) {
      refuse("argmax", x -> x.argmax(axis, true), 2, 3);
      refuse("argmin", x -> x.argmin(axis, true), 2, 3);
      refuse("logSumExp", x -> x.logSumExp(axis, true), 2, 3);
    }
    refuse("argmax", x -> x.argmax(0, false), 0, 3);
    refuse("argmin", x -> x.argmin(0, false), 0, 3);
    refuse("logSumExp", x -> x.logSumExp(0, false), 0, 3);
    reals("argmax", x -> x.argmax(0, false));
    reals("argmin", x -> x.argmin(0, false));
    reals("logSumExp", x -> x.logSumExp(0, false));
  }

  private void rows() {
    reals("softmax", Tensor::softmax);
    reals("softmax", x -> x.softmax(0));
    reals("maskedSoftmax", x -> x.maskedSoftmax(of(3)));
    reals("l2Normalize", x -> x.l2Normalize(1e-6));
    reals("topKMean", x -> x.topKMean(1, 0));
    refuse("softmax", Tensor::softmax);
    refuse("softmax", x -> x.softmax(2), 2, 3);
    refuse("maskedSoftmax", x -> x.maskedSoftmax(of(2)), 2, 3);
    refuse("maskedSoftmax", x -> x.maskedSoftmax(of(5, 2, 3)), 2, 3);
    refuse("logSoftmax", Tensor::logSoftmax);
    refuse("normalize", x -> x.normalize(1e-5));
    refuse("layerNorm", x -> x.layerNorm(1e-5, of(2), of(2)), 2, 3);
    refuse("l2Normalize", x -> x.l2Normalize(1e-6));
    refuse("topKIndices", x -> x.topKIndices(4), 2, 3);
    refuse("topKMean", x -> x.topKMean(4, 1), 2, 3);
    refuse("topKMean", x -> x.topKMean(1, 2), 2, 3);
    reals("sortIndices", x -> x.sortIndices(false));
    refuse("sortIndices", x -> x.sortIndices(true));
    reals("sort", x -> x.sort(0, false).values());
    refuse("sort", x -> x.sort(2, false).values(), 2, 3);
    refuse("sort", x -> x.sort(0, true).values());
    reals("cumsum", x -> x.cumsum(0));
    refuse("cumsum", x -> x.cumsum(-3), 2, 3);
    refuse("gather", x -> x.gather(2, at(0)), 2, 3);
    refuse("gather", x -> x.gather(0, at(0, 2)), 2, 3);
    refuse("gather", x -> x.gather(0, at(-1)), 2, 3);
    refuse("scatterAdd", x -> x.scatterAdd(0, at(0), 3), 2, 3);
    refuse("scatterAdd", x -> x.scatterAdd(0, at(0, 3), 3), 2, 3);
    refuse("scatterAdd", x -> x.scatterAdd(0, at(0, -7), 3), 2, 3);
    refuse("scatterAdd", x -> x.scatterAdd(0, at(0, 1), Integer.MAX_VALUE), 2, 3);
    refuse("resample", x -> x.resample(1, 0), 2, 3);
    refuse("resample", x -> x.resample(0, Integer.MAX_VALUE), 2, 3);
  }

  private void windows() {
    reals("maxPool1d", x -> x.maxPool1d(1, 1, 0));
    refuse("maxPool1d", x -> x.maxPool1d(1, 1, 0), 2, 3);
    refuse("maxPool1d", x -> x.maxPool1d(4, 1, 0), 1, 3, 2);
    refuse("maxPool1d", x -> x.maxPool1d(2, 0, 0), 1, 3, 2);
    refuse("maxPool1d", x -> x.maxPool1d(2, -1, 1), 1, 3, 2);
    refuse("maxPool1d", x -> x.maxPool1d(0, 1, 0), 1, 3, 2);
    refuse("maxPool1d", x -> x.maxPool1d(1, 1, 0), 1, 0, 2);
    refuse("maxPool1d", x -> x.maxPool1d(Integer.MAX_VALUE, 1, 2_000_000_000), 1, 3, 2);
    refuse("avgPool1d", x -> x.avgPool1d(2, 1, 2), 1, 3, 2);
    refuse("avgPool1d", x -> x.avgPool1d(4, 1, 0), 1, 3, 2);
    refuse("unfold", x -> x.unfold(0, 3, 1), 2, 3);
    refuse("fold", x -> x.fold(0, 1, 9), 2, 3);
  }

  private void contractions() {
    reals("matmul", x -> x.matmul(of(3, 2)));
    calls.add(new Call("matmul", ENGINE.indices(new int[6], 1, 2, 3), x -> x.matmul(of(3, 2))));
    refuse("matmul", x -> x.matmul(of(2, 2)), 2, 3);
    refuse("matmul", x -> x.matmul(of(2, 2)), 4, 2, 3);
    refuse("matmul", x -> x.matmul(of(3, 2), of(5)), 4, 2, 3);
    refuse("matmul", x -> x.matmul(of(1, 65536)), 65536, 1);
    refuse("conv1d", x -> x.conv1d(of(1, 4, 2), 1, 0, 1), 1, 5, 3);
    refuse("conv1d", x -> x.conv1d(of(1, 3, 2), of(3), 1, 0, 1), 1, 5, 3);
    refuse("conv1d", x -> x.conv1d(of(1, 3, 2), 1, Integer.MAX_VALUE, 1), 1, 5, 3);
    refuse("conv1d", x -> x.conv1d(of(2, 3, 2), 1, 0, Integer.MAX_VALUE), 1, 5, 3);
    refuse("tapSum", x -> x.tapSum(of(2, 2, 5), 1, 0, 1), 3, 1, 5, 2);
    refuse("tapSum", x -> x.tapSum(of(2, 1, 5), of(3), 1, 0, 1), 3, 1, 5, 2);
    refuse("solve", x -> x.solve(of(1, 2, 1)), 1, 3, 3);
  }

  private void arrangement() {
    refuse("reshape", x -> x.reshape(4), 2, 3);
    refuse("reshape", x -> x.reshape(-1, -1), 2, 3);
    refuse("reshape", x -> x.reshape(-2, -3), 2, 3);
    refuse("reshape", x -> x.reshape(4, -1), 2, 3);
    refuse("reshape", x -> x.reshape(65536, 65536), 2, 3);
    refuse("reshape", x -> x.reshape(65536, 65536, -1), 2, 3);
    refuse("reshape", x -> x.reshape(Shape.of(7)), 2, 3);
    refuse("permute", x -> x.permute(0, 0), 2, 3);
    refuse("permute", x -> x.permute(0, 5), 2, 3);
    refuse("transpose", x -> x.transpose(0, 2), 2, 3);
    refuse("transpose", x -> x.transpose(-3, 0), 2, 3);
    refuse("moveAxis", x -> x.moveAxis(2, 0), 2, 3);
    refuse("moveAxis", x -> x.moveAxis(0, 2), 2, 3);
    refuse("broadcastTo", x -> x.broadcastTo(Shape.of(2, 4)), 2, 3);
    refuse("broadcastTo", x -> x.broadcastTo(Shape.of(3)), 2, 3);
    refuse("narrow", x -> x.narrow(0, 1, 2), 2, 3);
    refuse("narrow", x -> x.narrow(2, 0, 1), 2, 3);
    refuse("narrow", x -> x.narrow(1, -4, 1), 2, 3);
    refuse("narrow", x -> x.narrow(1, -1, 2), 2, 3);
    refuse("select", x -> x.select(0, -3), 2, 3);
    refuse("select", x -> x.select(0, -1), 0, 3);
    refuse("select", x -> x.select(1, 3), 2, 3);
    refuse("select", x -> x.select(2, 0), 2, 3);
    refuse("select", x -> x.select(0, 0), 0, 3);
    refuse("pad", x -> x.pad(0, -1, 0, 0), 2, 3);
    refuse("pad", x -> x.pad(2, 0, 0, 0), 2, 3);
    refuse("pad", x -> x.pad(0, Integer.MAX_VALUE, Integer.MAX_VALUE, 0), 2, 3);
    refuse("pad", x -> x.pad(0, 1_500_000_000, 0, 0), 2, 3);
    refuse("concat", x -> x.concat(0, List.of(of(2, 4))), 2, 3);
    refuse("concat", x -> x.concat(2, List.of(of(2, 3))), 2, 3);
    refuse("stack", x -> x.stack(0, List.of(of(3, 2))), 2, 3);
    refuse("stack", x -> x.stack(3, List.of(of(2, 3))), 2, 3);
    refuse("stack", x -> x.stack(-4, List.of(of(2, 3))), 2, 3);
    refuse("stack", x -> x.stack(0, List.of(ENGINE.indices(new int[6], 2, 3))), 2, 3);
    Tensor wide = of(1).broadcastTo(Shape.of(2_000_000_000));
    calls.add(new Call("concat", wide, x -> x.concat(0, List.of(wide))));
    calls.add(new Call("stack", wide, x -> x.stack(0, List.of(wide))));
  }

  @Test
  void everyRefusalNamesWhatWasCalledAndItsShape() {
    elementwise();
    reductions();
    rows();
    windows();
    contractions();
    arrangement();
    for (Call each : calls) {
      RuntimeException error =
          assertThrows(
              RuntimeException.class,
              () -> each.call().apply(each.on()),
              () -> "by " + each.name());
      String message = String.valueOf(error.getMessage());
      String prefix = each.name().equals("equalTo") ? "equal" : each.name();
      assertTrue(message.startsWith(prefix + ": "), each.name() + " says: " + error);
      boolean kind =
          error instanceof IllegalArgumentException || error instanceof IndexOutOfBoundsException;
      assertTrue(kind, error::toString);
      String shape = each.on().shape().toString();
      assertTrue(message.contains(shape), each.name() + " on " + shape + " says: " + message);
    }
    Set<String> untried =
        Arrays.stream(TensorOps.class.getMethods())
            .filter(Method::isDefault)
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    untried.removeAll(NEVER_REFUSE);
    calls.forEach(each -> untried.remove(each.name()));
    assertEquals(Set.of(), untried, "calls without a refusal here");
  }

  /** Positions drawn at random: refused by name exactly where one is outside. */
  @Test
  void randomPositionsAreTakenOrNamed() {
    try (Engine cpu = Engine.open("cpu", 2)) {
      for (long seed : Campaign.seeds(0, 200)) {
        SplittableRandom random = new SplittableRandom(seed);
        Engine engine = random.nextBoolean() ? cpu : ENGINE;
        int n = random.nextInt(1, 6);
        int m = random.nextInt(1, 5);
        int[] values = random.ints(m, -1, n + 1).toArray();
        Tensor at = engine.indices(values, m);
        int bad = 0;
        while (bad < m && values[bad] >= 0 && values[bad] < n) {
          bad++;
        }
        int inner = random.nextInt(1, 4);
        Tensor rows = engine.full(1, Shape.of(n, inner));
        Tensor picked = engine.full(1, Shape.of(m, inner));
        if (bad == m) {
          assertEquals(Shape.of(m, inner), rows.gather(0, at).shape());
          assertEquals(m * inner, picked.scatterAdd(0, at, n).sum().item());
          continue;
        }
        String what = "position " + values[bad] + " at [" + bad + "] is outside [0, " + n + ")";
        assertSays("gather: " + what, () -> rows.gather(0, at));
        assertSays("scatterAdd: " + what, () -> picked.scatterAdd(0, at, n));
      }
    }
  }

  private static void assertSays(String beginning, Runnable call) {
    String message = assertThrows(IndexOutOfBoundsException.class, call::run).getMessage();
    assertTrue(message.startsWith(beginning), message);
  }

  /** Operations on shapes whose empty axis comes last, where sizes alone do not fit an int. */
  @Test
  void emptyShapesOfManySizesCompute() {
    for (String backend : new String[] {"reference", "scalar", "cpu"}) {
      try (Engine engine = Engine.open(backend, 2)) {
        for (int[] sizes : new int[][] {{65536, 65536, 0}, {70000, 0, 70000}, {0, 65536, 65536}}) {
          Tensor x = engine.zeros(Shape.of(sizes));
          assertEquals(x.shape(), x.add(x).relu().add(1).shape());
          assertEquals(0, x.sum().item());
          assertEquals(0, x.transpose(0, 2).contiguous().toDoubles().length);
          assertEquals(0, x.reshape(0, 5).toFloats().length);
          assertEquals(x.shape(), x.copy().shape());
          assertEquals(Shape.of(2, 0), x.concat(1, List.of(x)).reshape(2, 0).shape());
          assertEquals(0, x.concat(0, List.of(x)).shape().count());
        }
        Tensor last = engine.zeros(Shape.of(65536, 65536, 0));
        assertEquals(last.shape(), last.gather(2, engine.indices(new int[0], 0)).shape());
      }
    }
  }

  @Test
  void maskedSoftmaxOfRowsThatSeeNothingIsZero() {
    double hide = Double.NEGATIVE_INFINITY;
    for (String backend : new String[] {"reference", "scalar", "cpu"}) {
      try (Engine engine = Engine.open(backend, 1)) {
        Tensor x = engine.tensor(new double[] {1, 1, 5, 3}, 2, 2);
        Tensor mask = engine.tensor(new double[] {0, 0, hide, hide}, 2, 2);
        Close.assertClose(
            backend, new double[] {0.5, 0.5, 0, 0}, x.maskedSoftmax(mask).toDoubles(), 1e-6);
        Tensor one = engine.tensor(new double[] {0, hide}, 2);
        Close.assertClose(
            backend, new double[] {1, 0, 1, 0}, x.maskedSoftmax(one).toDoubles(), 1e-6);
        Tensor none = engine.full(hide, Shape.of());
        Close.assertClose(backend, new double[4], x.maskedSoftmax(none).toDoubles(), 0);
        Tensor blind = engine.tensor(new double[] {hide, 0}, 2, 1);
        double[] rows = x.maskedSoftmax(blind).toDoubles();
        Close.assertClose(backend, new double[] {0, 0, 0.880797, 0.119203}, rows, 1e-6);
        Tensor nan = engine.tensor(new double[] {Double.NaN, 0, hide, hide}, 2, 2);
        assertTrue(Double.isNaN(x.maskedSoftmax(nan).toDoubles()[0]));
        assertEquals(0, x.maskedSoftmax(nan).toDoubles()[3]);
      }
    }
  }
}
