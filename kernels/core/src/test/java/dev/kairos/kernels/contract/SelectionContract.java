// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.RandomKey;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Picking, placing and blending rows, and dropping elements. */
abstract class SelectionContract extends BackendPart {
  private static final int TRIALS = 150;

  @Test
  void topK() {
    Seeded.trials(
        "top k",
        TRIALS,
        random -> {
          int[] sizes = Layout.sizes(random, 1 + random.nextInt(3), 900);
          int last = sizes.length - 1;
          sizes[last] = Math.max(1, sizes[last]);
          checkTopK(random, 1 + random.nextInt(sizes[last]), sizes);
        });
  }

  @Test
  void topKLarge() {
    Seeded.trials(
        "large top k",
        2,
        random -> {
          checkTopK(random, 3, 3001, 21);
          checkTopK(random, 500, 3, 20_003);
          checkTopK(random, 101, 7, 60, 101);
        });
  }

  private void checkTopK(SplittableRandom random, int k, int... sizes) {
    int[] chosen = sizes.clone();
    chosen[sizes.length - 1] = k;
    Scene scene =
        new Scene(random)
            .reals(
                Layout.input(random, sizes),
                random.nextBoolean() ? () -> Values.tied(random) : () -> Values.special(random))
            .indices(Layout.output(random, chosen), random::nextInt);
    check("top " + k, scene, (backend, v) -> backend.topK(v[0], k, v[1]), bits(), 1);
  }

  @Test
  void sortIndices() {
    Seeded.trials(
        "sort",
        TRIALS,
        random -> checkOrder(random, Layout.sizes(random, 1 + random.nextInt(3), 900)));
    Seeded.trials("large sort", 2, random -> checkOrder(random, 3, 20_003));
  }

  private void checkOrder(SplittableRandom random, int... sizes) {
    boolean descending = random.nextBoolean();
    Scene scene =
        new Scene(random)
            .reals(
                Layout.input(random, sizes),
                random.nextBoolean() ? () -> Values.tied(random) : () -> Values.special(random))
            .indices(Layout.output(random, sizes), random::nextInt);
    String what = descending ? "descending order" : "ascending order";
    check(what, scene, (backend, v) -> backend.sortIndices(v[0], descending, v[1]), bits(), 1);
  }

  /** Sizes of a gather or scatter: outer, n, m, inner. */
  private static int[] rowSizes(SplittableRandom random) {
    int[] sizes = Layout.sizes(random, 4, 3000);
    if (sizes[1] == 0) {
      sizes[2] = 0;
    }
    return sizes;
  }

  private static Layout indexLayout(SplittableRandom random, int outer, int m) {
    return random.nextInt(3) == 0
        ? Layout.of(1, new int[] {outer, m}, 0, 1)
        : Layout.input(random, outer, m);
  }

  @Test
  void gather() {
    Seeded.trials(
        "gather",
        TRIALS,
        random -> {
          int[] s = random.nextInt(30) == 0 ? new int[] {3, 50, 40, 301} : rowSizes(random);
          Scene scene =
              new Scene(random)
                  .reals(Layout.input(random, s[0], s[1], s[3]), () -> Values.special(random))
                  .indices(indexLayout(random, s[0], s[2]), () -> random.nextInt(Math.max(1, s[1])))
                  .reals(Layout.output(random, s[0], s[2], s[3]));
          check("gather", scene, (backend, v) -> backend.gather(v[0], v[1], v[2]), bits(), 2);
        });
  }

  @Test
  void scatterAdd() {
    Seeded.trials(
        "scatter",
        TRIALS,
        random -> {
          int[] s = random.nextInt(30) == 0 ? new int[] {3, 20, 150, 101} : rowSizes(random);
          Scene scene =
              new Scene(random)
                  .reals(Layout.input(random, s[0], s[2], s[3]))
                  .indices(indexLayout(random, s[0], s[2]), () -> random.nextInt(Math.max(1, s[1])))
                  .reals(Layout.output(random, s[0], s[1], s[3]));
          Scene.Call call = (backend, v) -> backend.scatterAdd(v[0], v[1], v[2]);
          check("scatter", scene, call, sums(scene, call, 2, s[2] + 1), 2);
        });
  }

