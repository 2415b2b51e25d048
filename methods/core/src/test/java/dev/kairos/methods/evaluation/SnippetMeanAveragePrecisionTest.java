// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Interval;
import dev.kairos.methods.tal.Segment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnippetMeanAveragePrecisionTest {
  private static final double[] HALF = {0.5};

  private static ActionInstance truth(String label, double start, double end) {
    return new ActionInstance(label, new Segment(start, end));
  }

  private static SnippetDetection found(String label, double score, int start, int end) {
    return new SnippetDetection(label, new Interval(start, end), score);
  }

  private static EvaluationResult evaluate(
      boolean strict,
      Map<String, List<ActionInstance>> truth,
      Map<String, List<SnippetDetection>> detections,
      Map<String, List<Segment>> ambiguous,
      double... tious) {
    return new SnippetMeanAveragePrecision(1, strict).evaluate(truth, detections, ambiguous, tious);
  }

  @Test
  void roundsAnnotationsHalfToEven() {
    // [0.5, 2.5) becomes [0, 2).
    Map<String, List<ActionInstance>> truth = Map.of("v", List.of(truth("a", 0.5, 2.5)));
    double exact = 1;
    assertArrayEquals(
        new double[] {1},
        evaluate(true, truth, Map.of("v", List.of(found("a", 1, 0, 2))), Map.of(), exact).map());
    assertArrayEquals(
        new double[] {0},
        evaluate(true, truth, Map.of("v", List.of(found("a", 1, 1, 3))), Map.of(), exact).map());
  }

  @Test
  void anOverlapOfExactlyTheThresholdIsAHit() {
    Map<String, List<ActionInstance>> truth = Map.of("v", List.of(truth("a", 0, 20)));
    double[] grid = Thresholds.range(0.5, 0.05, 0.95);
    for (int k = 0; k < grid.length; k++) {
      Map<String, List<SnippetDetection>> found = Map.of("v", List.of(found("a", 1, 0, 10 + k)));
      double[] map = evaluate(true, truth, found, Map.of(), grid).map();
      assertEquals(1, map[k], 10 + k + "/20 at " + grid[k]);
      assertEquals(k == 9 ? 1 : 0, map[9], 10 + k + "/20 at " + grid[9]);
    }
  }

  @Test
  void takesTheBestOfTheRemainingInstances() {
    Map<String, List<ActionInstance>> truth =
        Map.of("v", List.of(truth("a", 0, 10), truth("a", 2, 12)));
    Map<String, List<SnippetDetection>> detections =
        Map.of("v", List.of(found("a", .9, 2, 12), found("a", .8, 2, 12), found("a", .7, 2, 12)));
    assertArrayEquals(new double[] {1}, evaluate(true, truth, detections, Map.of(), HALF).map());
  }

  @Test
  void leavesOutWhatMeetsAnAmbiguousInterval() {
    Map<String, List<ActionInstance>> truth = Map.of("v", List.of(truth("a", 0, 10)));
    Map<String, List<SnippetDetection>> detections =
        Map.of("v", List.of(found("a", .9, 15, 21), found("a", .8, 0, 10), found("a", .7, 0, 20)));
    Map<String, List<Segment>> ambiguous = Map.of("v", List.of(new Segment(20, 30)));
    EvaluationResult result = evaluate(true, truth, detections, ambiguous, HALF);
    assertArrayEquals(new double[] {100}, result.mapPercent());
    assertEquals(1, result.counts().ambiguous());
    assertEquals(2, result.counts().detections());
    assertArrayEquals(
        new double[] {50}, evaluate(true, truth, detections, Map.of(), HALF).mapPercent());
  }

  @Test
  void leavesOutVideosWithoutInstances() {
    Map<String, List<ActionInstance>> truth =
        Map.of("v", List.of(truth("a", 0, 10)), "empty", List.of());
    Map<String, List<SnippetDetection>> detections =
        Map.of(
            "v", List.of(found("a", .1, 0, 10), found("zebra", .1, 0, 10)),
            "empty", List.of(found("a", .9, 0, 10)),
            "other", List.of(found("a", .9, 0, 10)));
    EvaluationResult result = evaluate(true, truth, detections, Map.of(), HALF);
    assertArrayEquals(new double[] {1}, result.map());
    assertEquals(new EvaluationCounts(2, 1, 1, 1, 2, 2, 0), result.counts());
  }

  @Test
  void oneClassWithoutDetectionsMakesTheStrictResultZero() {
    Map<String, List<ActionInstance>> truth =
        Map.of("v", List.of(truth("a", 0, 10), truth("b", 0, 10)));
    Map<String, List<SnippetDetection>> detections = Map.of("v", List.of(found("a", 1, 0, 10)));
    assertArrayEquals(new double[] {0}, evaluate(true, truth, detections, Map.of(), HALF).map());
    assertArrayEquals(new double[] {0.5}, evaluate(false, truth, detections, Map.of(), HALF).map());
  }

  @Test
  void boundariesInSecondsFindTheirSnippetsAgain() {
    double rate = 25.0 / 16;
    for (int start = 0; start < 2000; start++) {
      Segment segment = new Segment(start * 16 / 25.0, (start + 3) * 16 / 25.0);
      SnippetDetection d = SnippetDetection.of(new Detection("a", segment, 1), rate);
      assertEquals(new Interval(start, start + 3), d.snippets());
    }
    assertEquals(
        new Interval(0, 2),
        SnippetDetection.of(new Detection("a", new Segment(-3.7, 2.9), 1), 1).snippets());
  }

  @Test
  void rejectsABadRate() {
    assertThrows(IllegalArgumentException.class, () -> new SnippetMeanAveragePrecision(0, true));
    assertThrows(
        IllegalArgumentException.class, () -> evaluate(true, Map.of(), Map.of(), Map.of(), HALF));
  }
}
