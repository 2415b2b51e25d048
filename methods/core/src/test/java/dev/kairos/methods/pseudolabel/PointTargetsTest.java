// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.training.TrainingData.Point;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PointTargetsTest {
  private static final int SNIPPETS = 12;
  private static final int CLASSES = 3;

  private static SnippetTargets targets(double[] scores, Point... points) {
    PointTargets.Options options = new PointTargets.Options(0.7, 1, 0.2, 1, 1, 1);
    return new PointTargets(options, SNIPPETS, CLASSES, List.of(points)).of(scores);
  }

  private static double[] scores(double all) {
    double[] scores = new double[SNIPPETS * CLASSES];
    Arrays.fill(scores, all);
    return scores;
  }

  private static void assertRow(SnippetTargets targets, int snippet, int... wanted) {
    for (int c = 0; c < CLASSES; c++) {
      assertEquals(wanted[c], targets.target(snippet, c), "snippet " + snippet + " class " + c);
      assertTrue(targets.weight(snippet, c) > 0, "snippet " + snippet + " class " + c);
    }
  }

  @Test
  void marksAreOfTheirClassesAndNoOther() {
    SnippetTargets targets =
        targets(scores(0.5), new Point(2, 0), new Point(8, 2), new Point(8, 1));
    assertRow(targets, 2, 1, 0, 0);
    assertRow(targets, 8, 0, 1, 1);
    assertEquals(0.5, targets.weight(2, 0), 1e-7);
  }

  @Test
  void onlyTheClassesOfTheMarksOnEitherSideArePossible() {
    SnippetTargets targets = targets(scores(0.5), new Point(2, 0), new Point(8, 2));
    for (int s = 0; s < SNIPPETS; s++) {
      boolean marked = s == 2 || s == 8;
      assertEquals(s >= 2 && !marked, targets.weight(s, 2) == 0, "class 2, snippet " + s);
      assertEquals(s <= 8 && !marked, targets.weight(s, 0) == 0, "class 0, snippet " + s);
      assertTrue(targets.weight(s, 1) > 0 && targets.target(s, 1) == 0, "class 1, snippet " + s);
    }
  }

  @Test
  void anActionReachesAsFarAsItScoresHigh() {
    double[] scores = scores(0.5);
    for (int s = 3; s <= 5; s++) {
      scores[s * CLASSES] = 0.9;
    }
    scores[10 * CLASSES] = 0.9; // not joined to the mark
    SnippetTargets targets = targets(scores, new Point(4, 0));
    assertRow(targets, 3, 1, 0, 0);
    assertRow(targets, 5, 1, 0, 0);
    assertEquals(0, targets.weight(6, 0));
    assertEquals(0, targets.weight(10, 0));
  }

  @Test
  void whereTwoActionsReachTheHigherScoreWins() {
    double[] scores = scores(0.5);
    for (int s = 2; s <= 9; s++) {
      scores[s * CLASSES] = s <= 5 ? 0.95 : 0.8;
      scores[s * CLASSES + 1] = s <= 5 ? 0.8 : 0.95;
    }
    SnippetTargets targets = targets(scores, new Point(2, 0), new Point(9, 1));
    for (int s = 2; s <= 9; s++) {
      assertRow(targets, s, s <= 5 ? 1 : 0, s <= 5 ? 0 : 1, 0);
    }
  }

  @Test
  void lowScoresAwayFromMarksAreBackground() {
    SnippetTargets targets = targets(scores(0.1), new Point(4, 0));
    assertRow(targets, 4, 1, 0, 0);
    assertEquals(0, targets.weight(3, 0));
    assertEquals(0, targets.weight(5, 0));
    assertRow(targets, 2, 0, 0, 0);
    assertRow(targets, 11, 0, 0, 0);
    assertEquals(1.0 / 9, targets.weight(11, 0), 1e-7);
  }

  @Test
  void betweenTwoMarksOfOneClassTheLowestIsBackground() {
    double[] scores = scores(0.9);
    scores[6 * CLASSES] = 0.85;
    SnippetTargets targets = targets(scores, new Point(3, 0), new Point(9, 0));
    assertRow(targets, 6, 0, 0, 0);
    assertRow(targets, 5, 1, 0, 0);
  }

  @Test
  void neighboursWithoutRoomBetweenThem() {
    SnippetTargets targets = targets(scores(0.5), new Point(3, 0), new Point(4, 0));
    assertRow(targets, 3, 1, 0, 0);
    assertRow(targets, 4, 1, 0, 0);
  }
}
