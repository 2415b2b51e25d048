// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kairos.kernels.Conv1dGeometry;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.ZipFunction;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Matrix products, and convolution over time with its two gradients. */
abstract class ContractionContract extends BackendPart {
  private static final int TRIALS = 250;
  private static final int[] EXTENTS = {0, 1, 1, 2, 3, 4, 5, 7, 8, 13, 17, 24, 31, 40, 65};

  private static int extent(SplittableRandom random) {
    return EXTENTS[random.nextInt(EXTENTS.length)];
  }

  /** The sizes of the batch axes, and then two more. */
  private static int[] sizes(int[] batch, int rows, int columns) {
    int[] sizes = Arrays.copyOf(batch, batch.length + 2);
    sizes[batch.length] = rows;
    sizes[batch.length + 1] = columns;
    return sizes;
  }

  private void checkMatmul(SplittableRandom random, int[] batch, int m, int k, int n) {
    boolean accumulate = random.nextBoolean();
    Scene scene =
        new Scene(random)
            .reals(Layout.input(random, sizes(batch, m, k)))
            .reals(Layout.input(random, sizes(batch, k, n)))
            .reals(Layout.rows(random, sizes(batch, m, n)));
    checkMatmul(scene, accumulate, k);
  }

  private void checkMatmul(Scene scene, boolean accumulate, int k) {
    Scene.Call call = (backend, v) -> backend.matmul(v[0], v[1], accumulate, v[2]);
    check(accumulate ? "add product" : "product", scene, call, sums(scene, call, 2, k + 1), 2);
  }

  @Test
  void matmul() {
    Seeded.trials(
        "product",
        TRIALS,
        random -> {
          int[] batch = new int[random.nextInt(3)];
          for (int i = 0; i < batch.length; i++) {
            batch[i] = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(4);
          }
          checkMatmul(random, batch, extent(random), extent(random), extent(random));
        });
  }

  @Test
  void matmulLarge() {
    Seeded.trials(
        "large product",
        4,
        random -> {
          checkMatmul(random, new int[0], 131, 67, 93);
          checkMatmul(random, new int[0], 29, 70, 301);
          checkMatmul(random, new int[0], 1, 301, 603);
          checkMatmul(random, new int[0], 1203, 203, 1);
          checkMatmul(random, new int[] {7}, 37, 41, 43);
          checkMatmul(random, new int[] {2}, 75, 41, 53);
          checkMatmul(random, new int[] {2, 3}, 75, 41, 33);
        });
  }

  /** Few columns, few rows, few terms or very many, alone and in batches. */
  @Test
  void matmulSkinny() {
    Seeded.trials(
        "skinny product",
        2,
        random -> {
          checkMatmul(random, new int[0], 50, 8, 20);
          checkMatmul(random, new int[0], 400, 2048, 8);
          checkMatmul(random, new int[0], 8, 400, 2048);
          checkMatmul(random, new int[0], 7, 1100, 131);
          checkMatmul(random, new int[0], 321, 517, 21);
          checkMatmul(random, new int[0], 20, 3100, 20);
          checkMatmul(random, new int[] {10}, 40, 8, 8);
          checkMatmul(random, new int[] {3}, 8, 50, 260);
          checkMatmul(random, new int[] {30}, 20, 20, 20);
        });
  }

  /**
   * Numbers of one sign, very many: one chain of additions would lose 4e-6 at 12,288 terms and
   * 1.6e-4 at a million. Few rows, few columns, many of both, transposed, and in batches.
   */
  @Test
  void longProductsKeepTheirDigits() {
    Seeded.trials(
        "long product",
        1,
        random -> {
          int k = 12_288;
          checkLong(random, new int[] {1, k}, new int[] {k, 1}, 1, 1);
          checkLong(random, new int[] {3, k}, new int[] {k, 70}, 3, 70);
          checkLong(random, new int[] {7, k}, new int[] {k, 130}, 7, 130);
          checkLong(random, new int[] {20, k}, new int[] {k, 9}, 20, 9);
          checkLong(random, new int[] {9, k}, new int[] {k, 70}, 9, 70);
          checkLong(random, new int[] {2, 3, k}, new int[] {2, k, 5}, 2, 3, 5);
          checkLong(random, new int[] {1, 1 << 20}, new int[] {1 << 20, 1}, 1, 1);
          checkLong(random, new int[] {2, 1 << 18}, new int[] {1 << 18, 3}, 2, 3);
          Scene scene =
              new Scene(random)
                  .reals(Layout.of(0, new int[] {17, k}, 1, 17), random::nextDouble)
                  .reals(Layout.of(0, new int[] {k, 40}, 1, k), random::nextDouble)
                  .reals(Layout.plain(17, 40), random::nextDouble);
          checkLong(scene, (b, v) -> b.matmul(v[0], v[1], true, v[2]), 2);
        });
  }

