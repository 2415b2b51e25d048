// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.plain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.training.TrainingData.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampledRecordingTest {
  @Test
  void aShortRecordingIsTakenWhole() {
    List<Point> points = List.of(new Point(0, 1), new Point(6, 0));
    SampledRecording sampled = SampledRecording.random(10, 7, points, new SplittableRandom(1));
    assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6}, sampled.snippets());
    assertEquals(points, sampled.places(points));
  }

  @Test
  void aMarkIsSampledAndKeepsItsClass() {
    // Stretches of 10 snippets in 4 places begin at 0, 2, 5 and 7.
    List<Point> points = List.of(new Point(4, 2), new Point(9, 1));
    SampledRecording sampled = SampledRecording.random(4, 10, points, new SplittableRandom(3));
    assertEquals(List.of(new Point(1, 2), new Point(3, 1)), sampled.places(points));
    assertEquals(4, sampled.snippets()[1]);
    assertEquals(9, sampled.snippets()[3]);
  }

  @Test
  void everyMarkIsFoundAtItsPlaceAndTimeRunsForward() {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int most = random.nextInt(1, 40);
      int length = random.nextInt(1, 120);
      int mark = random.nextInt(length);
      List<Point> points = List.of(new Point(mark, 0));
      SampledRecording sampled = SampledRecording.random(most, length, points, random);
      int[] snippets = sampled.snippets();
      String where = "seed " + seed;
      assertEquals(Math.min(most, length), snippets.length, where);
      assertEquals(mark, snippets[sampled.places(points).get(0).snippet()], where);
      assertTrue(
          IntStream.range(1, snippets.length).allMatch(i -> snippets[i - 1] <= snippets[i]), where);
    }
  }

  @Test
  void everySnippetHasAPlaceInOrder() {
    SampledRecording sampled = SampledRecording.uniform(8, 29);
    List<Integer> places = new ArrayList<>();
    IntStream.range(0, 29).forEach(t -> places.add(sampled.place(t)));
    assertEquals(0, places.get(0));
    assertEquals(7, places.get(28));
    for (int t = 1; t < 29; t++) {
      int step = places.get(t) - places.get(t - 1);
      assertTrue(step == 0 || step == 1, "snippet " + t);
    }
  }
}
