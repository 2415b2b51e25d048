// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static void assertRates(Schedule schedule, double... expected) {
    for (int step = 0; step < expected.length; step++) {
      assertEquals(expected[step], schedule.at(step), 1e-15, "step " + step);
    }
  }

  @Test
  void constantStays() {
    assertRates(Schedule.constant(0.3), 0.3, 0.3, 0.3);
    assertEquals(0.3, Schedule.constant(0.3).at(1_000_000_000_000L));
  }

  @Test
  void stepsDropEverySoOften() {
    assertRates(Schedule.steps(0.8, 0.5, 2), 0.8, 0.8, 0.4, 0.4, 0.2, 0.2, 0.1);
    assertRates(Schedule.steps(0.8, 0.5, 1), 0.8, 0.4, 0.2);
  }

  @Test
  void cosineFallsToZeroAndStaysThere() {
    double half = 0.5 * (1 + Math.sqrt(0.5));
    assertRates(Schedule.cosine(2, 4), 2, 2 * half, 1, 2 * (1 - half), 0, 0, 0);
    assertEquals(0, Schedule.cosine(2, 4).at(1_000_000));
  }

  @Test
  void warmupRisesInEqualSteps() {
    assertRates(Schedule.constant(1).withWarmup(3), 0.25, 0.5, 0.75, 1, 1, 1);
    assertRates(Schedule.constant(1).withWarmup(0), 1, 1);
    assertRates(Schedule.steps(0.8, 0.5, 2).withWarmup(1), 0.4, 0.8, 0.4, 0.4);
  }

  @Test
  void refusesLengthsThatGiveNoRate() {
    assertThrows(IllegalArgumentException.class, () -> Schedule.steps(1, 0.5, 0));
    assertThrows(IllegalArgumentException.class, () -> Schedule.steps(1, 0.5, -2));
    assertThrows(IllegalArgumentException.class, () -> Schedule.cosine(1, 0));
    Schedule constant = Schedule.constant(1);
    assertThrows(IllegalArgumentException.class, () -> constant.withWarmup(-1));
  }
}