  private void checkLong(SplittableRandom random, int[] left, int[] right, int... out) {
    Scene scene =
        new Scene(random)
            .reals(Layout.plain(left), random::nextDouble)
            .reals(Layout.plain(right), random::nextDouble)
            .reals(Layout.plain(out));
    checkLong(scene, (b, v) -> b.matmul(v[0], v[1], false, v[2]), 2);
  }

  /** Twenty units, 2.4e-6; one chain of a million loses a hundred times more. */
  private void checkLong(Scene scene, Scene.Call call, int output) {
    check("long sum", scene, call, (i, e) -> 20 * unit() * Math.abs(e), output);
  }

  /** Many channels, many steps and many recordings, short ones and long. */
  @Test
  void longConvolutionsKeepTheirDigits() {
    Seeded.trials(
        "long convolution",
        1,
        random -> {
          checkLong(random, new Conv1dGeometry(1, 5, 4000, 3, 3, 1, 1, 1));
          checkLong(random, new Conv1dGeometry(1, 40, 3, 4000, 3, 1, 1, 1));
          checkLong(random, new Conv1dGeometry(1, 12_288, 3, 2, 3, 1, 1, 1));
          checkLong(random, new Conv1dGeometry(300, 41, 2, 3, 3, 1, 1, 1));
          checkLong(random, new Conv1dGeometry(7000, 3, 2, 3, 2, 2, 0, 1));
          checkLong(random, new Conv1dGeometry(20, 700, 5, 4, 1, 1, 0, 1));
        });
  }

  private void checkLong(SplittableRandom random, Conv1dGeometry g) {
    Scene scene =
        new Scene(random)
            .reals(Layout.plain(g.batch(), g.time(), g.inputChannels()), random::nextDouble)
            .reals(
                Layout.plain(g.kernel(), g.inputChannels(), g.outputChannels()), random::nextDouble)
            .reals(Layout.plain(g.batch(), g.outputTime(), g.outputChannels()), random::nextDouble);
    checkLong(scene, (b, v) -> b.conv1d(g, v[0], v[1], v[2]), 2);
    checkLong(scene, (b, v) -> b.conv1dInputGradient(g, v[2], v[1], v[0]), 0);
    checkLong(scene, (b, v) -> b.conv1dWeightGradient(g, v[0], v[2], v[1]), 1);
  }

  /** All ways in which two factors can lie: by rows or by columns. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void matmulOfTransposes(int ways) {
    Seeded.trials(
        "product of transposes",
        6,
        random -> {
          for (int[] s : new int[][] {{5, 6, 7}, {16, 16, 16}, {70, 65, 66}, {33, 1, 129}}) {
            int[] left = {s[0], s[1]};
            int[] right = {s[1], s[2]};
            Scene scene =
                new Scene(random)
                    .reals((ways & 1) == 0 ? Layout.plain(left) : Layout.of(0, left, 1, s[0]))
                    .reals((ways & 2) == 0 ? Layout.plain(right) : Layout.of(0, right, 1, s[1]))
                    .reals(Layout.plain(s[0], s[2]));
            checkMatmul(scene, random.nextBoolean(), s[1]);
          }
        });
  }

  /** One factor for a whole batch, and rows that are windows of one sequence. */
  @Test
  void matmulOfSharedAndOverlappingRows() {
    Seeded.trials(
        "product of shared and overlapping rows",
        12,
        random -> {
          int channels = 1 + random.nextInt(9);
          int rows = 3 + random.nextInt(60);
          int[] windows = {2, 3, rows, 3 * channels};
          Scene scene =
              new Scene(random)
                  .reals(Layout.of(2, windows, 0, (rows + 2) * channels, channels, 1))
                  .reals(Layout.of(0, new int[] {2, 3, 3 * channels, 37}, 37, 0, 74, 1))
                  .reals(Layout.rows(random, 2, 3, rows, 37));
          checkMatmul(scene, random.nextBoolean(), 3 * channels);
        });
  }

  @Test
  void matmulWithoutTermsIsZero() {
    Scene scene =
        new Scene(new SplittableRandom(3))
            .reals(Layout.plain(3, 0))
            .reals(Layout.plain(0, 5))
            .reals(Layout.plain(3, 5));
    double[] zeros = scene.run(tested, (b, v) -> b.matmul(v[0], v[1], false, v[2]))[2];
    Closeness.check("product", precision(), new double[15], zeros, equal());
    double[] kept = scene.run(tested, (b, v) -> b.matmul(v[0], v[1], true, v[2]))[2];
    Closeness.check("product", precision(), scene.content(2), kept, bits());
  }

