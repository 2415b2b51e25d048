// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.tal.SnippetGrid;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelQualityTest {
  private static final SnippetGrid GRID = new SnippetGrid(2, 2, 6); // a snippet a second

  @Test
  void aSnippetHasTheClassesThatHoldItsCentre() {
    List<ActionInstance> instances =
        List.of(
            new ActionInstance("b", new Segment(1.5, 3.5)),
            new ActionInstance("a", new Segment(2.4, 2.6)),
            new ActionInstance("b", new Segment(2, 3)));
    int[][] classes =
        LabelQuality.trueClasses(instances, List.of("a", "b"), new int[] {0, 1, 2, 2, 3, 5}, GRID);
    // Centres 0.5, 1.5 (start included), 2.5, 2.5, 3.5 (end excluded), 5.5.
    assertArrayEquals(new int[][] {{}, {1}, {0, 1}, {0, 1}, {}, {}}, classes);
  }

  @Test
  void backgroundIsCorrectWhereNothingHappens() {
    int[][] truth = {{}, {}, {1}, {0, 1}, {0, 1}, {0}, {}};
    int[] labels = {2, 0, 1, 1, 2, -1, -1};
    LabelQuality quality = LabelQuality.of(labels, truth, 2);
    assertEquals(new LabelQuality(5, 3, 7), quality);
    assertEquals(3.0 / 5, quality.precision());
    assertEquals(3.0 / 7, quality.recall());
  }

  @Test
  void videosArePooledBeforeDividing() {
    LabelQuality both = new LabelQuality(1, 1, 10).plus(new LabelQuality(9, 4, 10));
    assertEquals(0.5, both.precision());
    assertEquals(0.25, both.recall());
    assertEquals(both, both.plus(LabelQuality.NONE));
  }

  @Test
  void nothingSelectedHasPrecisionZero() {
    assertEquals(0, LabelQuality.of(new int[] {-1, -1}, new int[][] {{}, {0}}, 1).precision());
    assertEquals(0, LabelQuality.NONE.recall());
  }

  @Test
  void rejectsWhatDoesNotFit() {
    List<ActionInstance> unknown = List.of(new ActionInstance("z", new Segment(0, 1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> LabelQuality.trueClasses(unknown, List.of("a"), new int[] {0}, GRID));
    assertThrows(
        IllegalArgumentException.class, () -> LabelQuality.of(new int[] {3}, new int[][] {{}}, 2));
    assertThrows(
        IllegalArgumentException.class, () -> LabelQuality.of(new int[2], new int[1][0], 2));
    assertThrows(IllegalArgumentException.class, () -> new LabelQuality(1, 2, 3));
  }
}
