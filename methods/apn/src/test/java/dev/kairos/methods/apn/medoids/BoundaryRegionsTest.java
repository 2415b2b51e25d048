// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.methods.tal.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundaryRegionsTest {
  /** Actions of 10, 20 and 30 snippets are the last with one, three and five. */
  @Test
  void growsWithTheAction() {
    for (int length = 1; length <= 40; length++) {
      Interval action = new Interval(50, 50 + length);
      int beside = (length - 1) / 10;
      assertEquals(
          new Interval(50 - beside, 51 + beside), BoundaryRegions.DEFAULT.start(action, 200));
      int last = action.end() - 1;
      assertEquals(
          new Interval(last - beside, last + 1 + beside), BoundaryRegions.DEFAULT.end(action, 200));
    }
  }

  @Test
  void isCutToTheRecording() {
    Interval all = new Interval(0, 25);
    assertEquals(new Interval(0, 3), BoundaryRegions.DEFAULT.start(all, 25));
    assertEquals(new Interval(22, 25), BoundaryRegions.DEFAULT.end(all, 25));
    assertEquals(new Interval(0, 1), new BoundaryRegions(1e12).start(new Interval(0, 1), 1));
  }

  @Test
  void labelsAllActions() {
    BoundaryRegions three = new BoundaryRegions(1.5);
    List<Interval> actions = List.of(new Interval(0, 2), new Interval(4, 5));
    assertArrayEquals(new float[] {1, 1, 0, 1, 1, 1}, three.startLabels(actions, 6));
    assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1}, three.endLabels(actions, 6));
    assertArrayEquals(new float[3], three.endLabels(List.of(), 3));
  }

  @Test
  void refusesWhatIsNoAction() {
    BoundaryRegions regions = BoundaryRegions.DEFAULT;
    assertThrows(IllegalArgumentException.class, () -> regions.start(new Interval(3, 3), 5));
    assertThrows(IllegalArgumentException.class, () -> regions.end(new Interval(3, 6), 5));
    assertThrows(IllegalArgumentException.class, () -> new BoundaryRegions(0));
    assertThrows(IllegalArgumentException.class, () -> new BoundaryRegions(Double.NaN));
  }
}
