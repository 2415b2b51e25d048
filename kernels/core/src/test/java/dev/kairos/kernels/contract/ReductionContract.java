// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kairos.kernels.ReduceFunction;
import dev.kairos.kernels.contract.Closeness.Tolerance;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reductions, and the functions along the last axis that are built on them. */
abstract class ReductionContract extends BackendPart {
  private static final int TRIALS = 120;

  private void checkReduce(ReduceFunction f, Scene scene, int reduced) {
    Scene.Call call = (backend, v) -> backend.reduce(f, v[0], v[1]);
    check(
        f.name(),
        scene,
        call,
        f == ReduceFunction.SUM ? sums(scene, call, 1, reduced) : equal(),
        1);
  }

  @ParameterizedTest
  @EnumSource
  void reduce(ReduceFunction f) {
    Seeded.trials(
        "reduce " + f,
        TRIALS,
        random -> {
          int[] sizes = Layout.sizes(random, random.nextInt(5), 2000);
          int kept = random.nextInt(sizes.length + 1);
          Scene scene =
              new Scene(random)
                  .reals(Layout.input(random, sizes))
                  .reals(Layout.output(random, Arrays.copyOf(sizes, kept)));
          checkReduce(f, scene, Layout.product(Arrays.copyOfRange(sizes, kept, sizes.length)));
        });
  }