  @Test
  void gatherAndScatterAreAdjoint() {
    Seeded.trials(
        "gather and scatter are adjoint",
        TRIALS / 3,
        random -> {
          int n = 1 + random.nextInt(9);
          int m = 1 + random.nextInt(20);
          Scene scene =
              new Scene(random)
                  .reals(Layout.plain(2, n, 5))
                  .indices(Layout.input(random, 2, m), () -> random.nextInt(n))
                  .reals(Layout.plain(2, m, 5))
                  .reals(Layout.plain(2, m, 5), () -> 0)
                  .reals(Layout.plain(2, n, 5), () -> 0);
          double[][] results =
              scene.run(
                  tested,
                  (backend, v) -> {
                    backend.gather(v[0], v[1], v[3]);
                    backend.scatterAdd(v[2], v[1], v[4]);
                  });
          assertAdjoint(results[0], results[4], results[2], results[3]);
        });
  }

  /** Fails unless {@code <x, A'y> = <y, Ax>}. */
  private void assertAdjoint(double[] x, double[] transposed, double[] y, double[] forward) {
    double magnitude = 0;
    double left = 0;
    double right = 0;
    for (int i = 0; i < x.length; i++) {
      left += x[i] * transposed[i];
      magnitude += Math.abs(x[i] * transposed[i]);
    }
    for (int i = 0; i < y.length; i++) {
      right += y[i] * forward[i];
    }
    assertEquals(left, right, 200 * unit() * (magnitude + 1), "inner products");
  }

  /** From T to T' rows, in both directions. */
  private void checkResample(SplittableRandom random, int outer, int from, int to, int inner) {
    Scene forward =
        new Scene(random)
            .reals(Layout.input(random, outer, from, inner))
            .reals(Layout.output(random, outer, to, inner));
    Scene.Call resample = (backend, v) -> backend.resample(v[0], v[1]);
    // Positions in single precision would be off by some units of T.
    check("resample", forward, resample, sums(forward, resample, 1, 16 + 4 * from), 1);
    Scene back =
        new Scene(random)
            .reals(Layout.input(random, outer, to, inner))
            .reals(Layout.output(random, outer, from, inner));
    Scene.Call transpose = (backend, v) -> backend.resampleTranspose(v[0], v[1]);
    int terms = 16 + 4 * from + 2 * (to / from);
    double[] magnitude = back.magnitudes().run(reference, transpose)[1];
    double largest = Arrays.stream(magnitude).max().orElse(0);
    check("resample transpose", back, transpose, (i, e) -> terms * unit() * (largest + 2), 1);
  }

  @Test
  void resample() {
    Seeded.trials(
        "resample",
        TRIALS,
        random ->
            checkResample(
                random,
                random.nextInt(4),
                1 + random.nextInt(20),
                random.nextInt(40),
                random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(9)));
  }

  @Test
  void resampleLarge() {
    Seeded.trials(
        "large resample",
        2,
        random -> {
          checkResample(random, 3, 97, 301, 67);
          checkResample(random, 5, 301, 97, 65);
          checkResample(random, 1, 1, 5000, 7);
        });
  }

  @Test
  void resampleOfEqualLengthIsACopy() {
    Seeded.trials(
        "resample to the same length",
        TRIALS / 5,
        random -> {
          int[] sizes = {1 + random.nextInt(3), 1 + random.nextInt(50), 1 + random.nextInt(5)};
          Scene scene =
              new Scene(random)
                  .reals(Layout.input(random, sizes))
                  .reals(Layout.output(random, sizes));
          double[][] results = scene.run(tested, (backend, v) -> backend.resample(v[0], v[1]));
          Closeness.check(
              "resample", precision(), scene.seen(0), scene.pick(1, results[1]), equal());
        });
  }

