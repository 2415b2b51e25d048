// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.kairos.kernels.AdamStep;
import dev.kairos.kernels.Precision;
import dev.kairos.kernels.SgdStep;
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

  @Test
  void aSingularSystemHasNoFiniteSolution() {
    for (double[] matrix : new double[][] {{0, 0, 0, 0}, {1, 2, 1, 2}, {0, 1, 0, 1}}) {
      int[] next = {0};
      Scene scene =
          new Scene(new SplittableRandom(5))
              .reals(Layout.plain(1, 2, 2), () -> matrix[next[0]++])
              .reals(Layout.plain(1, 2, 1))
              .reals(Layout.plain(1, 2, 1));
      double[] x = scene.run(tested, (b, v) -> b.solve(v[0], v[1], v[2]))[2];
      assertFalse(
          Arrays.stream(x).allMatch(Double::isFinite),
          Arrays.toString(matrix) + " gave " + Arrays.toString(x));
    }
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
