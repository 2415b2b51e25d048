// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import dev.kairos.kernels.Availability;
import dev.kairos.kernels.Backend;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.BackendProvider;
import dev.kairos.kernels.cpu.CpuBackend;
import java.util.Locale;

/**
 * Offers the {@link CpuBackend} with loops on the Vector API, where the JVM has that API and
 * compiles it well. This class mentions no vector type, so that it loads on every JVM.
 */
public final class SimdProvider implements BackendProvider {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  /** The incubating API may change under compiled code: only versions that were tested are used. */
  private static final int OLDEST = 17;

  private static final int NEWEST = 25;

  /** Below this width scalar code is as good. */
  private static final int NARROWEST_BITS = 128;

  /** With the instruction a cold multiply-add takes less than 100; without it some ten thousand. */
  private static final long SLOW_NANOS = 300;

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public int priority() {
    return 10;
  }

  @Override
  public Availability availability() {
    boolean resolved = ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    String compiler =
        System.getProperty("java.vm.name", "") + ", " + System.getProperty("java.vm.info", "");
    Availability before = availability(Runtime.version().feature(), resolved, compiler);
    if (!before.usable()) {
      return before;
    }
    // Only now may a class that mentions vectors be touched.
    return found(Lanes.preferredBits(), Lanes.COUNT, nanosOfMultiplyAdd());
  }

  /**
   * What can be told without the Vector API.
   *
   * @param version the Java feature version
   * @param resolved whether the vector module is there
   * @param compiler what the JVM says about itself and its compilers
   */
  static Availability availability(int version, boolean resolved, String compiler) {
    if (!resolved) {
      return Availability.no(
          "the JVM runs without the vector module; start it with --add-modules " + VECTOR_MODULE);
    }
    if (version < OLDEST || version > NEWEST) {
      return Availability.no(
          "the vector module is tested on Java %d to %d, and this is Java %d"
              .formatted(OLDEST, NEWEST, version));
    }
    String vm = compiler.toLowerCase(Locale.ROOT);
    if (vm.contains("interpreted")) {
      return Availability.no("the JVM only interprets, which makes vectors slower than scalars");
    }
    if (vm.contains("client") || vm.contains("zero vm")) {
      return Availability.no(
          "the JVM runs without its optimizing compiler C2, which vectors need to be fast");
    }
    return Availability.yes("the vector module is there");
  }

  static Availability found(int preferredBits, int lanes, long nanosOfMultiplyAdd) {
    if (preferredBits < NARROWEST_BITS) {
      return Availability.no(
          "this processor's vectors have %d bits, fewer than %d"
              .formatted(preferredBits, NARROWEST_BITS));
    }
    if (nanosOfMultiplyAdd > SLOW_NANOS) {
      return Availability.no("this processor has no fused multiply-add, which the loops rest on");
    }
    return Availability.yes("vectors of %d floats".formatted(lanes));
  }

  /**
   * The time of a fused multiply-add, the best of a few attempts. The JVM does not tell whether the
   * processor has the instruction; without it each is a computation in big decimals, and here a
   * long one.
   */
  private static long nanosOfMultiplyAdd() {
    long best = Long.MAX_VALUE;
    float[] terms = {0x1p120f, 0.75f, Float.MIN_VALUE, 0f};
    int calls = 16;
    for (int attempt = 0; attempt < 5; attempt++) {
      long start = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        terms[3] += Math.fma(terms[0], terms[1], terms[2]);
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    return best / calls;
  }

  @Override
  public Backend open(BackendOptions options) {
    return new CpuBackend(name(), new VectorLoops(), options.threads());
  }
}
