// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.Precision;
import dev.kairos.kernels.Strided;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The same bits every time: from the first call, which is interpreted, to the last, which is
 * compiled.
 */
abstract class RepeatabilityContract {
  private static final int COMPARE_EVERY = 100;

  static final long SEED = 20_240_229;

  /** How often each call is made. */
  abstract int calls();

  /** Opens the backend under test. */
  abstract Backend open(int threads);

  @TestFactory
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
      for (int call = 2; call <= calls(); call++) {
        scene.reset(backend, views);
        workload.call().on(backend, views);
        if (call % COMPARE_EVERY == 0 || call == calls()) {
          compare("call " + call + " of " + workload.name(), backend, first, scene, views);
        }
      }
    }
  }

  static void compare(
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
