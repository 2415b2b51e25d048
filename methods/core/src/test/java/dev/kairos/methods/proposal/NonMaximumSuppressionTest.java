// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.tal.Segment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NonMaximumSuppressionTest {
  private static final NonMaximumSuppression PLAIN = new NonMaximumSuppression(0.5, false);
  private static final NonMaximumSuppression PLUS_ONE = new NonMaximumSuppression(0.5, true);

  private static Proposal p(double start, double end, double score) {
    return new Proposal(0, start, end, score);
  }

  @Test
  void suppressesFromTheThresholdOn() {
    Proposal best = p(0, 10, 0.9);
    assertEquals(List.of(best), PLAIN.proposals(List.of(p(0, 5, 0.8), best)));
    Proposal less = p(0, 4.9, 0.8);
    assertEquals(List.of(best, less), PLAIN.proposals(List.of(less, best)));
  }

  @Test
  void theSuppressedSuppressNothing() {
    Proposal first = p(0, 10, 0.9);
    Proposal second = p(3, 13, 0.8);
    Proposal third = p(6, 16, 0.7);
    assertEquals(List.of(first, third), PLAIN.proposals(List.of(third, second, first)));
  }

  @Test
  void plusOneSuppressesWhatDoesNotTouch() {
    List<Proposal> apart = List.of(p(0, 0.25, 0.9), p(0.5, 0.75, 0.8));
    assertEquals(2, PLAIN.proposals(apart).size());
    // (0.25 - 0.5 + 1) / (1.25 + 1.25 - 0.75) = 0.43.
    assertEquals(1, new NonMaximumSuppression(0.4, true).proposals(apart).size());
    assertEquals(2, PLUS_ONE.proposals(apart).size());
  }

  @Test
  void ofEqualScoresTheLaterStays() {
    assertEquals(List.of(p(0, 9, 0.5)), PLAIN.proposals(List.of(p(0, 10, 0.5), p(0, 9, 0.5))));
  }

  @Test
  void classesDoNotMeet() {
    List<Detection> two =
        List.of(
            new Detection("a", new Segment(0, 10), 0.9),
            new Detection("b", new Segment(0, 10), 0.8));
    assertEquals(two, PLAIN.detections(two));
    assertEquals(
        List.of(new Proposal(1, 0, 1, 2), new Proposal(0, 0, 1, 1)),
        PLAIN.proposals(List.of(new Proposal(0, 0, 1, 1), new Proposal(1, 0, 1, 2))));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void isIdempotentOrderedAndSeparated(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Proposal> all = new ArrayList<>();
    for (int n = 0; n < 300; n++) {
      double start = random.nextDouble(0, 100);
      all.add(p(start, start + random.nextDouble(0, 20), random.nextInt(-5, 5)));
    }
    for (NonMaximumSuppression nms : List.of(PLAIN, PLUS_ONE)) {
      List<Proposal> kept = nms.proposals(all);
      assertTrue(kept.size() > 5 && kept.size() < 300, "seed " + seed);
      TemporalOverlap overlap = TemporalOverlap.ofProposals(kept, nms.plusOne() ? 1 : 0);
      for (int i = 0; i < kept.size(); i++) {
        for (int j = 0; j < i; j++) {
          assertTrue(kept.get(j).score() >= kept.get(i).score(), "seed " + seed);
          assertTrue(overlap.iou(i, j) < 0.5, "seed " + seed);
          assertEquals(overlap.iou(i, j), overlap.iou(j, i), "seed " + seed);
        }
      }
      // Equal scores come out in reverse order, so the same order goes in again reversed.
      List<Proposal> again = new ArrayList<>(kept);
      Collections.reverse(again);
      assertEquals(kept, nms.proposals(again), "seed " + seed);
    }
  }

  @Test
  void rejectsWhatCannotBeRanked() {
    assertEquals(List.of(), PLAIN.proposals(List.of()));
    assertThrows(IllegalArgumentException.class, () -> new NonMaximumSuppression(0, true));
    assertThrows(
        IllegalArgumentException.class, () -> PLAIN.proposals(List.of(p(0, 1, Double.NaN))));
    assertThrows(IllegalArgumentException.class, () -> PLAIN.proposals(List.of(p(2, 1, 0))));
  }
}
