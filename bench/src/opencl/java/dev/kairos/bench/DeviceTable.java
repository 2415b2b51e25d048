// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.Backends;
import dev.kairos.kernels.Conv1dGeometry;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.opencl.DeviceInfo;
import dev.kairos.kernels.opencl.OpenClBackend;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The speed of one OpenCL device, as rows of a table: products, convolutions in three directions, and
 * a step of BaS-Net at its published size. Sizes are cut down where the device is a processor.
 */
public final class DeviceTable {
  private static final double LEAST_SECONDS = 1;

  private DeviceTable() {}

  /** Prints the table; {@link Peers#DEVICE} chooses a device. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BackendOptions options = new BackendOptions(1, System.getProperty(Peers.DEVICE, ""));
    boolean large;
    try (OpenClBackend backend = (OpenClBackend) Backends.open(Peers.OPENCL, options)) {
      DeviceInfo info = backend.device();
      large = info.kind() != DeviceInfo.Kind.CPU;
      out.printf(
          Locale.ROOT,
          "| device | %s, %s, driver %s, %d units |%n",
          info.name(),
          info.platform(),
          info.driver(),
          info.units());
      for (int n : large ? new int[] {1024, 4096} : new int[] {512, 1024}) {
        out.printf(Locale.ROOT, "| product %d | %.0f GFLOP/s |%n", n, product(backend, n));
      }
      int width = large ? 2048 : 512;
      Conv1dGeometry g = new Conv1dGeometry(4, 750, width, width, 3, 1, 1, 1);
      for (String way : new String[] {"convolution", "its input gradient", "its weight gradient"}) {
        out.printf(
            Locale.ROOT, "| %s, 4x750x%d | %.0f GFLOP/s |%n", way, width, conv(backend, g, way));
      }
    }
    String size = large ? "16x750x2048" : "4x320x512";
    BasnetStepBenchmark step = new BasnetStepBenchmark();
    step.threads = 1;
    try (Contender ours = step.open(Peers.OPENCL, size)) {
      out.printf(Locale.ROOT, "| BaS-Net %s | %.2f steps/s |%n", size, 1 / seconds(ours::run));
    }
  }

  /** The mean time of some work, after three times to warm up. */
  private static double seconds(Runnable work) {
    for (int i = 0; i < 3; i++) {
      work.run();
    }
    long start = System.nanoTime();
    int count = 0;
    double taken = 0;
    while (taken < LEAST_SECONDS) {
      work.run();
      count++;
      taken = (System.nanoTime() - start) * 1e-9;
    }
    return taken / count;
  }

  private static Strided filled(OpenClBackend backend, int... sizes) {
    int count = 1;
    for (int size : sizes) {
      count *= size;
    }
    Strided made = Strided.contiguous(backend.allocate(count), sizes);
    backend.fill(made, 0.5);
    return made;
  }

  private static double product(OpenClBackend backend, int n) {
    Strided a = filled(backend, n, n);
    Strided b = filled(backend, n, n);
    Strided c = filled(backend, n, n);
    double seconds =
        seconds(
            () -> {
              backend.matmul(a, b, false, c);
              backend.finish();
            });
    release(backend, a, b, c);
    return 2.0 * n * n * n / seconds * 1e-9;
  }

  private static double conv(OpenClBackend backend, Conv1dGeometry g, String way) {
    Strided x = filled(backend, g.batch(), g.time(), g.inputChannels());
    Strided w = filled(backend, g.kernel(), g.inputChannels(), g.outputChannels());
    Strided y = filled(backend, g.batch(), g.outputTime(), g.outputChannels());
    double seconds =
        seconds(
            () -> {
              switch (way) {
                case "convolution" -> backend.conv1d(g, x, w, y);
                case "its input gradient" -> backend.conv1dInputGradient(g, y, w, x);
                default -> backend.conv1dWeightGradient(g, x, y, w);
              }
              backend.finish();
            });
    release(backend, x, w, y);
    double products = (double) g.batch() * g.outputTime() * g.kernel() * g.inputChannels();
    return 2 * products * g.outputChannels() / seconds * 1e-9;
  }

  private static void release(OpenClBackend backend, Strided... views) {
    for (Strided view : views) {
      backend.release(view.buffer());
    }
  }
}
