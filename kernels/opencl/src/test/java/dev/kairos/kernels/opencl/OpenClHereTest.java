// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.Availability;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class OpenClHereTest {
  private static final Availability NONE = Availability.no("no loader");

  @Test
  void goesOnWhereADeviceIs() {
    assertDoesNotThrow(() -> OpenClHere.decide(Availability.yes("one"), "1"));
    assertDoesNotThrow(() -> OpenClHere.decide(Availability.yes("one"), null));
  }

  @Test
  void leavesOutWhereNoneIsAndNoneIsRequired() {
    assertThrows(TestAbortedException.class, () -> OpenClHere.decide(NONE, null));
    assertThrows(TestAbortedException.class, () -> OpenClHere.decide(NONE, ""));
  }

  @Test
  void failsWhereNoneIsAndOneIsRequired() {
    AssertionFailedError failure =
        assertThrows(AssertionFailedError.class, () -> OpenClHere.decide(NONE, "1"));
    assertTrue(String.valueOf(failure.getMessage()).contains("no loader"));
  }
}
