// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.AdamStep;
import dev.kairos.kernels.Precision;
import dev.kairos.kernels.SgdStep;
import dev.kairos.kernels.SingularMatrixException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small linear systems, and the updates of parameters. */
abstract class SolveAndUpdateContract extends BackendPart {
  private static final int TRIALS = 120;

  /**
   * Matrices that are far from singular, but with their rows turned round by one, so that the first
   * pivot may be 0.
   */
  private static Layout wellConditioned(SplittableRandom random, Scene scene, int batch, int n) {
    Layout layout = Layout.output(random, batch, n, n);
    double[] content = new double[layout.length()];
    int[] positions = layout.positions();
    for (int i = 0; i < positions.length; i++) {
      int row = i / n % n;
      int column = i % n;
      double off = row == column ? 0 : random.nextDouble(-1, 1) / n;
      content[positions[i]] = column == (row + 1) % n ? 1 + random.nextDouble() : off;
    }
    int[] next = {0};
    scene.reals(layout, () -> content[next[0]++]);
    return layout;
  }

  @Test
  void solve() {
    Seeded.trials(
        "solve",
        TRIALS,
        random -> {
          int batch = random.nextInt(5);
          int n = random.nextInt(13);
          int m = random.nextInt(8);
          Scene scene = new Scene(random);
          wellConditioned(random, scene, batch, n);
          scene.reals(Layout.input(random, batch, n, m)).reals(Layout.output(random, batch, n, m));
          double allowed = (8 * n + 8) * 8 * unit();
          check(
              "solve",
              scene,
              (backend, v) -> backend.solve(v[0], v[1], v[2]),
              (i, e) -> allowed * (1 + Math.abs(e)),
              2);
        });
  }

