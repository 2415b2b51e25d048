// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.Conv1dGeometry;
import dev.kairos.kernels.Precision;
import dev.kairos.kernels.Strided;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What backends on the host promise beyond the rest: sums are added in the order that a primitive
 * names, whatever the number of threads and whatever else is in the batch.
 */
abstract class OrderContract extends BackendPart {
  private static final int TRIALS = 40;

  /** Calls with each number of threads: a race need not show at once. */
  private static final int ATTEMPTS = 4;

  @TestFactory
  Stream<DynamicTest> anyNumberOfThreads() {
    return Workload.all(new SplittableRandom(RepeatabilityContract.SEED), 40).stream()
        .map(w -> DynamicTest.dynamicTest(w.name(), () -> share(w)));
  }

  private void share(Workload workload) {
    Scene scene = workload.scene();
    double[][] alone;
    try (Backend backend = open(1)) {
      alone = scene.run(backend, workload.call());
    }
    for (int threads : new int[] {2, 3, 5}) {
      try (Backend backend = open(threads)) {
        Strided[] views = scene.stage(backend);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
          scene.reset(backend, views);
          workload.call().on(backend, views);
          RepeatabilityContract.compare(
              workload.name() + " with " + threads + " threads", backend, alone, scene, views);
        }
      }
    }
  }

  /** What a recording gives does not depend on the others in its batch, bit by bit. */
  @Test
  void aRecordingAloneAndInABatch() {
    Seeded.trials(
        "convolution alone and in a batch",
        40,
        random -> {
          int time = 1 + random.nextInt(30);
          int in = new int[] {3, 20, 200, 400, 900}[random.nextInt(5)];
          int kernel = 1 + random.nextInt(5);
          Conv1dGeometry one = new Conv1dGeometry(1, time, in, 5, kernel, 1, kernel / 2, 1);
          Conv1dGeometry all = new Conv1dGeometry(50, time, in, 5, kernel, 1, kernel / 2, 1);
          Scene scene =
              new Scene(random)
                  .reals(Layout.plain(50, time, in))
                  .reals(Layout.plain(kernel, in, 5))
                  .reals(Layout.plain(50, one.outputTime(), 5), () -> 0);
          double[] whole = scene.run(tested, (b, v) -> b.conv1d(all, v[0], v[1], v[2]))[2];
          double[] alone =
              scene
                  .run(
                      tested,
                      (b, v) ->
                          b.conv1d(
                              one,
                              Strided.contiguous(v[0].buffer(), 1, time, in),
                              v[1],
                              Strided.contiguous(v[2].buffer(), 1, one.outputTime(), 5)))[2];
          int n = one.outputTime() * 5;
          Closeness.check(
              "first of " + all,
              precision(),
              Arrays.copyOf(whole, n),
              Arrays.copyOf(alone, n),
              bits());
        });
  }

  private double add(double sum, double x) {
    return precision() == Precision.FLOAT ? (float) sum + (float) x : sum + x;
  }

  /** All that falls on one element is added to it in index order. */
  @Test
  void accumulateAddsInIndexOrder() {
    Seeded.trials(
        "order of accumulate",
        TRIALS,
        random -> {
          int rows = 2 + random.nextInt(900);
          int columns = 1 + random.nextInt(40);
          int[] sizes = {rows, columns};
          Scene scene =
              new Scene(random).reals(Layout.input(random, sizes)).reals(Layout.of(0, sizes, 0, 1));
          double[] in = scene.seen(0);
          double[] expected = scene.content(1).clone();
          for (int i = 0; i < in.length; i++) {
            expected[i % columns] = add(expected[i % columns], in[i]);
          }
          double[] actual = scene.run(tested, (b, v) -> b.accumulate(v[0], v[1]))[1];
          Closeness.check("accumulate " + scene, precision(), expected, actual, bits());
        });
  }

  /** Rows that fall on one place are added to it in their order. */
  @Test
  void scatterAddsInTheOrderOfRows() {
    Seeded.trials(
        "order of scatter",
        TRIALS,
        random -> {
          int rows = 2 + random.nextInt(900);
          int inner = 1 + random.nextInt(40);
          int places = 1 + random.nextInt(3);
          Scene scene =
              new Scene(random)
                  .reals(Layout.input(random, 1, rows, inner))
                  .indices(Layout.plain(1, rows), () -> random.nextInt(places))
                  .reals(Layout.plain(1, places, inner));
          double[] in = scene.seen(0);
          double[] to = scene.seen(1);
          double[] expected = scene.content(2).clone();
          for (int i = 0; i < in.length; i++) {
            int place = (int) to[i / inner];
            int at = place * inner + i % inner;
            expected[at] = add(expected[at], in[i]);
          }
          double[] actual = scene.run(tested, (b, v) -> b.scatterAdd(v[0], v[1], v[2]))[2];
          Closeness.check("scatter " + scene, precision(), expected, actual, bits());
        });
  }
}
