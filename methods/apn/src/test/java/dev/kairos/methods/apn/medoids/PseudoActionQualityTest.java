// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.apn.medoids.MarkedPoints.MarkedPoint;
import dev.kairos.methods.apn.medoids.PseudoActions.PseudoAction;
import dev.kairos.methods.evaluation.BoundaryErrors;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Interval;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.tal.SnippetGrid;
import java.util.List;
import org.junit.jupiter.api.Test;

class PseudoActionQualityTest {
  private static final List<String> CLASSES = List.of("jump", "dive");
  private static final SnippetGrid HALF_SECONDS = new SnippetGrid(2, 1, 6);

  /** Snippets 2 to 4, which is 1 s to 2.5 s, around the point on snippet 3, with both classes. */
  private static final PseudoActions FOUND =
      new PseudoActions(
          List.of(new PseudoAction(new MarkedPoint(3, List.of(0, 1)), new Interval(2, 5), 3)),
          List.of(),
          List.of(),
          2);

  private static PseudoActionQuality quality(double duration) {
    return new PseudoActionQuality(CLASSES, HALF_SECONDS, duration);
  }

  private static ActionInstance instance(String label, double start, double end) {
    return new ActionInstance(label, new Segment(start, end));
  }

  /** Cosines 0.6 and 1, and 0 for the row of zeros. */
  @Test
  void oneDetectionForEachLabelCutAtTheDuration() {
    FeatureRows rows = FeatureRows.of(new float[] {1, 1, 1, 1, 3, 4, 2, 0, 0, 0, 1, 1}, 2);
    List<Detection> detections = quality(2.25).detections(rows, FOUND);
    assertEquals(2, detections.size());
    for (int j = 0; j < 2; j++) {
      assertEquals(CLASSES.get(j), detections.get(j).label());
      assertEquals(new Segment(1, 2.25), detections.get(j).segment());
      assertEquals(1.6 / 3, detections.get(j).score(), 1e-15);
    }
    assertEquals(
        new Segment(1, 2.5),
        quality(Double.POSITIVE_INFINITY).detections(rows, FOUND).get(0).segment());
  }

  /** Of the jumps, the second covers most of the point's snippet, 1.5 s to 2 s. */
  @Test
  void errorsAreThoseOfTheInstanceAtThePoint() {
    BoundaryErrors errors =
        quality(3)
            .boundaryErrors(
                FOUND,
                List.of(
                    instance("jump", 0, 1.6),
                    instance("jump", 1.625, 2.25),
                    instance("dive", 0, 1.25),
                    instance("dive", 1.25, 2.75)));
    assertEquals(new BoundaryErrors(2, 0, -0.625 - 0.25, 0.875, 0.25 - 0.25, 0.5), errors);
    assertEquals(-0.4375, errors.startMean());
    assertEquals(0.4375, errors.startMeanAbsolute());
    assertEquals(0, errors.endMean());
    assertEquals(0.25, errors.endMeanAbsolute());
  }

  @Test
  void labelsWithoutAnInstanceAreCounted() {
    BoundaryErrors errors =
        quality(3).boundaryErrors(FOUND, List.of(instance("dive", 2, 3), instance("jump", 1, 2.5)));
    assertEquals(new BoundaryErrors(1, 1, 0, 0, 0, 0), errors);
    assertEquals(
        new BoundaryErrors(2, 2, 0, 0, 0, 0), errors.plus(errors).plus(BoundaryErrors.NONE));
    assertTrue(Double.isNaN(BoundaryErrors.NONE.startMean()));
  }

  @Test
  void refusesWhatDoesNotFit() {
    FeatureRows rows = FeatureRows.of(new float[5], 1);
    assertThrows(IllegalArgumentException.class, () -> quality(3).detections(rows, FOUND));
    assertThrows(IllegalArgumentException.class, () -> quality(Double.NaN));
    PseudoActionQuality fewer =
        new PseudoActionQuality(List.of("jump"), HALF_SECONDS, Double.POSITIVE_INFINITY);
    assertThrows(IllegalArgumentException.class, () -> fewer.boundaryErrors(FOUND, List.of()));
  }
}
