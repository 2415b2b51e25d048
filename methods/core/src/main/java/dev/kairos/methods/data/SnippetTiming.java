// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.tensor.io.DataFormatException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What the rows of the feature files of a data set say about time. Together with a recording and
 * its number of rows it makes a {@link SnippetGrid}.
 *
 * @param unit what the numbers count
 * @param fps frames (or samples) per second of what the features were computed from; NaN where each
 *     recording has its own. A recording that has one goes by that. 1 for {@link Unit#SECONDS}
 * @param stride from one row to the next
 * @param window how much one row was computed from
 * @param offset from the beginning of the recording to that of the first window
 */
public record SnippetTiming(Unit unit, double fps, double stride, double window, double offset) {
  /** What stride, window and offset count. */
  public enum Unit {
    /** Frames of the recording. */
    FRAMES,
    /** Seconds. */
    SECONDS,
    /** Nothing: whatever their number, the rows of a recording divide its duration evenly. */
    STRETCHED
  }

  /** Checks that the numbers are positive. */
  public SnippetTiming {
    boolean known = fps > 0 && Double.isFinite(fps);
    if (!(known || Double.isNaN(fps)) || !(stride > 0 && Double.isFinite(stride))) {
      throw new IllegalArgumentException(
          "fps and stride must be positive: fps " + fps + ", stride " + stride);
    }
    if (!(window > 0 && Double.isFinite(window) && Double.isFinite(offset))) {
      throw new IllegalArgumentException(
          "window must be positive and offset finite: window " + window + ", offset " + offset);
    }
  }

  /** Windows of so many frames side by side. */
  public static SnippetTiming of(double fps, double stride) {
    return new SnippetTiming(Unit.FRAMES, fps, stride, stride, 0);
  }

  /** Windows of so many seconds side by side. */
  public static SnippetTiming ofSeconds(double stride) {
    return new SnippetTiming(Unit.SECONDS, 1, stride, stride, 0);
  }

  /** Rows that divide the duration of their recording evenly. */
  public static SnippetTiming stretched() {
    return new SnippetTiming(Unit.STRETCHED, 1, 1, 1, 0);
  }

  /** The same with windows that overlap, or begin later. */
  public SnippetTiming withWindow(double newWindow, double newOffset) {
    return new SnippetTiming(unit, fps, stride, newWindow, newOffset);
  }

  /** Seconds from one row to the next; NaN where that differs from recording to recording. */
  public double secondsPerSnippet() {
    return unit == Unit.STRETCHED ? Double.NaN : stride / fps;
  }

  /** In words, such as {@code 0.64 s per snippet, windows of 1.28 s}. */
  public String description() {
    if (unit == Unit.STRETCHED) {
      return "snippets divide the duration of their recording";
    }
    String step =
        Double.isNaN(fps)
            ? String.format(
                Locale.ROOT, "a snippet every %s frames of its recording", shown(stride))
            : String.format(Locale.ROOT, "%.6g s per snippet", stride / fps);
    String what = unit == Unit.FRAMES ? " frames" : " s";
    String width = window == stride ? "" : ", windows of " + shown(window) + what;
    return step + width + (offset == 0 ? "" : ", the first at " + shown(offset) + what);
  }

  private static String shown(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /**
   * How the rows of a recording lie in time. Detections are cut at the end of the recording where
   * its duration is known.
   *
   * @param place what to name in messages
   * @param length number of rows T, at least 1
   * @throws DataFormatException KDATA-138 if the recording does not say what is needed: its
   *     duration, or its frames per second
   */
  public SnippetGrid grid(Path place, Recording recording, int length) {
    if (length < 1) {
      throw new IllegalArgumentException(
          "recording '" + recording.id() + "': needs at least one snippet: " + length);
    }
    if (unit == Unit.STRETCHED) {
      return SnippetGrid.stretched(durationOf(place, recording), length);
    }
    double rate = unit == Unit.FRAMES && recording.hasFps() ? recording.fps() : fps;
    if (Double.isNaN(rate)) {
      throw DataFormatException.of(
          "KDATA-138",
          place,
          "recording '" + recording.id() + "' has no 'fps', nor has the data set one for all",
          "give the recording \"fps\", or give fps in " + DatasetDescription.FILE_NAME);
    }
    double end = recording.hasDuration() ? recording.duration() : Double.POSITIVE_INFINITY;
    return new SnippetGrid(rate, stride, offset + (window - stride) / 2, end, length);
  }

  private static double durationOf(Path place, Recording recording) {
    if (!recording.hasDuration()) {
      throw DataFormatException.of(
          "KDATA-138",
          place,
          "recording '" + recording.id() + "' has no duration, which stretched snippets divide",
          "give the recording \"duration\" in seconds");
    }
    return recording.duration();
  }
}