  @ParameterizedTest
  @EnumSource
  void reduceSpecialNumbers(ReduceFunction f) {
    Seeded.trials(
        "reduce special " + f,
        TRIALS / 2,
        random -> {
          int n = 1 + random.nextInt(40);
          double[] few = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0};
          Scene scene =
              new Scene(random)
                  .reals(
                      Layout.input(random, 5, n),
                      () ->
                          random.nextInt(n) > 0 ? Values.ordinary(random) : few[random.nextInt(5)])
                  .reals(Layout.output(random, 5));
          checkReduce(f, scene, n);
        });
  }

  @ParameterizedTest
  @EnumSource
  void reduceLarge(ReduceFunction f) {
    Seeded.trials(
        "large reduce " + f,
        1,
        random -> {
          int[][] shapes = {{70_001}, {3, 20_011}, {301, 203}, {5, 99, 101}};
          for (int[] sizes : shapes) {
            for (int kept = 0; kept < sizes.length; kept++) {
              Scene scene =
                  new Scene(random)
                      .reals(Layout.input(random, sizes))
                      .reals(Layout.output(random, Arrays.copyOf(sizes, kept)));
              checkReduce(f, scene, Layout.product(Arrays.copyOfRange(sizes, kept, sizes.length)));
            }
          }
          // Rows below each other: the sum over all axes but the last, as for a bias.
          Scene below =
              new Scene(random)
                  .reals(Layout.of(3, new int[] {67, 5, 301}, 1, 67 * 301, 67))
                  .reals(Layout.output(random, 67));
          checkReduce(f, below, 5 * 301);
          Scene apart =
              new Scene(random)
                  .reals(Layout.of(0, new int[] {5, 67, 301}, 67 * 301, 1, 67))
                  .reals(Layout.of(1, new int[] {5, 67}, 1, 5));
          checkReduce(f, apart, 301);
        });
  }

  private Tolerance softmaxTolerance(boolean log, int n) {
    return log
        ? (i, e) -> unit() * (4 + n / 2.0 + 2 * Math.log(n) + 2 * Math.abs(e))
        : (i, e) ->
            e == 0
                ? Float.MIN_NORMAL
                : unit() * e * (12 + n / 2.0 + Math.log(n) + 2 * Math.abs(Math.log(e)))
                    + Float.MIN_NORMAL;
  }

  private void checkSoftmax(boolean log, Scene scene, int n) {
    check(
        log ? "log softmax" : "softmax",
        scene,
        (backend, v) -> backend.softmax(v[0], log, v[1]),
        softmaxTolerance(log, n),
        1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void softmax(boolean log) {
    Seeded.trials(
        "softmax",
        TRIALS,
        random -> {
          int[] sizes = Layout.sizes(random, 1 + random.nextInt(4), 1500);
          double scale = new double[] {1, 30, 1e4, 1e30}[random.nextInt(4)];
          double shift = random.nextInt(3) * 1000;
          Scene scene =
              new Scene(random)
                  .reals(Layout.input(random, sizes), () -> scale * Values.ordinary(random) + shift)
                  .reals(Layout.output(random, sizes));
          checkSoftmax(log, scene, Math.max(1, sizes[sizes.length - 1]));
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void softmaxOfInfinities(boolean log) {
    Seeded.trials(
        "softmax of infinities",
        TRIALS,
        random -> {
          int n = 1 + random.nextInt(20);
          double odd = new double[] {Double.NaN, 1 / 0.0, -1 / 0.0, -1 / 0.0}[random.nextInt(4)];
          int often = 1 + random.nextInt(2 * n);
          Scene scene =
              new Scene(random)
                  .reals(
                      Layout.input(random, 3, n),
                      () -> random.nextInt(often) == 0 ? odd : Values.ordinary(random))
                  .reals(Layout.output(random, 3, n));
          checkSoftmax(log, scene, n);
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void softmaxLarge(boolean log) {
    Seeded.trials(
        "large softmax",
        2,
        random -> {
          for (int[] sizes : new int[][] {{2, 20_003}, {1501, 21}, {7, 300, 13}}) {
            Scene scene =
                new Scene(random)
                    .reals(Layout.input(random, sizes))
                    .reals(Layout.output(random, sizes));
            checkSoftmax(log, scene, sizes[sizes.length - 1]);
          }
        });
  }

  @Test
  void softmaxSumsToOne() {
    Seeded.trials(
        "softmax sums to one",
        TRIALS,
        random -> {
          int n = 1 + random.nextInt(60);
          Scene scene =
              new Scene(random)
                  .reals(Layout.input(random, 3, n), () -> 40 * Values.ordinary(random))
                  .reals(Layout.plain(3, n));
          double[] rows = scene.run(tested, (b, v) -> b.softmax(v[0], false, v[1]))[1];
          for (int row = 0; row < 3; row++) {
            double sum = Arrays.stream(rows, row * n, (row + 1) * n).sum();
            assertEquals(1, sum, 64 * n * unit(), "row of " + n);
          }
        });
  }

  private void checkNormalize(SplittableRandom random, double shift, double spread, int... sizes) {
    int n = sizes[sizes.length - 1];
    double epsilon = random.nextBoolean() ? 0x1p-17 : 0x1p-10;
    Scene scene =
        new Scene(random)
            .reals(Layout.input(random, sizes), () -> spread * Values.ordinary(random) + shift)
            .reals(Layout.output(random, sizes));
    double[] x = scene.seen(0);
    double[] bound = new double[x.length];
    for (int row = 0; n > 0 && row < x.length / n; row++) {
      double largest = 0;
      double mean = 0;
      for (int i = row * n; i < (row + 1) * n; i++) {
        largest = Math.max(largest, Math.abs(x[i]));
        mean += x[i] / n;
      }
      double variance = 0;
      for (int i = row * n; i < (row + 1) * n; i++) {
        variance += (x[i] - mean) * (x[i] - mean) / n;
      }
      Arrays.fill(bound, row * n, (row + 1) * n, largest / Math.sqrt(variance + epsilon));
    }
    double relative = unit() * (n / 2.0 + 8);
    check(
        "normalize",
        scene,
        (backend, v) -> backend.normalize(v[0], epsilon, v[1]),
        (i, e) -> relative * (bound[i] + Math.abs(e)),
        1);
  }

  @Test
  void normalize() {
    Seeded.trials(
        "normalize",
        TRIALS,
        random ->
            checkNormalize(
                random,
                10 * random.nextInt(3),
                random.nextInt(3),
                Layout.sizes(random, 1 + random.nextInt(4), 1500)));
  }

  @Test
  void normalizeLarge() {
    Seeded.trials(
        "large normalize",
        2,
        random -> {
          checkNormalize(random, 0, 1, 2, 20_003);
          checkNormalize(random, 5, 1, 1501, 21);
          checkNormalize(random, 0, 3, 7, 300, 13);
        });
  }
}
