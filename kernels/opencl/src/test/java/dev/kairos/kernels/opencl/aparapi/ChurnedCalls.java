// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.aparapi;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.opencl.KernelShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Many products of fresh arrays of random lengths, each compared with a loop, while the collector
 * is made to run and to move them; in a JVM of its own, since a pin that is not given back stops
 * the collector for ever. With a number of calls to make as the argument; prints the use of memory
 * as it goes.
 */
final class ChurnedCalls {
  private static final int BETWEEN_COLLECTIONS = 25;
  private static final int REPORTS = 10;

  private ChurnedCalls() {}

  /** Makes the calls; fails with an exit status. */
  public static void main(String[] arguments) throws IOException {
    int calls = Integer.parseInt(arguments[0]);
    SplittableRandom random = new SplittableRandom(11);
    float[][] kept = new float[16][];
    try (Backend backend =
        AparapiBackend.open(BackendOptions.of(1), Aparapi.device(""), KernelShape.PROCESSOR, 0)) {
      report(0);
      for (int call = 1; call <= calls; call++) {
        product(backend, random);
        // Garbage of all ages, so that collections find something to move.
        kept[call % kept.length] = new float[1 + random.nextInt(20_000)];
        if (call % BETWEEN_COLLECTIONS == 0) {
          System.gc();
        }
        if (call % Math.max(1, calls / REPORTS) == 0) {
          report(call);
        }
      }
    }
    System.out.println("done " + calls);
  }

  private static void product(Backend backend, SplittableRandom random) {
    int m = 1 + random.nextInt(40);
    int k = 1 + random.nextInt(60);
    int n = 1 + random.nextInt(40);
    float[] a = numbers(random, m * k);
    float[] b = numbers(random, k * n);
    Strided out = Strided.contiguous(backend.allocate(m * n), m, n);
    backend.matmul(filled(backend, a, m, k), filled(backend, b, k, n), false, out);
    float[] found = new float[m * n];
    backend.read(out.buffer(), 0, found, 0, found.length);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float sum = 0;
        for (int l = 0; l < k; l++) {
          sum += a[i * k + l] * b[l * n + j];
        }
        if (!(Math.abs(sum - found[i * n + j]) < 1e-4f)) {
          throw new AssertionError(
              "[%d,%d] x [%d,%d] at %d, %d: %s and not %s"
                  .formatted(m, k, k, n, i, j, found[i * n + j], sum));
        }
      }
    }
  }

  private static Strided filled(Backend backend, float[] values, int rows, int columns) {
    Buffer buffer = backend.allocate(values.length);
    backend.write(buffer, 0, values, 0, values.length);
    return Strided.contiguous(buffer, rows, columns);
  }

  private static float[] numbers(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  private static void report(int call) throws IOException {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    long heap = runtime.totalMemory() - runtime.freeMemory();
    String resident = "";
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      resident =
          Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .findFirst()
              .orElse("");
    }
    System.out.println("call %d heap %d kB %s".formatted(call, heap >> 10, resident));
  }
}
