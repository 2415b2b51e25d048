// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.apn.medoids.MarkedPoints.MarkedPoint;
import dev.kairos.methods.apn.medoids.PseudoActions;
import dev.kairos.methods.apn.medoids.PseudoActions.PseudoAction;
import dev.kairos.methods.tal.Interval;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingProposalsTest {
  private static final int LENGTH = 12;
  private static final PseudoAction EARLY =
      new PseudoAction(new MarkedPoint(2, List.of(0)), new Interval(1, 4), 2);
  private static final PseudoAction LATE =
      new PseudoAction(new MarkedPoint(7, List.of(1)), new Interval(6, 10), 7);
  private static final PseudoActions LABELS =
      new PseudoActions(List.of(EARLY, LATE), List.of(), List.of(), 1);

  private static TrainingProposals proposals(TrainingProposals.Kind kind, int longest) {
    double[] even = new double[LENGTH]; // every snippet may begin or end an action
    Arrays.fill(even, 0.5);
    BoundaryProposals all = BoundaryProposals.of(even, even, 1, longest);
    return TrainingProposals.of(all, LABELS, LENGTH, kind, true);
  }

  private static TrainingProposals.One of(TrainingProposals all, int start, int end) {
    return all.all().stream()
        .filter(one -> one.interval().equals(new Interval(start, end)))
        .findAny()
        .orElseThrow();
  }

  @Test
  void onePointAndNoOther() {
    TrainingProposals found = proposals(TrainingProposals.Kind.ONE_POINT, LENGTH);
    assertTrue(found.count() > 2);
    for (TrainingProposals.One one : found.all()) {
      boolean early = one.interval().start() <= 2 && one.interval().end() > 2;
      boolean late = one.interval().start() <= 7 && one.interval().end() > 7;
      assertTrue(early != late && one.hasPoint());
      assertEquals(early ? EARLY : LATE, one.action());
    }
  }

  @Test
  void allWithTheActionThatTheyOverlapMost() {
    TrainingProposals found = proposals(TrainingProposals.Kind.ALL, LENGTH);
    assertEquals(LENGTH * (LENGTH + 1) / 2, found.count());
    TrainingProposals.One both = of(found, 2, 8);
    assertFalse(both.hasPoint());
    assertEquals(2.0 / 7, both.overlap(), 1e-12); // of EARLY; of LATE 2 of 8
    assertEquals(EARLY, both.action());
    TrainingProposals.One beside = of(found, 8, 10); // without a point, inside LATE
    assertFalse(beside.hasPoint());
    assertEquals(LATE, beside.action());
    assertEquals(0.5, beside.overlap(), 1e-12);
    TrainingProposals.One background = of(found, 4, 6);
    assertNull(background.action());
    assertEquals(List.of(), background.labels());
    assertEquals(0, background.overlap());
  }

  @Test
  void pseudoActionsAreAddedOnceAndMayBeLongerThanTheLongest() {
    TrainingProposals found = proposals(TrainingProposals.Kind.ONE_POINT, 3);
    assertEquals(
        1, found.all().stream().filter(one -> one.interval().equals(EARLY.snippets())).count());
    TrainingProposals.One late = of(found, 6, 10);
    assertTrue(late.isPseudoAction());
    assertEquals(1, late.overlap());
    assertEquals(late, found.all().get(found.count() - 1));
  }
}
