// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Segment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BoundaryErrorsTest {
  private static ActionInstance truth(String label, double start, double end) {
    return new ActionInstance(label, new Segment(start, end));
  }

  private static Detection found(String label, double score, double start, double end) {
    return new Detection(label, new Segment(start, end), score);
  }

  private static BoundaryErrors of(List<ActionInstance> truth, Detection... detections) {
    return BoundaryErrors.of(Map.of("v", truth), Map.of("v", List.of(detections)), 0.5);
  }

  @Test
  void rightDetectionsAreHeldAgainstWhatTheyFind() {
    BoundaryErrors errors =
        of(
            List.of(truth("a", 0, 8), truth("a", 10, 14), truth("b", 20, 22), truth("c", 30, 31)),
            found("a", 0.9, 1, 10), // late by 1 and by 2
            found("a", 0.5, 9.5, 14), // early by a half, and in time
            found("b", 0.8, 21, 23), // a third is not enough
            found("d", 0.9, 30, 31)); // no such class
    assertEquals(new BoundaryErrors(2, 2, 0.5, 1.5, 2, 2), errors);
    assertEquals(0.25, errors.startMean());
    assertEquals(0.75, errors.startMeanAbsolute());
    assertEquals(1, errors.endMean());
    assertEquals(1, errors.endMeanAbsolute());
  }

  @Test
  void theBetterOfTwoDetectionsTakesTheInstance() {
    List<ActionInstance> one = List.of(truth("a", 0, 10));
    assertEquals(
        new BoundaryErrors(1, 0, 2, 2, 0, 0),
        of(one, found("a", 0.4, 0, 10), found("a", 0.6, 2, 10)));
  }

  @Test
  void recordingsAreApart() {
    List<ActionInstance> one = List.of(truth("a", 0, 10));
    assertEquals(
        new BoundaryErrors(1, 1, -1, 1, 1, 1),
        BoundaryErrors.of(
            Map.of("v", one, "w", List.of(truth("a", 1, 9))),
            Map.of("v", List.of(), "w", List.of(found("a", 1, 0, 10))),
            0.5));
  }

  @Test
  void ofNothingThereAreCountsAlone() {
    assertEquals(BoundaryErrors.NONE, of(List.of(), found("a", 1, 0, 1)));
    assertEquals(BoundaryErrors.missed(1), of(List.of(truth("a", 0, 1))));
    assertEquals(Map.of("matched", 0L, "missed", 1L), BoundaryErrors.missed(1).numbers());
    assertEquals(
        Set.of("matched", "missed", "start", "start_absolute", "end", "end_absolute"),
        of(List.of(truth("a", 0, 1)), found("a", 1, 0, 1)).numbers().keySet());
  }

  @Test
  void refusesWhatIsNoThreshold() {
    Map<String, List<ActionInstance>> one = Map.of("v", List.of(truth("a", 0, 1)));
    for (double tiou : new double[] {0, 1.5, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> BoundaryErrors.of(one, Map.of(), tiou));
    }
  }
}