  private void checkConv1d(SplittableRandom random, Conv1dGeometry g) {
    int[] x = {g.batch(), g.time(), g.inputChannels()};
    int[] w = {g.kernel(), g.inputChannels(), g.outputChannels()};
    int[] y = {g.batch(), g.outputTime(), g.outputChannels()};
    Scene scene =
        new Scene(random)
            .reals(Layout.contiguous(random, x))
            .reals(Layout.contiguous(random, w))
            .reals(Layout.contiguous(random, y));
    Scene.Call forward = (backend, v) -> backend.conv1d(g, v[0], v[1], v[2]);
    int taps = g.kernel() * g.inputChannels() + 1;
    check("convolution " + g, scene, forward, sums(scene, forward, 2, taps), 2);
    Scene.Call toInput = (backend, v) -> backend.conv1dInputGradient(g, v[2], v[1], v[0]);
    int uses = g.kernel() * g.outputChannels() + 1;
    check("input gradient " + g, scene, toInput, sums(scene, toInput, 0, uses), 0);
    Scene.Call toWeight = (backend, v) -> backend.conv1dWeightGradient(g, v[0], v[2], v[1]);
    int steps = g.batch() * g.outputTime() + 1;
    check("weight gradient " + g, scene, toWeight, sums(scene, toWeight, 1, steps), 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void conv1d(int kernel) {
    int[] channels = {1, 1, 2, 3, 4, 5, 7};
    Seeded.trials(
        "convolution of kernel " + kernel,
        2,
        random -> {
          for (int time : new int[] {0, 1, 2, 3, 4, 6, 9, 14}) {
            for (int stride = 1; stride <= 3; stride++) {
              for (int padding = 0; padding <= kernel; padding++) {
                for (int dilation = 1; dilation <= 3; dilation++) {
                  int batch = random.nextInt(16) == 0 ? 0 : 1 + random.nextInt(3);
                  int in = channels[random.nextInt(channels.length)];
                  int out = channels[random.nextInt(channels.length)];
                  checkConv1d(
                      random,
                      new Conv1dGeometry(batch, time, in, out, kernel, stride, padding, dilation));
                }
              }
            }
          }
        });
  }

  @Test
  void conv1dLarge() {
    Seeded.trials(
        "large convolution",
        1,
        random -> {
          checkConv1d(random, new Conv1dGeometry(2, 201, 33, 41, 3, 1, 1, 1));
          checkConv1d(random, new Conv1dGeometry(1, 150, 65, 70, 1, 1, 0, 1));
          checkConv1d(random, new Conv1dGeometry(5, 80, 31, 17, 5, 2, 2, 1));
          checkConv1d(random, new Conv1dGeometry(4, 70, 40, 23, 3, 1, 2, 2));
          checkConv1d(random, new Conv1dGeometry(1, 100, 7, 301, 3, 3, 1, 1));
          checkConv1d(random, new Conv1dGeometry(2, 20, 130, 65, 3, 1, 1, 1));
          checkConv1d(random, new Conv1dGeometry(3, 9, 70, 20, 5, 1, 4, 2));
          checkConv1d(random, new Conv1dGeometry(4, 50, 20, 64, 3, 1, 0, 1));
        });
  }

  private void checkTaps(SplittableRandom random, Conv1dGeometry g, int copies) {
    int[] taps = {g.kernel(), g.batch(), g.time(), g.outputChannels()};
    int[] f = {copies, g.batch(), g.time()};
    int[] y = {copies, g.batch(), g.outputTime(), g.outputChannels()};
    Scene scene =
        new Scene(random)
            .reals(Layout.contiguous(random, taps))
            .reals(Layout.contiguous(random, f))
            .reals(Layout.contiguous(random, y));
    Scene.Call sum = (backend, v) -> backend.tapSum(g, v[0], v[1], v[2]);
    check("tap sum " + g, scene, sum, sums(scene, sum, 2, g.kernel() + 1), 2);
    Scene.Call spread = (backend, v) -> backend.tapSpread(g, v[1], v[2], v[0]);
    check("tap spread " + g, scene, spread, sums(scene, spread, 0, copies + 1), 0);
    Scene.Call dot = (backend, v) -> backend.tapDot(g, v[0], v[2], v[1]);
    int terms = g.kernel() * g.outputChannels() + 1;
    check("tap dot " + g, scene, dot, sums(scene, dot, 1, terms), 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void taps(int kernel) {
    Seeded.trials(
        "taps of kernel " + kernel,
        2,
        random -> {
          for (int time : new int[] {0, 1, 2, 3, 6, 14}) {
            for (int stride = 1; stride <= 3; stride++) {
              for (int padding = 0; padding <= kernel; padding++) {
                int batch = random.nextInt(16) == 0 ? 0 : 1 + random.nextInt(3);
                int out = random.nextInt(16) == 0 ? 0 : 1 + random.nextInt(40);
                int dilation = 1 + random.nextInt(3);
                checkTaps(
                    random,
                    new Conv1dGeometry(batch, time, 1, out, kernel, stride, padding, dilation),
                    1 + random.nextInt(3));
              }
            }
          }
          checkTaps(random, new Conv1dGeometry(2, 131, 1, 157, kernel, 1, kernel / 2, 1), 2);
        });
  }

  /** A convolution of a weighed input is the tap sum of the products with the weight. */
  @Test
  void tapsMakeAConvolution() {
    Seeded.trials(
        "taps make a convolution",
        60,
        random -> {
          int kernel = 1 + random.nextInt(4);
          int in = 1 + random.nextInt(5);
          int out = 1 + random.nextInt(9);
          Conv1dGeometry g =
              new Conv1dGeometry(
                  1 + random.nextInt(3),
                  1 + random.nextInt(20),
                  in,
                  out,
                  kernel,
                  1 + random.nextInt(3),
                  random.nextInt(kernel + 1),
                  1 + random.nextInt(3));
          int steps = g.batch() * g.time();
          int[] y = {1, g.batch(), g.outputTime(), out};
          Scene scene =
              new Scene(random)
                  .reals(Layout.plain(1, steps, in))
                  .reals(Layout.plain(1, steps, 1))
                  .reals(Layout.plain(kernel, in, out))
                  .reals(Layout.plain(kernel, steps, out), () -> 0)
                  .reals(Layout.plain(1, steps, in), () -> 0)
                  .reals(Layout.plain(y), () -> 0)
                  .reals(Layout.plain(y), () -> 0);
          double[][] r =
              scene.run(
                  tested,
                  (backend, v) -> {
                    Strided shared =
                        new Strided(
                            v[0].buffer(),
                            v[0].offset(),
                            new int[] {kernel, steps, in},
                            new int[] {0, in, 1});
                    Strided factor =
                        new Strided(
                            v[1].buffer(),
                            v[1].offset(),
                            new int[] {1, steps, in},
                            new int[] {steps, 1, 0});
                    backend.matmul(shared, v[2], false, v[3]);
                    backend.tapSum(g, v[3], v[1], v[5]);
                    backend.zip(ZipFunction.MULTIPLY, v[0], factor, v[4]);
                    backend.conv1d(g, v[4], v[2], v[6]);
                  });
          for (int i = 0; i < r[5].length; i++) {
            assertEquals(r[6][i], r[5][i], 200 * unit() * kernel * in, "element " + i + " of " + g);
          }
        });
  }

  private static double inner(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  /** {@code <conv(x, w), y> = <x, inputGradient(y, w)> = <w, weightGradient(x, y)>}. */
  @Test
  void conv1dGradientsAreAdjoint() {
    Seeded.trials(
        "convolution's gradients are adjoint",
        60,
        random -> {
          int kernel = 1 + random.nextInt(5);
          Conv1dGeometry g =
              new Conv1dGeometry(
                  1 + random.nextInt(3),
                  1 + random.nextInt(20),
                  1 + random.nextInt(5),
                  1 + random.nextInt(5),
                  kernel,
                  1 + random.nextInt(3),
                  random.nextInt(kernel + 1),
                  1 + random.nextInt(3));
          Layout x = Layout.plain(g.batch(), g.time(), g.inputChannels());
          Layout w = Layout.plain(kernel, g.inputChannels(), g.outputChannels());
          Layout y = Layout.plain(g.batch(), g.outputTime(), g.outputChannels());
          Scene scene =
              new Scene(random)
                  .reals(x)
                  .reals(w)
                  .reals(y)
                  .reals(x, () -> 0)
                  .reals(w, () -> 0)
                  .reals(y, () -> 0);
          double[][] r =
              scene.run(
                  tested,
                  (backend, v) -> {
                    backend.conv1d(g, v[0], v[1], v[5]);
                    backend.conv1dInputGradient(g, v[2], v[1], v[3]);
                    backend.conv1dWeightGradient(g, v[0], v[2], v[4]);
                  });
          double whole = inner(r[2], r[5]);
          double allowed = 2000 * unit() * (1 + g.batch() * g.outputTime() * g.outputChannels());
          assertEquals(whole, inner(r[0], r[3]), allowed, "input gradient of " + g);
          assertEquals(whole, inner(r[1], r[4]), allowed, "weight gradient of " + g);
        });
  }
}
