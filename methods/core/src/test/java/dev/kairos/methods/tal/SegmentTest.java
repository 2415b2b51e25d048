// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.tal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SegmentTest {

  @Test
  void overlapWorkedByHand() {
    assertEquals(0.25, new Segment(0, 5).tIoU(new Segment(3, 8)));
    assertEquals(0, new Segment(0, 5).tIoU(new Segment(5, 8)));
    assertEquals(0, new Segment(0, 5).tIoU(new Segment(7, 8)));
    assertEquals(0, new Segment(3, 3).tIoU(new Segment(3, 3)));
  }

  @Test
  void overlapIsSymmetricWithinZeroAndOneAndOneForItself() {
    long seed = 17;
    SplittableRandom random = new SplittableRandom(seed);
    for (int n = 0; n < 2000; n++) {
      double a = random.nextDouble(-10, 10);
      double b = random.nextDouble(-10, 10);
      Segment first = new Segment(a, a + random.nextDouble(1e-9, 10));
      Segment second = new Segment(b, b + random.nextDouble(1e-9, 10));
      double tiou = first.tIoU(second);
      assertEquals(tiou, second.tIoU(first), "seed " + seed);
      assertTrue(tiou >= 0 && tiou <= 1, "seed " + seed);
      assertEquals(1, first.tIoU(first), "seed " + seed);
    }
  }
}
