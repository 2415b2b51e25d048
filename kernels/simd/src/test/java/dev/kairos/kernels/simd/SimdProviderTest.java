// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.Availability;
import dev.kairos.kernels.Backend;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.BackendProvider;
import dev.kairos.kernels.Backends;
import org.junit.jupiter.api.Test;

class SimdProviderTest {
  private static final String SERVER = "OpenJDK 64-Bit Server VM, mixed mode, sharing";

  @Test
  void isFoundAsService() {
    BackendProvider found =
        Backends.providers().stream()
            .filter(p -> p.name().equals("simd"))
            .findFirst()
            .orElseThrow();
    assertEquals(SimdProvider.class, found.getClass());
    assertEquals(10, found.priority());
  }

  @Test
  void saysHowManyLanesItFound() {
    Availability here = new SimdProvider().availability();
    assertTrue(here.usable(), here.reason());
    try (Backend backend = new SimdProvider().open(BackendOptions.of(1))) {
      assertEquals("simd", backend.name());
      assertTrue(backend.lanes() >= 4);
      assertEquals("vector", backend.arithmetic());
      assertEquals("vectors of " + backend.lanes() + " floats", here.reason());
    }
  }

  @Test
  void isUsableOnlyWhereVectorsAreFast() {
    assertTrue(SimdProvider.availability(17, true, SERVER).usable());
    assertTrue(SimdProvider.availability(25, true, SERVER).usable());
    refuses(SimdProvider.availability(17, false, SERVER), "--add-modules jdk.incubator.vector");
    refuses(SimdProvider.availability(16, true, SERVER), "this is Java 16");
    refuses(SimdProvider.availability(26, true, SERVER), "this is Java 26");
    refuses(
        SimdProvider.availability(17, true, "OpenJDK 64-Bit Server VM, interpreted mode"),
        "only interprets");
    refuses(
        SimdProvider.availability(17, true, "OpenJDK 64-Bit Server VM, emulated-client mode"),
        "C2");
    refuses(SimdProvider.availability(21, true, "OpenJDK Zero VM, mixed mode"), "C2");
    refuses(SimdProvider.found(64, 2, 10), "64 bits");
    refuses(SimdProvider.found(256, 8, 9000), "no fused multiply-add");
  }

  private static void refuses(Availability availability, String words) {
    assertFalse(availability.usable(), availability.reason());
    assertTrue(availability.reason().contains(words), availability.reason());
    assertFalse(availability.reason().contains("\n"));
  }
}
