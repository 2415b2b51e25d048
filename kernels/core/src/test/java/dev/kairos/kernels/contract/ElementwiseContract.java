// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import dev.kairos.kernels.MapFunction;
import dev.kairos.kernels.Precision;
import dev.kairos.kernels.ZipFunction;
import dev.kairos.kernels.contract.Closeness.Tolerance;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Map, zip, fill, copy, accumulate, and moving data in and out. */
abstract class ElementwiseContract extends BackendPart {
  private static final int TRIALS = 60;

  /** More than one thread gets; no multiple of anything. */
  private static final int LARGE = 50_003;

  private static final double[] EXPONENTS = {2, 0.5, -1, 0, 3, 1.75, -0.5, 1};

  private static DoubleSupplier values(SplittableRandom random) {
    return random.nextBoolean() ? () -> Values.special(random) : () -> Values.ordinary(random);
  }

  private static double[] constants(MapFunction f, SplittableRandom random) {
    return switch (f) {
      case POWER -> new double[] {EXPONENTS[random.nextInt(EXPONENTS.length)], 0};
      case AFFINE, STEP -> new double[] {-1.5, random.nextBoolean() ? 0.25 : 0};
      case LEAKY_RELU -> new double[] {random.nextBoolean() ? 0.25 : 0, 0};
      case SWISH, SWISH_SLOPE -> new double[] {1.5, 0};
      case CLAMP, BETWEEN -> new double[] {-0.5, random.nextBoolean() ? 0.75 : -0.5};
      default -> new double[] {0, 0};
    };
  }

  /** Units in the last place that a function may be off. */
  private Tolerance tolerance(MapFunction f, double a, double b, double[] x) {
    if (precision() == Precision.DOUBLE) {
      return equal();
    }
    return switch (f) {
      case ABS, SIGN, STEP, CLAMP, BETWEEN -> equal();
      case LEAKY_RELU, SQRT, RECIPROCAL -> Closeness.relative(precision(), 1);
      case SIGMOID_SLOPE, TANH_SLOPE -> Closeness.relative(precision(), 4);
      case EXP, LOG, SIGMOID, TANH, SOFTPLUS -> Closeness.relative(precision(), 8);
      // The product a x is rounded, and 1 + a x s(-a x) vanishes at one place.
      case SWISH, SWISH_SLOPE ->
          (i, expected) ->
              unit() * (8 + Math.abs(a * x[i])) * (Math.abs(expected) + 1 / (1 + Math.abs(x[i])))
                  + Float.MIN_NORMAL;
      case AFFINE ->
          (i, expected) -> 2 * unit() * (Math.abs(a * x[i]) + Math.abs(b)) + Float.MIN_NORMAL;
      case POWER ->
          (i, expected) ->
              unit() * Math.abs(expected) * (8 + 2 * Math.abs(a * logOf(x[i]))) + Float.MIN_NORMAL;
    };
  }

  private static double logOf(double x) {
    double log = Math.log(Math.abs(x));
    return Double.isFinite(log) ? log : 0;
  }

  private void checkMap(MapFunction f, double[] c, Scene scene, int out) {
    check(
        f + "(a = " + c[0] + ", b = " + c[1] + ")",
        scene,
        (backend, v) -> backend.map(f, c[0], c[1], v[0], v[out]),
        tolerance(f, c[0], c[1], scene.seen(0)),
        out);
  }

  @ParameterizedTest
  @EnumSource
  void map(MapFunction f) {
    Seeded.trials(
        "map " + f,
        TRIALS,
        random -> {
          int[] sizes = Layout.sizes(random, random.nextInt(5), 600);
          Scene scene =
              new Scene(random)
                  .reals(Layout.input(random, sizes), values(random))
                  .reals(Layout.output(random, sizes));
          checkMap(f, constants(f, random), scene, 1);
        });
  }

