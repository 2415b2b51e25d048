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

  /** By hand: 16 frames at a stride of 4 and 25 a second; row 0 stands for frames 6 to 10. */
  @Test
  void overlappingWindowsStandForTheirMiddle() {
    SnippetGrid grid = new SnippetGrid(25, 4, 6, Double.POSITIVE_INFINITY, 10);
    assertEquals(8 / 25.0, grid.centre(0)); // the middle of frames 0 to 16
    assertEquals(6 / 25.0, grid.seconds(0));
    assertEquals(10 / 25.0, grid.seconds(1));
    assertEquals(46 / 25.0, grid.duration());
    assertEquals(0, grid.snippetAt(0.1));
    assertEquals(1, grid.snippetAt(10 / 25.0));
    assertEquals(9, grid.snippetAt(2));
    for (int i = 0; i < 10; i++) {
      assertEquals(i, grid.snippetAt(grid.centre(i)));
      assertEquals(i, grid.snippets(grid.seconds(i)), 1e-12);
    }
    assertEquals(6 / 25.0, grid.spread(20).seconds(0));
    assertEquals(46 / 25.0, grid.spread(20).duration());
    assertEquals(8 / 25.0, grid.spread(20).seconds(1));
  }

  /** By hand: windows that begin 10 frames before the recording, which lasts 1.5 s. */
  @Test
  void timesOutsideTheRecordingAreMovedToItsEnds() {
    SnippetGrid grid = new SnippetGrid(25, 16, -10, 1.5, 3);
    assertEquals(0, grid.seconds(0));
    assertEquals(6 / 25.0, grid.seconds(1));
    assertEquals(22 / 25.0, grid.seconds(2));
    assertEquals(38 / 25.0, 1.52);
    assertEquals(1.5, grid.seconds(3));
    assertEquals(1.5, grid.duration());
    assertEquals(0, grid.snippetAt(0));
    assertEquals(1, grid.snippetAt(0.24));
    assertThrows(IllegalArgumentException.class, () -> new SnippetGrid(25, 16, Double.NaN, 1, 3));
    assertThrows(IllegalArgumentException.class, () -> new SnippetGrid(25, 16, 0, 0, 3));
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
