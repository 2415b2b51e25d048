// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.tal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnippetGridTest {
  /** Points of THUMOS14 that lie on a border; in doubles the quotient falls just short of it. */
  @ParameterizedTest
  @CsvSource({"video_validation_0000904, 4896, 255", "video_validation_0000944, 4416, 230"})
  void aMomentOnABorderBelongsToTheLaterSnippet(String id, int frame, int snippet) {
    SnippetGrid grid = new SnippetGrid(25, 16, 400);
    assertEquals(snippet, grid.snippetAt(frame / 30.0), id);
    assertEquals(snippet - 1, grid.snippetAt((frame - 1) / 30.0), id);
  }

  @Test
  void everyBorderAndMiddleIsOnItsSnippet() {
    for (double fps : new double[] {15, 23.976, 25, 29.97, 30, 50}) {
      for (double stride : new double[] {1, 16, 25}) {
        SnippetGrid grid = new SnippetGrid(fps, stride, 3000);
        for (int i = 0; i < 3000; i++) {
          assertEquals(i, grid.snippetAt(grid.seconds(i)));
          assertEquals(i, grid.snippetAt(i * grid.secondsPerSnippet()));
          assertEquals(i, grid.snippetAt(grid.centre(i)));
        }
      }
    }
  }

  @Test
  void momentsOutsideAreKeptOnTheGrid() {
    SnippetGrid grid = new SnippetGrid(25, 16, 3);
    assertEquals(0, grid.snippetAt(-5));
    assertEquals(2, grid.snippetAt(1.92));
    assertEquals(2, grid.snippetAt(1e300));
  }

  @Test
  void aStretchedGridLastsAsLongAsTheRecording() {
    for (double duration : new double[] {0.1, 3, 37.5, 226.766}) {
      for (int length : new int[] {1, 7, 100}) {
        SnippetGrid grid = SnippetGrid.stretched(duration, length);
        assertEquals(duration, grid.duration());
        assertEquals(length, grid.length());
        assertEquals(length - 1, grid.snippetAt(duration));
        assertEquals(duration / length, grid.secondsPerSnippet());
      }
    }
    assertThrows(IllegalArgumentException.class, () -> SnippetGrid.stretched(0, 100));
    assertThrows(IllegalArgumentException.class, () -> SnippetGrid.stretched(Double.NaN, 100));
    assertThrows(IllegalArgumentException.class, () -> SnippetGrid.stretched(10, 0));
  }
}
