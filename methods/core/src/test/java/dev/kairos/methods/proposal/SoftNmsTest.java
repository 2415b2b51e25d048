// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.tal.Segment;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoftNmsTest {
  private static final List<Proposal> THREE =
      List.of(
          new Proposal(0, 0, 5, 0.8), // IoU with the best: 0.5
          new Proposal(0, 0, 10, 0.9),
          new Proposal(0, 9, 19, 0.7)); // IoU with the best: 1/19

  @Test
  void gaussianLowersEveryOverlap() {
    List<Proposal> out = SoftNms.gaussian().proposals(THREE);
    double far = 0.7 * Math.exp(-1.0 / 361 / 0.3);
    double near = 0.8 * Math.exp(-0.25 / 0.3);
    assertEquals(
        List.of(THREE.get(1), new Proposal(0, 9, 19, far, 0.7), new Proposal(0, 0, 5, near, 0.8)),
        out);
  }

  @Test
  void linearBeginsBeyondItsParameter() {
    List<Proposal> out = SoftNms.linear().proposals(THREE);
    assertEquals(List.of(THREE.get(1), THREE.get(2), new Proposal(0, 0, 5, 0.4, 0.8)), out);
  }

  @Test
  void stopsBelowTheFloor() {
    List<Proposal> same = List.of(new Proposal(0, 0, 9, 0.5), new Proposal(0, 0, 9, 0.5));
    assertEquals(List.of(same.get(0)), SoftNms.linear().proposals(same));
    assertEquals(List.of(), SoftNms.linear().proposals(List.of(new Proposal(0, 0, 1, 0.0009))));
  }

  @Test
  void ofEqualScoresTheFirstComesFirstAndClassesDoNotMeet() {
    List<Detection> two =
        List.of(
            new Detection("a", new Segment(0, 10), 0.5),
            new Detection("b", new Segment(0, 10), 0.5));
    assertEquals(two, SoftNms.gaussian().detections(two));
  }

  @Test
  void rejectsBadParameters() {
    assertThrows(IllegalArgumentException.class, () -> new SoftNms(SoftNms.Decay.LINEAR, 0, 0.001));
    assertThrows(IllegalArgumentException.class, () -> new SoftNms(SoftNms.Decay.GAUSSIAN, 0.3, 0));
  }
}
