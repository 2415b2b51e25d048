// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.training.StageTrial;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/** By a clock that only the work moves. */
class TrialTimeTest {
  private long now;
  private final List<Long> places = new ArrayList<>();

  private void pass(double seconds) {
    now += Math.round(seconds * 1e9);
  }

  private double estimate(StageTrial trial, long steps) {
    return new TrialTime(() -> now).of(trial, steps, 15);
  }

  private LongConsumer steps(java.util.function.LongToDoubleFunction seconds) {
    return step -> {
      places.add(step);
      pass(seconds.applyAsDouble(step));
    };
  }

  @Test
  void stepsThatAreAlikeCountByTheMiddleOne() {
    StageTrial trial = StageTrial.alike(steps(step -> places.size() == 90 ? 3 : 0.1));
    assertEquals(100, estimate(trial, 1000), 1e-6);
  }

  @Test
  void stepsThatDifferCountByTheirSize() {
    StageTrial trial =
        new StageTrial(
            steps(step -> 0.01 * (1 + step % 7)), step -> 5.0 * (1 + step % 7), List.of());
    assertEquals(0.01 * 4 * 700, estimate(trial, 700), 1e-6);
  }

  /** The later half of the stage takes twice as long. */
  @Test
  void everyPartOfTheStageHasItsSay() {
    StageTrial trial =
        new StageTrial(steps(step -> step < 500 ? 1.0 : 2), step -> 1 + 1e-9 * step, List.of());
    assertEquals(1500, estimate(trial, 1000), 150);
    assertTrue(places.stream().anyMatch(step -> step < 250), places.toString());
    assertTrue(places.stream().anyMatch(step -> step > 750), places.toString());
    assertTrue(places.size() < 15, places.toString());
  }

  @Test
  void occasionalWorkCountsAsOftenAsItComes() {
    int[] done = new int[1];
    // The first time takes longer, as it compiles.
    Runnable work = () -> pass(done[0]++ == 0 ? 1 : 0.5);
    StageTrial trial =
        new StageTrial(steps(step -> 0.1), step -> 1, List.of(new StageTrial.Occasional(6, work)));
    assertEquals(10 + 6 * 0.5, estimate(trial, 100), 1e-6);
    assertEquals(2, done[0]);
  }

  @Test
  void aStageWithoutStepsTakesNoTime() {
    assertEquals(0, estimate(StageTrial.alike(steps(step -> 1)), 0));
    assertEquals(1, estimate(StageTrial.alike(steps(step -> 1)), 1));
  }
}