  @Test
  void solutionsSolve() {
    Seeded.trials(
        "solutions solve",
        TRIALS / 2,
        random -> {
          int n = 1 + random.nextInt(12);
          Scene scene = new Scene(random);
          wellConditioned(random, scene, 1, n);
          scene.reals(Layout.plain(1, n, 1)).reals(Layout.plain(1, n, 1));
          double[] x = scene.run(tested, (b, v) -> b.solve(v[0], v[1], v[2]))[2];
          double[] a = scene.seen(0);
          for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
              sum += a[i * n + j] * x[j];
            }
            assertEquals(scene.seen(1)[i], sum, 200 * n * unit(), "row " + i + " of " + n);
          }
        });
  }

  private void checkSingular(int n, int column, double... matrix) {
    int[] next = {0};
    Scene scene =
        new Scene(new SplittableRandom(5))
            .reals(Layout.plain(1, n, n), () -> matrix[next[0]++])
            .reals(Layout.plain(1, n, 1))
            .reals(Layout.plain(1, n, 1));
    SingularMatrixException e =
        assertThrows(
            SingularMatrixException.class,
            () -> scene.run(tested, (b, v) -> b.solve(v[0], v[1], v[2])),
            Arrays.toString(matrix));
    assertEquals(
        "solve: matrix 0 is singular: column " + column + " depends on the columns before it",
        e.getMessage());
  }

  @Test
  void aSingularMatrixIsRefused() {
    checkSingular(1, 0, 0);
    checkSingular(2, 0, 0, 0, 0, 0);
    checkSingular(2, 1, 1, 2, 1, 2);
    checkSingular(2, 0, 0, 1, 0, 1);
    checkSingular(3, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    checkSingular(3, 2, 0x1p60, 2, 0x3p-60, 0x4p60, 5, 0x6p-60, 0x7p60, 8, 0x9p-60);
  }

  /** Products of tall and wide factors, whose rank is less than their size. */
  @Test
  void aMatrixOfLowerRankIsRefused() {
    Seeded.trials(
        "solve of lower rank",
        TRIALS,
        random -> {
          int n = 2 + random.nextInt(11);
          int rank = 1 + random.nextInt(n - 1);
          // Whole numbers, so that the product is exact in single precision.
          int[] left = random.ints((long) n * rank, -30, 31).toArray();
          int[] right = random.ints((long) rank * n, -30, 31).toArray();
          double[] product = new double[n * n];
          for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
              for (int k = 0; k < rank; k++) {
                product[i * n + j] += left[i * rank + k] * right[k * n + j];
              }
            }
          }
          int[] next = {0};
          int batch = 1 + random.nextInt(2000 / (n * n));
          int bad = random.nextInt(batch);
          Scene scene = new Scene(random);
          scene
              .reals(
                  Layout.plain(batch, n, n),
                  () -> {
                    int at = next[0]++;
                    int within = at % (n * n);
                    boolean diagonal = within / n == within % n;
                    return at / (n * n) == bad ? product[within] : diagonal ? 1 : 0;
                  })
              .reals(Layout.plain(batch, n, 2))
              .reals(Layout.plain(batch, n, 2));
          SingularMatrixException e =
              assertThrows(
                  SingularMatrixException.class,
                  () -> scene.run(tested, (b, v) -> b.solve(v[0], v[1], v[2])));
          assertEquals(bad, e.matrix());
        });
  }

  /** A regular matrix stays regular in other units, and NaN is no verdict. */
  @Test
  void aRegularMatrixOfAnyScaleIsSolved() {
    for (double[] matrix :
        new double[][] {
          {1, 0, 0, 1e-30}, {1e-30, 0, 0, 1e30}, {1, 1, 1, 1.0000001}, {0, 1e-20, 1e20, 1}
        }) {
      int[] next = {0};
      Scene scene =
          new Scene(new SplittableRandom(5))
              .reals(Layout.plain(1, 2, 2), () -> matrix[next[0]++])
              .reals(Layout.plain(1, 2, 1), () -> 0)
              .reals(Layout.plain(1, 2, 1));
      double[] x = scene.run(tested, (b, v) -> b.solve(v[0], v[1], v[2]))[2];
      assertTrue(Arrays.stream(x).allMatch(v -> v == 0), Arrays.toString(matrix));
    }
    Scene nan =
        new Scene(new SplittableRandom(5))
            .reals(Layout.plain(1, 2, 2), () -> Double.NaN)
            .reals(Layout.plain(1, 2, 1))
            .reals(Layout.plain(1, 2, 1));
    double[] x = nan.run(tested, (b, v) -> b.solve(v[0], v[1], v[2]))[2];
    assertTrue(Arrays.stream(x).allMatch(Double::isNaN), Arrays.toString(x));
  }

  private static Scene parameters(SplittableRandom random, int n, int state) {
    Scene scene = new Scene(random).reals(Layout.plain(n));
    for (int step = 0; step < 3; step++) {
      scene.reals(Layout.plain(n), () -> random.nextInt(9) == 0 ? 0 : Values.ordinary(random));
    }
    for (int i = 0; i < state; i++) {
      scene.reals(Layout.plain(n), () -> 0);
    }
    return scene;
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.01, 0", "0, 0.05", "0.02, 0.1"})
  void adam(double l2, double decay) {
    Seeded.trials(
        "adam",
        6,
        random -> {
          for (int n : new int[] {0, 1, 7, 50, 40_003}) {
            checkAdam(parameters(random, n, 2), l2, decay);
          }
        });
  }

  private void checkAdam(Scene scene, double l2, double decay) {
    double rate = 0.01;
    check(
        "adam",
        scene,
        (backend, v) -> {
          for (int step = 1; step <= 3; step++) {
            AdamStep constants =
                new AdamStep(
                    rate,
                    0.9,
                    0.999,
                    1e-8,
                    l2,
                    decay,
                    1 - Math.pow(0.9, step),
                    1 - Math.pow(0.999, step));
            backend.adam(constants, v[0].buffer(), v[step].buffer(), v[4].buffer(), v[5].buffer());
          }
        },
        // Sums of a few terms of about 1, 0.1 and 0.001.
        (i, e) -> 16 * unit() * (Math.abs(e) + 0.02),
        0,
        4,
        5);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, false",
    "0.9, 0, false",
    "0.9, 0.01, false",
    "0.9, 0, true",
    "0.8, 0.02, true",
    "0, 0.1, false"
  })
  void sgd(double momentum, double l2, boolean nesterov) {
    Seeded.trials(
        "sgd",
        6,
        random -> {
          for (int n : new int[] {0, 1, 7, 50, 40_003}) {
            checkSgd(parameters(random, n, 1), new SgdStep(0.1, momentum, l2, nesterov));
          }
        });
  }

  private void checkSgd(Scene scene, SgdStep constants) {
    check(
        "sgd",
        scene,
        (backend, v) -> {
          for (int step = 1; step <= 3; step++) {
            backend.sgd(constants, v[0].buffer(), v[step].buffer(), v[4].buffer());
          }
        },
        (i, e) -> 16 * unit() * (Math.abs(e) + (precision() == Precision.DOUBLE ? 0 : 4)),
        0,
        4);
  }
}
