// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.Conv1dGeometry;
import dev.kairos.kernels.RandomKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all operands; the seed of a failure is its parameter. */
@SuppressWarnings("try") // a scope is there to be closed
final class PropertyTest {
  private static final Engine REFERENCE = Engine.open("reference", 1);
  private static final Engine SCALAR = Engine.open("scalar", 2);

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  @AfterAll
  static void close() {
    REFERENCE.close();
    SCALAR.close();
  }

  /** A property of an engine and what is drawn for it. */
  private interface Property {
    void on(Engine engine, SplittableRandom random, double tolerance);
  }

  private static void holds(long seed, Property property) {
    try (Scope scope = REFERENCE.scope()) {
      property.on(REFERENCE, new SplittableRandom(seed), 1e-12);
    }
    try (Scope scope = SCALAR.scope()) {
      property.on(SCALAR, new SplittableRandom(seed), 2e-5);
    }
  }

  private static Tensor draw(Engine engine, SplittableRandom random, int... sizes) {
    return engine.tensor(random.doubles(Shape.of(sizes).count(), -1, 1).toArray(), sizes);
  }

  private static int size(SplittableRandom random) {
    return random.nextInt(1, 9);
  }

  private static void same(Tensor expected, Tensor actual, double tolerance) {
    assertEquals(expected.shape(), actual.shape());
    Close.assertClose("same", expected.toDoubles(), actual.toDoubles(), tolerance);
  }

