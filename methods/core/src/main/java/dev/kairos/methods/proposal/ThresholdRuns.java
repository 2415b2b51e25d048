// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import dev.kairos.methods.tal.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;

/** Maximal runs of positions whose score passes a threshold. */
final class ThresholdRuns {
  private ThresholdRuns() {}

  /** Runs of {@code x >= threshold and x > 0}, left to right. */
  public static List<Interval> atLeast(double[] series, double threshold) {
    return where(series, x -> x >= threshold && x > 0);
  }

  /** Runs of {@code x > threshold}, left to right. */
  public static List<Interval> above(double[] series, double threshold) {
    return where(series, x -> x > threshold);
  }

  private static List<Interval> where(double[] series, DoublePredicate passes) {
    List<Interval> runs = new ArrayList<>();
    int start = -1;
    for (int t = 0; t < series.length; t++) {
      boolean inside = passes.test(series[t]);
      if (inside && start < 0) {
        start = t;
      } else if (!inside && start >= 0) {
        runs.add(new Interval(start, t));
        start = -1;
      }
    }
    if (start >= 0) {
      runs.add(new Interval(start, series.length));
    }
    return runs;
  }
}
