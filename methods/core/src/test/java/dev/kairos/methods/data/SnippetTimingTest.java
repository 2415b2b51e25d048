// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.methods.tal.SnippetGrid;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnippetTimingTest {
  private static final Path PLACE = Path.of("annotations.json");
  private static final Recording LONG = new Recording("v", "test", 180, List.of(), List.of());
  private static final Recording UNKNOWN =
      new Recording("v", "test", Double.NaN, List.of(), List.of());

  @Test
  void aRecordingGoesByItsOwnFramesPerSecond() {
    SnippetTiming timing = SnippetTiming.of(25, 16);
    assertEquals(16 / 25.0, timing.grid(PLACE, LONG, 75).secondsPerSnippet());
    assertEquals(16 / 60.0, timing.grid(PLACE, LONG.withFps(60), 75).secondsPerSnippet());
    SnippetTiming seconds = SnippetTiming.ofSeconds(0.5);
    assertEquals(0.5, seconds.grid(PLACE, LONG.withFps(60), 75).secondsPerSnippet());
  }

  @Test
  void stretchedRowsDivideTheDuration() {
    SnippetGrid grid = SnippetTiming.stretched().grid(PLACE, LONG, 100);
    assertEquals(54, grid.seconds(30));
    assertEquals(180, grid.duration());
    Refused.with(
        "KDATA-138",
        () -> SnippetTiming.stretched().grid(PLACE, UNKNOWN, 100),
        "recording 'v' has no duration",
        "\"duration\"");
  }

  /** By hand: 16 frames at a stride of 4 lie 6 frames later than rows side by side would. */
  @Test
  void windowAndOffsetPlaceTheMiddleOfARow() {
    SnippetGrid plain = SnippetTiming.of(25, 4).grid(PLACE, UNKNOWN, 9);
    SnippetGrid wide = SnippetTiming.of(25, 4).withWindow(16, 0).grid(PLACE, UNKNOWN, 9);
    assertEquals(plain.centre(3) + 6 / 25.0, wide.centre(3), 1e-12);
    SnippetGrid later = SnippetTiming.of(25, 4).withWindow(16, 2).grid(PLACE, UNKNOWN, 9);
    assertEquals(10 / 25.0, later.centre(0));
    SnippetGrid centred = SnippetTiming.of(25, 4).withWindow(16, -8).grid(PLACE, UNKNOWN, 9);
    assertEquals(0, centred.centre(0));
    assertEquals(0, centred.seconds(0));
  }

  @Test
  void detectionsEndWithTheRecording() {
    Recording short1 = new Recording("v", "test", 5, List.of(), List.of());
    assertEquals(5, SnippetTiming.of(25, 16).grid(PLACE, short1, 8).duration());
    assertEquals(8 * 16 / 25.0, SnippetTiming.of(25, 16).grid(PLACE, UNKNOWN, 8).duration());
  }

  @Test
  void aFrameRateThatNobodyGivesIsAskedFor() {
    SnippetTiming own = SnippetTiming.of(Double.NaN, 16);
    assertEquals(0.5, own.grid(PLACE, UNKNOWN.withFps(32), 3).secondsPerSnippet());
    Refused.with(
        "KDATA-138",
        () -> own.grid(PLACE, UNKNOWN, 3),
        "recording 'v' has no 'fps'",
        "dataset.toml");
  }

  @Test
  void numbersThatAreNoneAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> SnippetTiming.of(0, 16));
    assertThrows(IllegalArgumentException.class, () -> SnippetTiming.of(25, -1));
    assertThrows(IllegalArgumentException.class, () -> SnippetTiming.of(25, 4).withWindow(0, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> SnippetTiming.of(25, 4).withWindow(16, Double.POSITIVE_INFINITY));
  }
}
