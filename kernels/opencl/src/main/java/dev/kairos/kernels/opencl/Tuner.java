// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.Strided;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tries how products are best cut on a graphics processor: every candidate is compiled, held
 * against sums on the host by the {@link SelfTest}, and timed on one product. No result depends on
 * what it finds. A processor has nothing to tune: its panels follow from its vectors.
 */
public final class Tuner {
  private static final int ATTEMPTS = 3;

  private final Supplier<Device> devices;
  private final int size;
  private final double limitSeconds;

  /**
   * A tuner.
   *
   * @param devices opens the device; once for each candidate
   * @param size rows, columns and depth of the product that is timed
   * @param limitSeconds when to stop with the best so far
   */
  public Tuner(Supplier<Device> devices, int size, double limitSeconds) {
    this.devices = devices;
    this.size = size;
    this.limitSeconds = limitSeconds;
  }

  /**
   * Tunes and keeps what it finds.
   *
   * @param told a line for each candidate
   * @return what was found and where it is kept, in one line
   */
  public String tune(Consumer<String> told) throws IOException {
    DeviceInfo info;
    try (Device device = devices.get()) {
      info = device.info();
    }
    if (info.kind() == DeviceInfo.Kind.CPU) {
      return info.name() + " is a processor: its kernels have nothing to tune";
    }
    KernelShape.Tile best = best(info, candidates(info), told);
    Optional<Path> file = TunedTiles.keep(info, best);
    return "%s: tile %s%s"
        .formatted(
            info.name(),
            best.words(),
            file.map(path -> ", kept in " + path).orElse("; there is no folder to keep it in"));
  }

  /** Tiles that a device has room for. */
  static List<KernelShape.Tile> candidates(DeviceInfo info) {
    List<KernelShape.Tile> all = new ArrayList<>();
    for (int items : new int[] {16, 8}) {
      for (int k : new int[] {16, 32, 8}) {
        for (int m : new int[] {64, 128, 32}) {
          for (int n : new int[] {64, 128, 32}) {
            KernelShape.Tile tile = new KernelShape.Tile(m, n, k, items, 16);
            int work = m / items * (n / 16);
            if (work >= 4 && work <= 64 && tile.fits(info)) {
              all.add(tile);
            }
          }
        }
      }
    }
    return all;
  }

  /** The fastest that computes right numbers; the usual one where none does. */
  KernelShape.Tile best(DeviceInfo info, List<KernelShape.Tile> candidates, Consumer<String> told) {
    long deadline = System.nanoTime() + (long) (limitSeconds * 1e9);
    KernelShape.Tile best = KernelShape.Tile.USUAL;
    double fastest = 0;
    for (KernelShape.Tile tile : candidates) {
      if (System.nanoTime() > deadline) {
        told.accept("time is up");
        break;
      }
      try {
        double speed = speed(tile);
        told.accept("tile %s: %.0f GFLOP/s".formatted(tile.words(), speed));
        if (speed > fastest) {
          fastest = speed;
          best = tile;
        }
      } catch (OpenClException e) {
        told.accept("tile %s: %s".formatted(tile.words(), e.getMessage()));
      }
    }
    return best;
  }

  private double speed(KernelShape.Tile tile) {
    try (OpenClBackend backend =
        OpenClBackend.open("opencl", devices.get(), KernelShape.graphics(tile))) {
      Strided[] views = new Strided[3];
      for (int i = 0; i < views.length; i++) {
        Buffer buffer = backend.allocate(size * size);
        views[i] = Strided.contiguous(buffer, size, size);
        backend.fill(views[i], 1);
      }
      double seconds = Double.POSITIVE_INFINITY;
      for (int attempt = 0; attempt <= ATTEMPTS; attempt++) {
        backend.finish();
        long start = System.nanoTime();
        backend.matmul(views[0], views[1], false, views[2]);
        backend.finish();
        double taken = (System.nanoTime() - start) * 1e-9;
        seconds = attempt == 0 ? seconds : Math.min(seconds, taken); // the first one warms up
      }
      return 2.0 * size * size * size / seconds * 1e-9;
    }
  }
}
