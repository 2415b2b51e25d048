// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.tal.Detection;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomScorerTest {
  private static final List<String> CLASSES = List.of("run", "jump");

  @Test
  void segmentsLieInTheRecordingAndFollowTheKey() {
    RandomKey key = new RandomKey(3, 0);
    List<Detection> found = RandomScorer.detections(50, CLASSES, key);
    assertEquals(found, RandomScorer.detections(50, CLASSES, key));
    assertNotEquals(found, RandomScorer.detections(50, CLASSES, key.child(1)));
    for (Detection detection : found) {
      assertTrue(CLASSES.contains(detection.label()), detection.toString());
      assertTrue(
          detection.segment().start() >= 0 && detection.segment().end() <= 50 + 1e-9,
          detection.toString());
      assertTrue(detection.segment().length() >= 0.5 - 1e-9, detection.toString());
    }
  }

  @Test
  void refusesARecordingWithoutLength() {
    RandomKey key = new RandomKey(3, 0);
    assertThrows(
        IllegalArgumentException.class, () -> RandomScorer.detections(Double.NaN, CLASSES, key));
    assertThrows(IllegalArgumentException.class, () -> RandomScorer.detections(0, CLASSES, key));
  }
}
