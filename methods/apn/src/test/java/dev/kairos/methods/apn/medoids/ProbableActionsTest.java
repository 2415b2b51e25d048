// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.apn.medoids.PseudoActions.BackgroundInstance;
import dev.kairos.methods.apn.medoids.PseudoActions.PseudoAction;
import dev.kairos.methods.tal.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProbableActionsTest {
  private static final double BACKGROUND = 0.1;
  private static final int CLASSES = 3;

  /** Rows of probabilities of two classes, {@code [T,2]}. */
  private static FeatureRows rows(double[] first, double[] second) {
    double[] all = new double[2 * first.length];
    for (int t = 0; t < first.length; t++) {
      all[2 * t] = first[t];
      all[2 * t + 1] = second[t];
    }
    return FeatureRows.of(all, 2);
  }

  private static PseudoActions found(FeatureRows rows, int reach, int[] points, int... labels) {
    return new ProbableActions(BACKGROUND, reach).cluster(rows, MarkedPoints.of(points, labels));
  }

  @Test
  void twoClassesTouchWhereTheirProbabilitiesCross() {
    FeatureRows rows =
        rows(
            new double[] {0.05, 0.3, 0.9, 0.8, 0.6, 0.3, 0.1, 0.01},
            new double[] {0.01, 0.01, 0.1, 0.2, 0.4, 0.5, 0.9, 0.9});
    PseudoActions found = found(rows, 100, new int[] {2, 6}, 0, 1);
    assertEquals(List.of(new Interval(1, 5), new Interval(5, 8)), found.intervals());
    assertEquals(List.of(4), found.divisions());
    assertEquals(List.of(new BackgroundInstance(new Interval(0, 1), 0)), found.background());
    assertEquals(2, found.actions().get(0).medoid());
  }

  @Test
  void nothingProbableIsBackground() {
    FeatureRows rows =
        rows(
            new double[] {0.9, 0.9, 0.01, 0.02, 0.01, 0.01},
            new double[] {0.01, 0.01, 0.01, 0.01, 0.9, 0.9});
    PseudoActions found = found(rows, 100, new int[] {0, 5}, 0, 1);
    assertEquals(List.of(new Interval(0, 2), new Interval(4, 6)), found.intervals());
  }

  /** An action of one class must have ended before another of it begins. */
  @Test
  void leastProbableSnippetPartsTwoActionsOfOneClass() {
    double[] own = {0.9, 0.9, 0.8, 0.7, 0.9, 0.9};
    PseudoActions found = found(rows(own, new double[6]), 100, new int[] {0, 5}, 0, 0);
    assertEquals(List.of(new Interval(0, 3), new Interval(4, 6)), found.intervals());
    PseudoActions near = found(rows(own, new double[6]), 100, new int[] {2, 3}, 0, 0);
    assertEquals(List.of(new Interval(0, 3), new Interval(3, 6)), near.intervals());
  }

  /** Against every pair of an end and a beginning. */
  @Test
  void productOfProbabilitiesIsLargest() {
    SplittableRandom random = new SplittableRandom(20261130);
    for (int trial = 0; trial < 400; trial++) {
      int length = random.nextInt(1, 14);
      int reach = trial % 3 == 0 ? random.nextInt(0, 5) : 100;
      double[] values = random.doubles((long) length * CLASSES, 0, 0.6).toArray();
      int count = random.nextInt(1, 1 + Math.min(3, length));
      int[] snippets = random.ints(0, length).distinct().limit(count).sorted().toArray();
      int[] labels = random.ints(count, 0, CLASSES).toArray();
      MarkedPoints points = MarkedPoints.of(snippets, labels);
      FeatureRows rows = FeatureRows.of(values, CLASSES);
      PseudoActions found = new ProbableActions(BACKGROUND, reach).cluster(rows, points);
      requireCover(found, length);
      List<Interval> intervals = found.intervals();
      for (int gap = 0; gap <= count; gap++) {
        int from = gap == 0 ? -1 : snippets[gap - 1]; // the last snippet of the left action
        int to = gap == count ? length : snippets[gap]; // the first one of the right action
        boolean same = gap > 0 && gap < count && labels[gap - 1] == labels[gap];
        double best = Double.NEGATIVE_INFINITY;
        for (int end = from; end < to; end++) {
          for (int start = end + 1; start <= to; start++) {
            boolean isAllowed =
                (gap > 0 || end == from)
                    && (gap < count || start == to)
                    && end - from <= reach
                    && to - start <= reach
                    && !(same && start == end + 1 && to > from + 1);
            if (isAllowed) {
              best = Math.max(best, sum(values, labels, gap, from, end, start, to));
            }
          }
        }
        int end = gap == 0 ? from : intervals.get(gap - 1).end() - 1;
        int start = gap == count ? to : intervals.get(gap).start();
        assertTrue(end - from <= reach && to - start <= reach, intervals + " reach " + reach);
        double own = sum(values, labels, gap, from, end, start, to);
        assertEquals(best, own, 1e-6, "trial " + trial + ", gap " + gap + ": " + intervals);
      }
    }
  }

  /** The logarithm of the product over what lies between two points. */
  private static double sum(
      double[] values, int[] labels, int gap, int from, int end, int start, int to) {
    double sum = 0;
    for (int t = from + 1; t < to; t++) {
      double own = BACKGROUND;
      if (t <= end) {
        own = values[t * CLASSES + labels[gap - 1]];
      } else if (t >= start) {
        own = values[t * CLASSES + labels[gap]];
      }
      sum += Math.log(own);
    }
    return sum;
  }

  private static void requireCover(PseudoActions found, int length) {
    List<Interval> all = new ArrayList<>(found.intervals());
    found.background().forEach(b -> all.add(b.snippets()));
    all.sort(Comparator.comparingInt(Interval::start));
    int covered = 0;
    for (Interval each : all) {
      assertEquals(covered, each.start(), all.toString());
      assertTrue(each.length() > 0, all.toString());
      covered = each.end();
    }
    assertEquals(length, covered);
  }

  @Test
  void anActionUnderTwoNamesFollowsTheMoreProbable() {
    FeatureRows rows = rows(new double[] {0.9, 0.9, 0, 0}, new double[] {0, 0.9, 0.9, 0});
    PseudoActions found = found(rows, 100, new int[] {1, 1}, 0, 1);
    PseudoAction only = found.actions().get(0);
    assertEquals(List.of(0, 1), only.labels());
    assertEquals(new Interval(0, 3), only.snippets());
  }

  @Test
  void refusesWhatIsImpossible() {
    FeatureRows rows = rows(new double[3], new double[3]);
    assertEquals(PseudoActions.NONE, found(rows, 1, new int[0]));
    assertThrows(IllegalArgumentException.class, () -> found(rows, 1, new int[] {3}, 0));
    assertThrows(IllegalArgumentException.class, () -> found(rows, -1, new int[] {0}, 0));
    assertThrows(IllegalArgumentException.class, () -> new ProbableActions(0, 1));
    FeatureRows broken = rows(new double[] {Double.NaN}, new double[1]);
    assertThrows(IllegalArgumentException.class, () -> found(broken, 1, new int[] {0}, 0));
  }
}
