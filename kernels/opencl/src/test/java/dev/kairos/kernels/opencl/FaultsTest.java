// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.opencl.OpenClException.Kind;
import dev.kairos.kernels.opencl.jocl.Jocl;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a device that fails. */
@ExtendWith(OpenClHere.class)
class FaultsTest {
  private static FaultyDevice device() {
    return new FaultyDevice(Jocl.device(""));
  }

  @Test
  void aDeviceThatComputesWronglyIsNotOpened() {
    FaultyDevice device = device().computingWrongly();
    OpenClException e =
        assertThrows(OpenClException.class, () -> OpenClBackend.open("opencl", device));
    assertSame(Kind.WRONG, e.kind());
    assertEquals("KDEV-006", e.code());
    String said = String.valueOf(e.getMessage());
    assertTrue(said.contains(device.info().name()), said);
    assertTrue(said.contains("computes a matrix product wrongly: element 0 is "), said);
    assertTrue(device.isClosed());
  }

  @Test
  void aDeviceThatBreaksWhileItIsTestedIsClosed() {
    FaultyDevice device = device().failingAfter(1, Kind.LOST);
    assertThrows(OpenClException.class, () -> OpenClBackend.open("opencl", device));
    assertTrue(device.isClosed());
  }

  @Test
  void whatTheCompilerSaysIsPassedOn() {
    try (Device device = Jocl.device("")) {
      OpenClException e =
          assertThrows(
              OpenClException.class,
              () ->
                  device.compile(
                      "kernel void broken(global float *x) { x[0] = missing; }",
                      KernelSource.options(device.info()),
                      List.of("broken")));
      assertSame(Kind.BUILD, e.kind());
      assertTrue(String.valueOf(e.getMessage()).contains("missing"), e.getMessage());
    }
  }

  @Test
  void moreThanTheDeviceGivesIsRefused() {
    try (OpenClBackend backend = OpenClBackend.open("opencl", Jocl.device(""))) {
      long most = backend.device().largestBytes();
      if (most / Float.BYTES < Integer.MAX_VALUE - 8) {
        OpenClException e =
            assertThrows(
                OpenClException.class, () -> backend.allocate((int) (most / Float.BYTES) + 8));
        assertSame(Kind.OUT_OF_MEMORY, e.kind());
      }
    }
  }

  /** What is to spare goes first; only then is there too little. */
  @Test
  void memoryToSpareIsGivenUpBeforeThereIsTooLittle() {
    FaultyDevice device = device();
    try (OpenClBackend backend = OpenClBackend.open("opencl", device)) {
      Buffer used = backend.allocate(1000);
      backend.release(backend.allocate(1 << 20));
      long before = backend.heldBytes();
      device.withoutMemory(1);
      Buffer made = backend.allocate(1 << 22);
      assertTrue(backend.heldBytes() < before + (4L << 22), "the spare memory is still held");
      device.withoutMemory(2);
      assertSame(
          Kind.OUT_OF_MEMORY,
          assertThrows(OpenClException.class, () -> backend.allocate(1 << 23)).kind());
      // Nothing was lost: what was there can be used.
      backend.fill(Strided.contiguous(used, 1000), 3);
      backend.fill(Strided.contiguous(made, 1000), 4);
      float[] found = new float[1];
      backend.read(used, 999, found, 0, 1);
      assertEquals(3, found[0]);
    }
  }

  @Test
  void aLostDeviceSaysSoAndCanBeClosed() {
    FaultyDevice device = device();
    try (OpenClBackend backend = OpenClBackend.open("opencl", device)) {
      Buffer buffer = backend.allocate(10);
      device.failingAfter(0, Kind.LOST);
      OpenClException e =
          assertThrows(
              OpenClException.class, () -> backend.fill(Strided.contiguous(buffer, 10), 1));
      assertEquals("KDEV-004", e.code());
      backend.release(buffer);
    }
    assertTrue(device.isClosed());
  }

  /** Then systems are solved on the host, and quotients are what the device gives. */
  @Test
  void aDeviceWithoutDoublePrecisionSolvesOnTheHost() {
    try (OpenClBackend backend = OpenClBackend.open("opencl", device().withoutDoubles())) {
      Buffer a = backend.allocate(4);
      backend.write(a, 0, new double[] {0, 2, 4, 1}, 0, 4);
      Buffer b = backend.allocate(2);
      backend.write(b, 0, new double[] {6, 11}, 0, 2);
      long reads = backend.reads();
      backend.solve(
          Strided.contiguous(a, 1, 2, 2),
          Strided.contiguous(b, 1, 2, 1),
          Strided.contiguous(b, 1, 2, 1));
      assertTrue(backend.reads() > reads, "both operands come out");
      double[] found = new double[2];
      backend.read(b, 0, found, 0, 2);
      assertEquals(2, found[0], 1e-6);
      assertEquals(3, found[1], 1e-6);
    }
  }
}