  /** The same as a map and then a product or a gate, bit by bit. */
  @ParameterizedTest
  @EnumSource
  void mapMultiply(MapFunction f) {
    ZipFunction times = f.isGate() ? ZipFunction.GATE : ZipFunction.MULTIPLY;
    Seeded.trials(
        "map and multiply " + f,
        TRIALS,
        random -> {
          int[] sizes =
              Layout.sizes(random, random.nextInt(5), random.nextInt(10) > 0 ? 600 : 9000);
          double[] c = constants(f, random);
          Scene scene =
              new Scene(random)
                  .reals(Layout.input(random, sizes), values(random))
                  .reals(Layout.input(random, sizes), values(random))
                  .reals(Layout.output(random, sizes))
                  .reals(Layout.plain(sizes));
          double[][] apart =
              scene.run(
                  tested,
                  (b, v) -> {
                    b.map(f, c[0], c[1], v[0], v[3]);
                    b.zip(times, v[3], v[1], v[2]);
                  });
          double[][] at =
              scene.run(tested, (b, v) -> b.mapMultiply(f, c[0], c[1], v[0], v[1], v[2]));
          Closeness.check(f + " on " + scene, precision(), apart[2], at[2], bits());
        });
  }

  @ParameterizedTest
  @EnumSource
  void mapInPlace(MapFunction f) {
    Seeded.trials(
        "map in place " + f,
        TRIALS / 4,
        random -> {
          int[] sizes = Layout.sizes(random, random.nextInt(4), 600);
          Scene scene = new Scene(random).reals(Layout.output(random, sizes), values(random));
          checkMap(f, constants(f, random), scene, 0);
        });
  }

  @ParameterizedTest
  @EnumSource
  void mapLarge(MapFunction f) {
    Seeded.trials(
        "large map " + f,
        1,
        random -> {
          Scene flat =
              new Scene(random)
                  .reals(Layout.contiguous(random, LARGE), values(random))
                  .reals(Layout.contiguous(random, LARGE));
          checkMap(f, constants(f, random), flat, 1);
          Scene columns =
              new Scene(random)
                  .reals(Layout.of(1, new int[] {211, 119}, 1, 211), values(random))
                  .reals(Layout.output(random, 211, 119));
          checkMap(f, constants(f, random), columns, 1);
        });
  }

  private void checkZip(ZipFunction f, Scene scene, int left, int right, int out) {
    Tolerance tolerance =
        switch (f) {
          case ADD, SUBTRACT, MULTIPLY, GATE, DIVIDE ->
              precision() == Precision.DOUBLE ? equal() : Closeness.relative(precision(), 1);
          default -> equal();
        };
    check(
        f.name(), scene, (backend, v) -> backend.zip(f, v[left], v[right], v[out]), tolerance, out);
  }

  @ParameterizedTest
  @EnumSource
  void zip(ZipFunction f) {
    Seeded.trials(
        "zip " + f,
        TRIALS,
        random -> {
          int[] sizes = Layout.sizes(random, random.nextInt(5), 600);
          Scene scene =
              new Scene(random)
                  .reals(Layout.input(random, sizes), values(random))
                  .reals(Layout.input(random, sizes), values(random))
                  .reals(Layout.output(random, sizes));
          checkZip(f, scene, 0, 1, 2);
        });
  }

  @ParameterizedTest
  @EnumSource
  void zipInPlace(ZipFunction f) {
    Seeded.trials(
        "zip in place " + f,
        TRIALS / 2,
        random -> {
          int[] sizes = Layout.sizes(random, random.nextInt(4), 600);
          Scene scene =
              new Scene(random)
                  .reals(Layout.output(random, sizes), values(random))
                  .reals(Layout.input(random, sizes), values(random));
          int left = random.nextInt(2);
          int right = random.nextInt(4) == 0 ? left : 1 - left;
          checkZip(f, scene, left, right, 0);
        });
  }

