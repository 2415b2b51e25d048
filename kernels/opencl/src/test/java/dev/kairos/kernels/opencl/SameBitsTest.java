// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.opencl.KernelShape.Tile;
import dev.kairos.kernels.opencl.jocl.Jocl;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the bits of a product do not depend on. */
@ExtendWith(OpenClHere.class)
class SameBitsTest {
  private static final int M = 70;
  private static final int K = 1500;
  private static final int N = 45;

  private static float[] product(KernelShape shape) {
    try (OpenClBackend backend = OpenClBackend.open("opencl", Jocl.device(""), shape)) {
      float[] a = new float[M * K];
      float[] b = new float[K * N];
      for (int i = 0; i < a.length; i++) {
        a[i] = (i * 37 % 101 - 50) / 7f;
      }
      for (int i = 0; i < b.length; i++) {
        b[i] = (i * 53 % 97 - 48) / 9f;
      }
      Buffer left = backend.allocate(a.length);
      Buffer right = backend.allocate(b.length);
      Buffer out = backend.allocate(M * N);
      backend.write(left, 0, a, 0, a.length);
      backend.write(right, 0, b, 0, b.length);
      backend.matmul(
          Strided.contiguous(left, M, K),
          Strided.contiguous(right, K, N),
          false,
          Strided.contiguous(out, M, N));
      float[] found = new float[M * N];
      backend.read(out, 0, found, 0, found.length);
      return found;
    }
  }

  @Test
  void tiles() {
    float[] usual = product(KernelShape.graphics(Tile.USUAL));
    assertArrayEquals(usual, product(KernelShape.graphics(new Tile(32, 64, 8, 8, 16))));
  }

  /** Each thread opens the device for itself. */
  @Test
  void severalThreadsAtOnce() throws Exception {
    float[] alone = product(KernelShape.PROCESSOR);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<float[]>> all = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        all.add(threads.submit(() -> product(KernelShape.PROCESSOR)));
      }
      for (Future<float[]> each : all) {
        assertArrayEquals(alone, each.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
