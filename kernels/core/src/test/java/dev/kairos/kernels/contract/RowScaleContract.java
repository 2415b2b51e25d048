// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import dev.kairos.kernels.RowFunction;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Normalised rows whose elements are huge, tiny, or alike but for a little. */
abstract class RowScaleContract extends BackendPart {
  private static final double HALF = Math.sqrt(0.5);

  private double[] apply(RowFunction f, double epsilon, double... x) {
    int[] next = {0};
    Scene scene =
        new Scene(new SplittableRandom(1))
            .reals(Layout.plain(1, x.length), () -> x[next[0]++ % x.length])
            .reals(Layout.plain(1, x.length));
    return scene.run(tested, (b, v) -> b.rows(f, epsilon, v[0], v[1]))[1];
  }

  private double[] slope(RowFunction f, double epsilon, double[] x, double[] dy) {
    int[] next = {0, 0};
    Scene scene =
        new Scene(new SplittableRandom(1))
            .reals(Layout.plain(1, x.length), () -> x[next[0]++ % x.length])
            .reals(Layout.plain(1, x.length), () -> dy[next[1]++ % x.length])
            .reals(Layout.plain(1, x.length));
    return scene.run(tested, (b, v) -> b.rowsGradient(f, epsilon, v[0], v[1], v[2]))[2];
  }

  private void expect(String what, double[] actual, double... expected) {
    Closeness.check(
        what, precision(), expected, actual, (i, e) -> 1e-6 * Math.abs(e) + Float.MIN_NORMAL);
  }

  @Test
  void aConstantRowNormalisesToZeros() {
    for (double value : new double[] {1e6 + 0.1, 1000.1, 5.1, 0, -1e30, 1e-30, 1e-44}) {
      for (int n : new int[] {1, 3, 1000, 1024, 2048}) {
        double[] x = new double[n];
        Arrays.fill(x, value);
        double[] zeros = new double[n];
        String what = n + " times " + value;
        expect(what, apply(RowFunction.NORMALIZE, 1e-5, x), zeros);
        expect("wide, " + what, apply(RowFunction.NORMALIZE, 1e-14, x), zeros);
        // All gradients alike move the mean alone.
        expect("gradient, " + what, slope(RowFunction.NORMALIZE, 1e-5, x, x), zeros);
        double[] dy = new double[n];
        dy[0] = 1;
        double[] expected = new double[n];
        Arrays.fill(expected, -1.0 / n / Math.sqrt(1e-5));
        expected[0] = (1 - 1.0 / n) / Math.sqrt(1e-5);
        Closeness.check(
            "gradient, " + what,
            precision(),
            expected,
            slope(RowFunction.NORMALIZE, 1e-5, x, dy),
            (i, e) -> 1e-6 / Math.sqrt(1e-5));
      }
    }
  }

  @Test
  void rowsOfAnyScaleAreNormalised() {
    for (double s : new double[] {1e-40, 1e-30, 1e-8, 1, 1e8, 1e20, 1e30, 5e37}) {
      double epsilon = s < 1 ? 0 : 1e-5 * Math.min(s, 1);
      double big = s == 1 ? 1.1180340 / Math.sqrt(1.25 + epsilon) : 1;
      double unit = s == 1e-40 ? 1e-4 : 1e-6;
      Closeness.check(
          "normalize at " + s,
          precision(),
          new double[] {-1.3416408 * big, -0.4472136 * big, 0.4472136 * big, 1.3416408 * big},
          apply(RowFunction.NORMALIZE, epsilon, s, 2 * s, 3 * s, 4 * s),
          (i, e) -> 10 * unit);
      expect("unit at " + s, apply(RowFunction.L2_NORMALIZE, 0, s, -s), HALF, -HALF);
      double[] x = {s, s};
      // dy - y (dy y) over the length, with y = (1, 1) / sqrt 2.
      if (s > 1e-38) {
        float f = (float) s;
        expect(
            "gradient of unit at " + s,
            slope(RowFunction.L2_NORMALIZE, 0, x, new double[] {s, 0}),
            HALF / 2 * s / f,
            -HALF / 2 * s / f);
      }
    }
    expect("far apart", apply(RowFunction.NORMALIZE, 0, 3e38, -3e38), 1, -1);
    expect("zeros", apply(RowFunction.L2_NORMALIZE, 0, 0, 0), 0, 0);
    expect("zeros", apply(RowFunction.L2_NORMALIZE, 1e-12, 0, 0), 0, 0);
    expect("zeros", slope(RowFunction.L2_NORMALIZE, 0, new double[2], new double[] {1, 0}), 0, 0);
    expect(
        "zeros",
        slope(RowFunction.L2_NORMALIZE, 1e-12, new double[2], new double[] {1, 0}),
        1e12,
        0);
  }

