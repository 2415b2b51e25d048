// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.methods.apn.medoids.MarkedPoints.AliasPair;
import dev.kairos.methods.apn.medoids.MarkedPoints.MarkedPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkedPointsTest {
  private static final List<AliasPair> PAIRS = List.of(new AliasPair(1, 2), new AliasPair(4, 3));

  private static MarkedPoint point(int snippet, Integer... labels) {
    return new MarkedPoint(snippet, List.of(labels));
  }

  @Test
  void pointsOfOneSnippetBecomeOne() {
    assertEquals(
        List.of(point(3, 0, 2), point(8, 5)),
        MarkedPoints.of(new int[] {8, 3, 8, 3}, new int[] {5, 2, 5, 0}).points());
  }

  /** Onto snippet 5 by the first pair; from there 6 is near enough by the second, 7 is not. */
  @Test
  void whatWasMergedIsComparedWithTheNextAgain() {
    assertEquals(
        List.of(point(5, 1, 2, 3, 4), point(7, 0, 3)),
        MarkedPoints.of(new int[] {5, 6, 5, 6, 7, 7}, new int[] {1, 2, 3, 4, 3, 0}, PAIRS, 1)
            .points());
    assertEquals(
        List.of(point(5, 1, 2, 3, 4)),
        MarkedPoints.of(new int[] {5, 6, 6, 7}, new int[] {1, 2, 3, 4}, PAIRS, 2).points());
    assertEquals(
        List.of(point(5, 1, 2, 3), point(7, 4)),
        MarkedPoints.of(new int[] {5, 6, 6, 7}, new int[] {1, 2, 3, 4}, PAIRS, 1).points());
  }

  @Test
  void theOrderOfAPairDoesNotMatter() {
    assertEquals(
        List.of(point(5, 3, 4)),
        MarkedPoints.of(new int[] {5, 6}, new int[] {3, 4}, PAIRS, 1).points());
    assertEquals(
        List.of(point(5, 3, 4)),
        MarkedPoints.of(new int[] {5, 6}, new int[] {4, 3}, PAIRS, 1).points());
  }

  @Test
  void refusesWhatIsNoPoint() {
    assertThrows(
        IllegalArgumentException.class, () -> MarkedPoints.of(new int[] {-1}, new int[] {0}));
    assertThrows(
        IllegalArgumentException.class, () -> MarkedPoints.of(new int[] {1}, new int[] {-1}));
    assertThrows(
        IllegalArgumentException.class, () -> MarkedPoints.of(new int[] {1, 2}, new int[] {0}));
    assertThrows(
        IllegalArgumentException.class,
        () -> MarkedPoints.of(new int[] {1}, new int[] {0}, PAIRS, -1));
    assertThrows(IllegalArgumentException.class, () -> new AliasPair(2, 2));
    assertThrows(IllegalArgumentException.class, () -> point(1));
    assertThrows(IllegalArgumentException.class, () -> point(1, 2, 2));
    assertThrows(
        IllegalArgumentException.class, () -> new MarkedPoints(List.of(point(4, 0), point(4, 1))));
  }
}
