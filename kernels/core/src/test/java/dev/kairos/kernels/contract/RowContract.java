// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kairos.kernels.RowFunction;
import dev.kairos.kernels.contract.Closeness.Tolerance;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions of each row along the last axis, and their gradients. */
abstract class RowContract extends BackendPart {
  private static final int TRIALS = 120;

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
        (backend, v) ->
            backend.rows(log ? RowFunction.LOG_SOFTMAX : RowFunction.SOFTMAX, 0, v[0], v[1]),
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
          double[] rows =
              scene.run(tested, (b, v) -> b.rows(RowFunction.SOFTMAX, 0, v[0], v[1]))[1];
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
        (backend, v) -> backend.rows(RowFunction.NORMALIZE, epsilon, v[0], v[1]),
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
  void layerNorm() {
    Seeded.trials(
        "layer norm",
        TRIALS,
        random -> {
          int[] sizes = Layout.sizes(random, 1 + random.nextInt(4), 1500);
          int n = sizes[sizes.length - 1];
          Scene scene =
              new Scene(random)
                  .reals(Layout.input(random, sizes), () -> 3 * Values.ordinary(random))
                  .reals(Layout.plain(n))
                  .reals(Layout.plain(n))
                  .reals(Layout.output(random, sizes));
          double[] w = scene.seen(1);
          double[] b = scene.seen(2);
          // A normalised element is at most sqrt(n), and 3 / 2^-5 where all are alike.
          double bound = Math.sqrt(n) + 3 * 32.0;
          double relative = unit() * (n / 2.0 + 10);
          check(
              "layer norm",
              scene,
              (backend, v) -> backend.layerNorm(0x1p-10, v[0], v[1], v[2], v[3]),
              (i, e) -> relative * (bound * Math.abs(w[i % n]) + Math.abs(b[i % n]) + Math.abs(e)),
              3);
        });
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

  @Test
  void unitRows() {
    Seeded.trials(
        "l2 normalise",
        TRIALS,
        random -> {
          int[] sizes = Layout.sizes(random, 1 + random.nextInt(4), 1500);
          int n = Math.max(1, sizes[sizes.length - 1]);
          double scale = random.nextInt(3);
          Scene scene =
              new Scene(random)
                  .reals(Layout.input(random, sizes), () -> scale * Values.ordinary(random))
                  .reals(Layout.output(random, sizes));
          check(
              "l2 normalise",
              scene,
              (backend, v) -> backend.rows(RowFunction.L2_NORMALIZE, 1e-3, v[0], v[1]),
              (i, e) -> unit() * (n / 2.0 + 8) * Math.abs(e) + Float.MIN_NORMAL,
              1);
        });
  }

  @ParameterizedTest
  @EnumSource
  void gradients(RowFunction f) {
    Seeded.trials(
        "gradient of " + f,
        TRIALS,
        random -> checkGradient(f, random, Layout.sizes(random, 1 + random.nextInt(4), 1500)));
  }

  @ParameterizedTest
  @EnumSource
  void gradientsLarge(RowFunction f) {
    Seeded.trials(
        "large gradient of " + f,
        2,
        random -> {
          checkGradient(f, random, 2, 20_003);
          checkGradient(f, random, 1501, 21);
          checkGradient(f, random, 7, 300, 13);
        });
  }

  private void checkGradient(RowFunction f, SplittableRandom random, int... sizes) {
    int n = Math.max(1, sizes[sizes.length - 1]);
    double epsilon = random.nextBoolean() ? 0x1p-17 : 0x1p-10;
    double spread = random.nextInt(3);
    Scene scene =
        new Scene(random)
            .reals(Layout.input(random, sizes), () -> spread * Values.ordinary(random))
            .reals(Layout.input(random, sizes))
            .reals(Layout.output(random, sizes));
    double[] at = scene.seen(0);
    double[] dy = scene.seen(1);
    double[] bound = new double[at.length];
    for (int row = 0; row + n <= at.length; row += n) {
      magnitudes(f, epsilon, at, dy, row, n, bound);
    }
    double relative = unit() * (n + 32);
    check(
        "gradient of " + f,
        scene,
        (backend, v) -> backend.rowsGradient(f, epsilon, v[0], v[1], v[2]),
        (i, e) -> relative * bound[i] + Float.MIN_NORMAL,
        2);
  }

  /** The terms of a row's gradient, none cancelling another: what its rounding is measured by. */
  private static void magnitudes(
      RowFunction f, double epsilon, double[] at, double[] dy, int row, int n, double[] bound) {
    double sum = 0;
    double product = 0;
    double squares = 0;
    double mean = 0;
    for (int i = row; i < row + n; i++) {
      sum += Math.abs(dy[i]);
      product += Math.abs(dy[i] * at[i]);
      squares += at[i] * at[i];
      mean += at[i] / n;
    }
    double variance = 0;
    double largest = 0;
    for (int i = row; i < row + n; i++) {
      variance += (at[i] - mean) * (at[i] - mean) / n;
      largest = Math.max(largest, Math.abs(at[i]));
    }
    double s = Math.sqrt(variance + epsilon);
    double length = Math.sqrt(squares);
    for (int i = row; i < row + n; i++) {
      double g = Math.abs(dy[i]);
      double x = Math.abs(at[i]);
      bound[i] =
          switch (f) {
            case SOFTMAX -> x * (g + product);
            case LOG_SOFTMAX -> g + Math.exp(at[i]) * sum;
            case NORMALIZE -> {
              double steep = 1 + 2 * largest / s;
              yield (g + sum / n) * steep * steep * steep / s;
            }
            case L2_NORMALIZE ->
                (g + (x == 0 ? 0 : x * product / (length * (length + epsilon))))
                    / (length + epsilon);
          };
    }
  }
}
