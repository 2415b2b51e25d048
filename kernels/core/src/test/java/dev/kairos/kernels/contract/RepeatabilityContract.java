// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.Precision;
import dev.kairos.kernels.Strided;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The same bits every time: from the first call, which is interpreted, to the two thousandth, which
 * is compiled; and with any number of threads.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class RepeatabilityContract {
  private static final int CALLS = 2000;
  private static final int COMPARE_EVERY = 100;

  /** Calls with each number of threads: a race need not show at once. */
  private static final int ATTEMPTS = 4;

  private static final long SEED = 20_240_229;

  /** Opens the backend under test. */
  abstract Backend open(int threads);

  @TestFactory
  @Order(1)
  Stream<DynamicTest> firstCallAndLater() {
    return Workload.all(new SplittableRandom(SEED), 1).stream()
        .map(w -> DynamicTest.dynamicTest(w.name(), () -> repeat(w)));
  }

  private void repeat(Workload workload) {
    try (Backend backend = open(1)) {
      Scene scene = workload.scene();
      Strided[] views = scene.stage(backend);
      workload.call().on(backend, views);
      double[][] first = scene.read(backend, views);
      for (int call = 2; call <= CALLS; call++) {
        scene.reset(backend, views);
        workload.call().on(backend, views);
        if (call % COMPARE_EVERY == 0) {
          compare("call " + call + " of " + workload.name(), backend, first, scene, views);
        }
      }
    }
  }

  @TestFactory
  @Order(2)
  Stream<DynamicTest> anyNumberOfThreads() {
    return Workload.all(new SplittableRandom(SEED), 40).stream()
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
          compare(workload.name() + " with " + threads + " threads", backend, alone, scene, views);
        }
      }
    }
  }

  private static void compare(
      String what, Backend backend, double[][] first, Scene scene, Strided[] views) {
    double[][] now = scene.read(backend, views);
    for (int i = 0; i < now.length; i++) {
      Closeness.check(
          what + ", operand " + i,
          scene.isIndex(i) ? Precision.DOUBLE : backend.precision(),
          first[i],
          now[i],
          (index, expected) -> Closeness.BITS);
    }
  }
}
