// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import dev.kairos.kernels.ReduceFunction;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reductions of trailing axes. */
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
}