  private static double dot(Tensor left, Tensor right) {
    return left.multiply(right).sum().item();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theTransposeOfAProductIsTheProductOfTransposes(long seed) {
    holds(
        seed,
        (engine, random, tolerance) -> {
          int m = size(random);
          int k = size(random);
          int n = size(random);
          Tensor a = draw(engine, random, 2, m, k);
          Tensor b = draw(engine, random, 2, k, n);
          Tensor right = b.transpose(1, 2).matmul(a.transpose(1, 2));
          same(a.matmul(b).transpose(1, 2), right, tolerance);
        });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void matmulIsItsDefinition(long seed) {
    holds(
        seed,
        (engine, random, tolerance) -> {
          int m = random.nextInt(1, 20);
          int k = random.nextInt(1, 40);
          int n = random.nextInt(1, 20);
          Tensor a = draw(engine, random, 3, m, k);
          Tensor b = draw(engine, random, k, n);
          double[] x = a.toDoubles();
          double[] y = b.toDoubles();
          double[] expected = new double[3 * m * n];
          for (int i = 0; i < 3 * m; i++) {
            for (int j = 0; j < n; j++) {
              for (int l = 0; l < k; l++) {
                expected[i * n + j] += x[i * k + l] * y[l * n + j];
              }
            }
          }
          Close.assertClose("matmul", expected, a.matmul(b).toDoubles(), tolerance);
        });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void rowsOfASoftmaxSumToOne(long seed) {
    holds(
        seed,
        (engine, random, tolerance) -> {
          int rank = random.nextInt(1, 5);
          int[] sizes = IntStream.range(0, rank).map(i -> size(random)).toArray();
          int axis = random.nextInt(-rank, rank);
          Tensor x = draw(engine, random, sizes).multiply(random.nextDouble(0, 50));
          Tensor sums = x.softmax(axis).sum(true, axis);
          same(engine.full(1, sums.shape()), sums, tolerance);
          same(x.add(7).softmax(axis), x.softmax(axis), tolerance);
        });
  }

  private static int[] order(SplittableRandom random, int rank) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    Collections.shuffle(order, new Random(random.nextLong()));
    return order.stream().mapToInt(i -> i).toArray();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void permutingThereAndBackChangesNothing(long seed) {
    holds(
        seed,
        (engine, random, tolerance) -> {
          int rank = random.nextInt(1, 5);
          int[] sizes = IntStream.range(0, rank).map(i -> size(random)).toArray();
          int[] order = order(random, rank);
          int[] back = new int[rank];
          for (int i = 0; i < rank; i++) {
            back[order[i]] = i;
          }
          Tensor x = draw(engine, random, sizes);
          same(x, x.permute(order).permute(back), 0);
          same(x, x.permute(order).contiguous().permute(back).contiguous(), 0);
          int from = random.nextInt(-rank, rank);
          int to = random.nextInt(-rank, rank);
          same(x, x.moveAxis(from, to).moveAxis(to, from), 0);
        });
  }

  private static Conv1dGeometry geometry(SplittableRandom random) {
    while (true) {
      Conv1dGeometry g =
          new Conv1dGeometry(
              random.nextInt(1, 3),
              random.nextInt(1, 14),
              size(random),
              size(random),
              random.nextInt(1, 6),
              random.nextInt(1, 4),
              random.nextInt(0, 5),
              random.nextInt(1, 4));
      if (g.outputTime() > 0) {
        return g;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void conv1dIsItsDefinition(long seed) {
    holds(
        seed,
        (engine, random, tolerance) -> {
          Conv1dGeometry g = geometry(random);
          int in = g.inputChannels();
          int out = g.outputChannels();
          Tensor x = draw(engine, random, g.batch(), g.time(), in);
          Tensor w = draw(engine, random, g.kernel(), in, out);
          Tensor b = draw(engine, random, out);
          double[] xs = x.toDoubles();
          double[] ws = w.toDoubles();
          double[] bs = b.toDoubles();
          // T' = floor((T + 2 padding - dilation (K - 1) - 1) / stride) + 1
          int room = g.time() + 2 * g.padding() - g.dilation() * (g.kernel() - 1) - 1;
          int steps = room / g.stride() + 1;
          double[] expected = new double[g.batch() * steps * out];
          for (int i = 0; i < expected.length; i++) {
            int n = i / out / steps;
            expected[i] = bs[i % out];
            for (int k = 0; k < g.kernel(); k++) {
              int t = i / out % steps * g.stride() + k * g.dilation() - g.padding();
              for (int c = 0; c < in && t >= 0 && t < g.time(); c++) {
                expected[i] += xs[(n * g.time() + t) * in + c] * ws[(k * in + c) * out + i % out];
              }
            }
          }
          Tensor y = x.conv1d(w, b, g.stride(), g.padding(), g.dilation());
          assertEquals(Shape.of(g.batch(), steps, out), y.shape());
          Close.assertClose(g.toString(), expected, y.toDoubles(), tolerance);
          Tensor bare = x.conv1d(w, g.stride(), g.padding(), g.dilation());
          same(y, bare.add(b), tolerance);
        });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void conv1dIsLinearAndItsGradientsAreItsTransposes(long seed) {
    holds(
        seed,
        (engine, random, tolerance) -> {
          Conv1dGeometry g = geometry(random);
          Tensor x = draw(engine, random, g.batch(), g.time(), g.inputChannels());
          Tensor other = draw(engine, random, g.batch(), g.time(), g.inputChannels());
          Tensor w = draw(engine, random, g.kernel(), g.inputChannels(), g.outputChannels());
          Tensor y = x.conv1d(w, g.stride(), g.padding(), g.dilation());
          Tensor sum = x.multiply(2).add(other).conv1d(w, g.stride(), g.padding(), g.dilation());
          Tensor parts = y.multiply(2).add(other.conv1d(w, g.stride(), g.padding(), g.dilation()));
          same(parts, sum, tolerance);
          Tensor dy = draw(engine, random, y.shape().sizes());
          Tensor dx = dy.apply(new Conv1dInputGradient(g), List.of(dy, w));
          Tensor dw = dy.apply(new Conv1dWeightGradient(g), List.of(x, dy));
          double[] expected = {dot(y, dy), dot(y, dy)};
          Close.assertClose(
              g.toString(), expected, new double[] {dot(x, dx), dot(w, dw)}, 10 * tolerance);
        });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void foldIsTheTransposeOfUnfold(long seed) {
    holds(
        seed,
        (engine, random, tolerance) -> {
          int length = random.nextInt(1, 14);
          int size = random.nextInt(1, length + 1);
          int step = random.nextInt(1, 5);
          Tensor x = draw(engine, random, 2, length, 3);
          Tensor windows = x.unfold(1, size, step);
          Tensor y = draw(engine, random, windows.shape().sizes());
          double[] expected = {dot(windows, y)};
          double[] actual = {dot(x, y.fold(1, step, length))};
          Close.assertClose("adjoint", expected, actual, 10 * tolerance);
        });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void scatterAddIsTheTransposeOfGather(long seed) {
    holds(
        seed,
        (engine, random, tolerance) -> {
          int n = size(random);
          int m = size(random);
          int lead = random.nextBoolean() ? 3 : 1;
          Tensor at = engine.indices(random.ints((long) lead * m, 0, n).toArray(), lead, m);
          Tensor x = draw(engine, random, 3, n, 2);
          Tensor y = draw(engine, random, 3, m, 2);
          double[] expected = {dot(x.gather(1, at), y)};
          double[] actual = {dot(x, y.scatterAdd(-2, at, n))};
          Close.assertClose("adjoint", expected, actual, 10 * tolerance);
        });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void resampleKeepsConstantsAndHasItsTranspose(long seed) {
    holds(
        seed,
        (engine, random, tolerance) -> {
          int from = random.nextInt(1, 20);
          int to = random.nextInt(1, 20);
          Tensor x = draw(engine, random, 2, from, 3);
          Tensor y = draw(engine, random, 2, to, 3);
          same(x, x.resample(1, from), tolerance);
          same(engine.full(3, y.shape()), engine.full(3, x.shape()).resample(1, to), tolerance);
          Tensor back = y.apply(new ResampleTranspose(1, from), List.of(y));
          double[] expected = {dot(x.resample(-2, to), y)};
          Close.assertClose("adjoint", expected, new double[] {dot(x, back)}, 10 * tolerance);
        });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void topKIsASort(long seed) {
    holds(
        seed,
        (engine, random, tolerance) -> {
          int n = random.nextInt(1, 40);
          int k = random.nextInt(1, n + 1);
          double[] values = random.ints(n, -5, 6).asDoubleStream().toArray();
          Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
          java.util.Arrays.sort(order, (i, j) -> Double.compare(values[j], values[i]));
          int[] expected = IntStream.range(0, k).map(i -> order[i]).toArray();
          Tensor x = engine.tensor(values, n);
          assertArrayEquals(expected, x.topKIndices(k).toInts());
          double mean = IntStream.of(expected).mapToDouble(i -> values[i]).average().orElseThrow();
          assertEquals(mean, x.topKMean(k, 0).item(), tolerance * 5);
        });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void dropoutKeepsAsManyAsItSays(long seed) {
    holds(
        seed,
        (engine, random, tolerance) -> {
          double p = random.nextDouble(0, 0.9);
          int n = 20_000;
          RandomKey key = new RandomKey(seed, 9);
          double[] values = engine.full(1, Shape.of(100, n / 100)).dropout(p, key).toDoubles();
          int kept = 0;
          for (double value : values) {
            assertTrue(value == 0 || Math.abs(value - 1 / (1 - p)) < 1e-5, () -> "was " + value);
            kept += value != 0 ? 1 : 0;
          }
          // Five standard deviations of a binomial.
          assertEquals(n * (1 - p), kept, 5 * Math.sqrt(n * p * (1 - p)) + 1);
          assertArrayEquals(values, engine.full(1, Shape.of(n)).dropout(p, key).toDoubles());
        });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void solveUndoesMatmul(long seed) {
    holds(
        seed,
        (engine, random, tolerance) -> {
          int n = size(random);
          Tensor a = draw(engine, random, 2, n, n).add(identity(engine, n).multiply(n + 1.0));
          Tensor x = draw(engine, random, 2, n, 3);
          same(x, a.solve(a.matmul(x)), 10 * tolerance);
        });
  }

  private static Tensor identity(Engine engine, int n) {
    double[] values = new double[n * n];
    for (int i = 0; i < n; i++) {
      values[i * n + i] = 1;
    }
    return engine.tensor(values, n, n);
  }
}