  @ParameterizedTest
  @EnumSource
  void zipLarge(ZipFunction f) {
    Seeded.trials(
        "large zip " + f,
        1,
        random -> {
          Scene flat =
              new Scene(random)
                  .reals(Layout.contiguous(random, LARGE), values(random))
                  .reals(Layout.contiguous(random, LARGE), values(random))
                  .reals(Layout.contiguous(random, LARGE));
          checkZip(f, flat, 0, 1, 2);
          int[] sizes = {257, 131};
          Scene bias =
              new Scene(random)
                  .reals(Layout.contiguous(random, sizes), values(random))
                  .reals(Layout.of(2, sizes, 0, 1), values(random))
                  .reals(Layout.contiguous(random, sizes));
          checkZip(f, bias, 0, 1, 2);
          Scene perRow =
              new Scene(random)
                  .reals(Layout.of(1, sizes, 1, 0), values(random))
                  .reals(Layout.input(random, sizes), values(random))
                  .reals(Layout.output(random, sizes));
          checkZip(f, perRow, 0, 1, 2);
        });
  }

  @Test
  void fill() {
    Seeded.trials(
        "fill",
        TRIALS,
        random -> {
          int[] sizes = Layout.sizes(random, random.nextInt(5), 600);
          float value = (float) Values.special(random);
          check(
              "fill " + value,
              new Scene(random).reals(Layout.output(random, sizes)),
              (backend, v) -> backend.fill(v[0], value),
              bits(),
              0);
        });
  }

  @Test
  void copy() {
    Seeded.trials(
        "copy",
        2 * TRIALS,
        random -> {
          int[] sizes =
              random.nextInt(20) == 0
                  ? new int[] {3, 91, 97}
                  : Layout.sizes(random, random.nextInt(5), 600);
          Scene scene = new Scene(random);
          if (random.nextBoolean()) {
            scene
                .reals(Layout.input(random, sizes), () -> Values.special(random))
                .reals(Layout.output(random, sizes));
          } else {
            scene
                .indices(Layout.input(random, sizes), random::nextInt)
                .indices(Layout.output(random, sizes), random::nextInt);
          }
          check("copy", scene, (backend, v) -> backend.copy(v[0], v[1]), bits(), 1);
        });
  }

  @Test
  void accumulate() {
    Seeded.trials(
        "accumulate",
        2 * TRIALS,
        random -> {
          int[] sizes = Layout.sizes(random, random.nextInt(5), 900);
          // Here the output may repeat and overlap as inputs do.
          Scene scene =
              new Scene(random)
                  .reals(Layout.input(random, sizes))
                  .reals(Layout.input(random, sizes));
          Scene.Call call = (backend, v) -> backend.accumulate(v[0], v[1]);
          check("accumulate", scene, call, sums(scene, call, 1, Layout.product(sizes)), 1);
        });
  }

  @Test
  void writesAndReads() {
    Seeded.trials(
        "write and read",
        TRIALS,
        random -> {
          int length = random.nextInt(300);
          int from = random.nextInt(4);
          int offset = random.nextInt(4);
          double[] reals = random.doubles(from + length, -9, 9).toArray();
          int[] whole = random.ints(from + length).toArray();
          var buffer = tested.allocate(offset + length);
          var numbers = tested.allocateIndices(offset + length);
          tested.write(buffer, offset, reals, from, length);
          tested.write(numbers, offset, whole, from, length);
          double[] back = new double[from + length];
          float[] backFloats = new float[from + length];
          int[] backWhole = new int[from + length];
          tested.read(buffer, offset, back, from, length);
          tested.read(buffer, offset, backFloats, from, length);
          tested.read(numbers, offset, backWhole, from, length);
          float[] floats = new float[from + length];
          for (int i = from; i < from + length; i++) {
            Closeness.check("read", precision(), i, reals[i], back[i], bits());
            Closeness.check("read", Precision.FLOAT, i, reals[i], backFloats[i], bits());
            Closeness.check("read", Precision.DOUBLE, i, whole[i], backWhole[i], bits());
            floats[i] = (float) -reals[i];
          }
          tested.write(buffer, offset, floats, from, length);
          tested.read(buffer, offset, back, from, length);
          for (int i = from; i < from + length; i++) {
            Closeness.check("read", precision(), i, floats[i], back[i], bits());
          }
          tested.release(buffer);
          tested.release(numbers);
        });
  }
}
