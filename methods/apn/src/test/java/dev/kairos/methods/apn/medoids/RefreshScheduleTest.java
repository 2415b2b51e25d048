// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RefreshScheduleTest {
  private static final long NONE = RefreshSchedule.NEVER_MADE;

  @Test
  void onceInEachBlock() {
    RefreshSchedule ten = new RefreshSchedule(10);
    assertTrue(ten.isDue(0, NONE));
    assertFalse(ten.isDue(9, 0));
    assertTrue(ten.isDue(10, 9));
    assertFalse(ten.isDue(19, 10));
    assertTrue(ten.isDue(35, 19));
  }

  @Test
  void neverAgain() {
    RefreshSchedule never = RefreshSchedule.never();
    assertTrue(never.isDue(1_000_000, NONE));
    assertFalse(never.isDue(Long.MAX_VALUE - 1, 0));
  }

  @Test
  void recordingsOfAStep() {
    long[] last = {NONE, 4, 7, NONE};
    boolean[] isMarked = {false, true, true, true};
    assertArrayEquals(
        new int[] {3, 1}, new RefreshSchedule(5).due(8, new int[] {3, 2, 1, 0}, last, isMarked));
  }

  @Test
  void refusesWhatIsNoStep() {
    RefreshSchedule schedule = new RefreshSchedule(1);
    assertThrows(IllegalArgumentException.class, () -> schedule.isDue(-1, NONE));
    assertThrows(IllegalArgumentException.class, () -> schedule.isDue(3, 4));
    assertThrows(IllegalArgumentException.class, () -> schedule.isDue(3, -2));
    assertThrows(IllegalArgumentException.class, () -> new RefreshSchedule(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> schedule.due(0, new int[] {0}, new long[2], new boolean[1]));
  }
}
