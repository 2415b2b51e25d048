// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.salads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.tal.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClipBordersTest {
  private static long cut(List<Integer> borders, List<Segment> actions) {
    return borders.subList(1, borders.size() - 1).stream()
        .mapToLong(b -> actions.stream().filter(a -> a.start() < b && b < a.end()).count())
        .sum();
  }

  @Test
  void clipsAreAsEvenAsTheyCanBe() {
    assertEquals(List.of(0, 75), ClipBorders.of(75, List.of()));
    assertEquals(List.of(0, 75, 150, 225), ClipBorders.of(225, List.of()));
    assertEquals(List.of(0, 61, 121), ClipBorders.of(121, List.of())); // the shorter one last
  }

  @Test
  void whatCannotBeCutStaysWhole() {
    for (int seconds : new int[] {1, 59, 91, 119}) {
      assertEquals(List.of(0, seconds), ClipBorders.of(seconds, List.of()));
    }
    for (int seconds : new int[] {60, 90, 120, 180, 181, 1000}) {
      List<Integer> borders = ClipBorders.of(seconds, List.of());
      for (int k = 0; k + 1 < borders.size(); k++) {
        int length = borders.get(k + 1) - borders.get(k);
        assertTrue(length >= 60 && length <= 90, borders.toString());
      }
    }
  }

  @Test
  void bordersGoAroundActions() {
    // 75 would be even; the nearest border that cuts nothing is the end of the action.
    assertEquals(
        List.of(0, 80, 150),
        ClipBorders.of(150, List.of(new Segment(60, 80), new Segment(80, 85))));
    // Nothing is free: through one action rather than two.
    List<Segment> everywhere = List.of(new Segment(0, 150), new Segment(70, 150));
    assertEquals(List.of(0, 70, 150), ClipBorders.of(150, everywhere));
  }

  @Test
  void noOtherBordersCutFewerActions() {
    SplittableRandom random = new SplittableRandom(5);
    for (int trial = 0; trial < 50; trial++) {
      int seconds = random.nextInt(120, 181);
      List<Segment> actions = new ArrayList<>();
      for (int at = random.nextInt(10); at < seconds; ) {
        int end = Math.min(seconds, at + random.nextInt(1, 60));
        actions.add(new Segment(at, end));
        at = end + random.nextInt(2);
      }
      long fewest = Long.MAX_VALUE;
      for (int border = seconds - 90; border <= 90; border++) {
        if (border >= 60 && seconds - border >= 60) {
          fewest = Math.min(fewest, cut(List.of(0, border, seconds), actions));
        }
      }
      if (seconds < 180) { // at 180 three clips are possible too
        assertEquals(fewest, cut(ClipBorders.of(seconds, actions), actions), actions.toString());
      }
    }
  }
}