  @Test
  void resampleAndItsTransposeAreAdjoint() {
    Seeded.trials(
        "resample and its transpose are adjoint",
        TRIALS / 3,
        random -> {
          int from = 1 + random.nextInt(30);
          int to = 1 + random.nextInt(60);
          Scene scene =
              new Scene(random)
                  .reals(Layout.plain(2, from, 3))
                  .reals(Layout.plain(2, to, 3))
                  .reals(Layout.plain(2, to, 3), () -> 0)
                  .reals(Layout.plain(2, from, 3), () -> 0);
          double[][] results =
              scene.run(
                  tested,
                  (backend, v) -> {
                    backend.resample(v[0], v[2]);
                    backend.resampleTranspose(v[1], v[3]);
                  });
          assertAdjoint(results[0], results[3], results[1], results[2]);
        });
  }

  private void checkDropout(SplittableRandom random, boolean inPlace, int... sizes) {
    double p = new double[] {0, 0.1, 0.5, 0.7, random.nextDouble()}[random.nextInt(5)];
    RandomKey key = new RandomKey(random.nextLong(), random.nextLong());
    Scene scene = new Scene(random).reals(Layout.output(random, sizes));
    if (!inPlace) {
      scene =
          new Scene(random)
              .reals(Layout.input(random, sizes), () -> 0.5 + random.nextDouble())
              .reals(Layout.output(random, sizes));
    }
    int out = scene.count() - 1;
    check(
        "dropout " + p,
        scene,
        (backend, v) -> backend.dropout(v[0], p, key, v[out]),
        (i, e) -> 2 * unit() * Math.abs(e),
        out);
  }

  @Test
  void dropout() {
    Seeded.trials(
        "dropout",
        TRIALS,
        random ->
            checkDropout(
                random, random.nextInt(4) == 0, Layout.sizes(random, random.nextInt(4), 900)));
  }

  @Test
  void dropoutLarge() {
    Seeded.trials(
        "large dropout",
        4,
        random -> {
          checkDropout(random, false, 50_003);
          checkDropout(random, true, 3, 81, 203);
        });
  }

  /**
   * 0.7 lies between two of the numbers that are drawn and rounds down to the lower one in single
   * precision; the seeds draw just that one. It is below 0.7, so the element goes.
   */
  @ParameterizedTest
  @CsvSource({"487694, 1", "6679744, 0"})
  void dropoutComparesWithoutRounding(long seed, int element) {
    for (int step : new int[] {1, 2}) {
      Scene scene =
          new Scene(new SplittableRandom(1))
              .reals(Layout.of(0, new int[] {4}, step), () -> 1)
              .reals(Layout.plain(4));
      double[] out =
          scene.run(tested, (b, v) -> b.dropout(v[0], 0.7, new RandomKey(seed, 0), v[1]))[1];
      assertEquals(0, out[element], "element " + element);
    }
  }

  @Test
  void dropoutKeepsTheMean() {
    int n = 40_000;
    double p = 0.3;
    Scene scene =
        new Scene(new SplittableRandom(1)).reals(Layout.plain(n), () -> 1).reals(Layout.plain(n));
    RandomKey key = new RandomKey(11, 7);
    double[] out = scene.run(tested, (b, v) -> b.dropout(v[0], p, key, v[1]))[1];
    long kept = Arrays.stream(out).filter(v -> v != 0).count();
    double deviation = Math.sqrt(n * p * (1 - p));
    assertTrue(Math.abs(kept - (1 - p) * n) < 4 * deviation, "kept " + kept + " of " + n);
    for (int i = 0; i < n; i++) {
      double expected = out[i] == 0 ? 0 : 1 / (1 - p);
      Closeness.check(
          "scale", precision(), i, expected, out[i], Closeness.relative(precision(), 2));
    }
  }
}
