// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kairos.methods.tal.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThresholdRunsTest {
  private static final double[] SERIES = {0.5, 0, 0.2, 0.5, -1, 0.5, 0.5};

  @Test
  void runsReachBothEnds() {
    assertEquals(
        List.of(new Interval(0, 1), new Interval(3, 4), new Interval(5, 7)),
        ThresholdRuns.atLeast(SERIES, 0.5));
    assertEquals(List.of(new Interval(0, 3)), ThresholdRuns.atLeast(new double[] {1, 1, 1}, 0.5));
  }

  @Test
  void atLeastAsksForPositiveScoresToo() {
    assertEquals(
        List.of(new Interval(0, 1), new Interval(2, 4), new Interval(5, 7)),
        ThresholdRuns.atLeast(SERIES, 0));
    assertEquals(ThresholdRuns.atLeast(SERIES, 0), ThresholdRuns.atLeast(SERIES, -5));
  }

  @Test
  void aboveIsStrict() {
    assertEquals(List.of(), ThresholdRuns.above(SERIES, 0.5));
    assertEquals(
        List.of(new Interval(0, 1), new Interval(3, 4), new Interval(5, 7)),
        ThresholdRuns.above(SERIES, 0.2));
    assertEquals(List.of(), ThresholdRuns.above(new double[0], 0));
  }
}