  @Test
  void aRowWithNanOrInfinityNormalisesToNan() {
    for (double odd : new double[] {Double.NaN, 1 / 0.0, -1 / 0.0}) {
      for (int at = 0; at < 3; at++) {
        double[] x = {1, 2, 3};
        x[at] = odd;
        double[] nan = {Double.NaN, Double.NaN, Double.NaN};
        expect("normalize", apply(RowFunction.NORMALIZE, 1e-5, x), nan);
        expect("gradient", slope(RowFunction.NORMALIZE, 1e-5, x, new double[] {1, 2, 4}), nan);
        expect(
            "gradient of it", slope(RowFunction.NORMALIZE, 1e-5, new double[] {1, 2, 4}, x), nan);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NORMALIZE", "L2_NORMALIZE"})
  void rowsOfAnyOffsetAndScale(RowFunction f) {
    Seeded.trials("any offset and scale of " + f, 250, random -> check(f, random));
  }

  private void check(RowFunction f, SplittableRandom random) {
    int n = 1 + random.nextInt(random.nextInt(4) == 0 ? 1500 : 60);
    double scale = Math.pow(10, random.nextDouble(-30, 30));
    double epsilon = new double[] {0, 1e-30, 1e-12, 1e-9, 1e-5, 1}[random.nextInt(6)];
    Scene scene =
        new Scene(random)
            .reals(Layout.input(random, 2, n), values(random, scale))
            .reals(Layout.output(random, 2, n));
    double[] x = scene.seen(0);
    double[] s = new double[x.length];
    double[] bound = new double[x.length];
    for (int row = 0; row < x.length; row += n) {
      double size = size(f, epsilon, x, row, n);
      double reach = f == RowFunction.L2_NORMALIZE ? 0 : range(x, row, n) / size;
      Arrays.fill(s, row, row + n, size);
      Arrays.fill(bound, row, row + n, reach);
    }
    double relative = unit() * (n / 2.0 + 8);
    check(
        f + " at " + scale + " with " + epsilon,
        scene,
        (b, v) -> b.rows(f, epsilon, v[0], v[1]),
        (i, e) -> relative * (bound[i] + Math.abs(e)) + Float.MIN_NORMAL,
        1);
    // Of a size that lets the gradient itself be a float.
    double wanted = s[0] * Math.pow(10, random.nextDouble(-6, 6));
    double dyScale = Math.max(1e-30, Math.min(1e30, wanted));
    Scene slopes =
        new Scene(random)
            .reals(Layout.plain(1, n), next(Arrays.copyOf(x, n)))
            .reals(Layout.input(random, 1, n), values(random, dyScale))
            .reals(Layout.output(random, 1, n));
    double[] dy = slopes.seen(1);
    double[] magnitude = new double[n];
    double length = size(f, 0, x, 0, n);
    for (int i = 0; i < n; i++) {
      double steep = 1 + 2 * bound[i];
      double along = 0;
      for (int j = 0; j < n && x[i] != 0; j++) {
        along += Math.abs(dy[j] * (x[j] / length) * (x[i] / s[i]));
      }
      magnitude[i] =
          f == RowFunction.L2_NORMALIZE
              ? (Math.abs(dy[i]) + along) / s[i]
              : range(dy, 0, n) * steep * steep * steep / s[i];
    }
    check(
        "gradient of " + f + " at " + scale + " with " + epsilon,
        slopes,
        (b, v) -> b.rowsGradient(f, epsilon, v[0], v[1], v[2]),
        (i, e) -> unit() * (n + 32) * magnitude[i] + Float.MIN_NORMAL,
        2);
  }

  /** Numbers of a scale, at up to a million times that, perhaps with one far away. */
  private static DoubleSupplier values(SplittableRandom random, double scale) {
    double offset = random.nextBoolean() ? 0 : Math.pow(10, random.nextDouble(6));
    int far = random.nextInt(4) == 0 ? 40 : 0;
    return () ->
        scale
            * (offset + Values.ordinary(random) * (far > 0 && random.nextInt(far) == 0 ? 1e5 : 1));
  }

  private static DoubleSupplier next(double[] values) {
    int[] at = {0};
    return () -> values[at[0]++ % values.length];
  }

  private static double range(double[] x, int from, int n) {
    return Arrays.stream(x, from, from + n).max().orElse(0)
        - Arrays.stream(x, from, from + n).min().orElse(0);
  }

  /** What a row is divided by. */
  private static double size(RowFunction f, double epsilon, double[] x, int from, int n) {
    double mean = f == RowFunction.L2_NORMALIZE ? 0 : Arrays.stream(x, from, from + n).sum() / n;
    double squares = Arrays.stream(x, from, from + n).map(v -> (v - mean) * (v - mean)).sum();
    return f == RowFunction.L2_NORMALIZE
        ? Math.sqrt(squares) + epsilon
        : Math.sqrt(squares / n + epsilon);
  }
}
