// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.tal;

/**
 * How the rows of a feature matrix lie in time. The only place where snippets become seconds.
 *
 * <p>Row {@code i} was computed from the frames {@code [offset + i * stride, offset + i * stride +
 * window)}. It stands for the {@code stride} frames around the middle of that window, so that rows
 * lie side by side however far their windows overlap: with {@code shift = offset + (window -
 * stride) / 2} row {@code i} covers the seconds {@code [(shift + i * stride) / fps, (shift + (i +
 * 1) * stride) / fps)}. A time that would lie before the recording or behind its end is moved
 * there.
 *
 * @param fps frames (or samples) per second of what the features were computed from
 * @param stride frames from one snippet to the next
 * @param shift frames from the beginning of the recording to where the first row begins to stand
 *     for something; 0 where windows lie side by side
 * @param end seconds at which the recording ends; infinite where that is not known
 * @param length number of snippets T
 */
public record SnippetGrid(double fps, double stride, double shift, double end, int length) {
  /**
   * How far before a border between snippets a moment still counts as on it, in snippets. A moment
   * that lies on a border falls short of it where the quotient is rounded down: frame 4416 at 30
   * frames per second is the start of snippet 230 of 0.64 s, and 4416 / 30 / 0.64 is
   * 229.99999999999997.
   */
  private static final double ROUNDING = 1e-9;

  /** Checks that fps, stride, end and length are positive. */
  public SnippetGrid {
    if (!(fps > 0 && Double.isFinite(fps) && stride > 0 && Double.isFinite(stride))) {
      throw new IllegalArgumentException(
          "snippet grid: fps and stride must be positive: fps " + fps + ", stride " + stride);
    }
    if (!(Double.isFinite(shift) && end > 0)) {
      throw new IllegalArgumentException(
          "snippet grid: shift must be finite and end positive: shift " + shift + ", end " + end);
    }
    if (length < 1) {
      throw new IllegalArgumentException("snippet grid: needs at least one snippet: " + length);
    }
  }

  /** Windows side by side from the beginning on, of a recording whose end is not known. */
  public SnippetGrid(double fps, double stride, int length) {
    this(fps, stride, 0, Double.POSITIVE_INFINITY, length);
  }

  /**
   * The grid of a recording whose features were resampled to a fixed number of snippets: together
   * they last as long as the recording.
   *
   * @param duration seconds, positive
   * @param length number of snippets T
   */
  public static SnippetGrid stretched(double duration, int length) {
    return new SnippetGrid(length, duration, length); // so that seconds(length) is the duration
  }

  /** A grid of another number of rows over the same time. */
  public SnippetGrid spread(int rows) {
    return new SnippetGrid(fps, stride * length / rows, shift, end, rows);
  }

  /** Seconds from one snippet to the next. */
  public double secondsPerSnippet() {
    return stride / fps;
  }

  /** The start of a snippet, or of a boundary between snippets, in seconds. */
  public double seconds(double snippet) {
    double seconds = (shift + snippet * stride) / fps;
    return Math.min(end, Math.max(0, seconds));
  }

  /** The boundary between snippets, not always a whole number, at which a moment lies. */
  public double snippets(double seconds) {
    return (seconds * fps - shift) / stride;
  }

  /**
   * The snippet that holds a moment: {@code floor((t * fps - shift) / stride + 1e-9)}, kept on the
   * grid. A moment on the border of two snippets belongs to the later one.
   */
  public int snippetAt(double seconds) {
    double snippet = Math.floor(snippets(seconds) + ROUNDING);
    return (int) Math.max(0, Math.min(length - 1, snippet));
  }

  /** The middle of a snippet in seconds. */
  public double centre(int snippet) {
    return (shift + (snippet + 0.5) * stride) / fps;
  }

  /** How many snippets lie before the end of the recording, of the last one perhaps a part. */
  public double rows() {
    return (shift + length * stride) / fps <= end ? length : snippets(end);
  }

  /** Where the last snippet ends, in seconds. */
  public double duration() {
    return seconds(length);
  }
}
