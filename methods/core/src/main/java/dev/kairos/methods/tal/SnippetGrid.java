// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.tal;

/**
 * How the rows of a feature matrix lie in time: row {@code i} covers the seconds {@code [i * stride
 * / fps, (i + 1) * stride / fps)}. The only place where snippets become seconds.
 *
 * @param fps frames (or samples) per second of what the features were computed from
 * @param stride frames from one snippet to the next
 * @param length number of snippets T
 */
public record SnippetGrid(double fps, double stride, int length) {
  /**
   * How far before a border between snippets a moment still counts as on it, in snippets. A moment
   * that lies on a border falls short of it where the quotient is rounded down: frame 4416 at 30
   * frames per second is the start of snippet 230 of 0.64 s, and 4416 / 30 / 0.64 is
   * 229.99999999999997.
   */
  private static final double ROUNDING = 1e-9;

  /** Checks that all three are positive. */
  public SnippetGrid {
    if (!(fps > 0 && Double.isFinite(fps) && stride > 0 && Double.isFinite(stride))) {
      throw new IllegalArgumentException(
          "snippet grid: fps and stride must be positive: fps " + fps + ", stride " + stride);
    }
    if (length < 1) {
      throw new IllegalArgumentException("snippet grid: needs at least one snippet: " + length);
    }
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

  /** Seconds from one snippet to the next. */
  public double secondsPerSnippet() {
    return stride / fps;
  }

  /** The start of a snippet, or of a boundary between snippets, in seconds. */
  public double seconds(double snippet) {
    return snippet * stride / fps;
  }

  /**
   * The snippet that holds a moment: {@code floor(t * fps / stride + 1e-9)}, kept on the grid. A
   * moment on the border of two snippets belongs to the later one.
   */
  public int snippetAt(double seconds) {
    double snippet = Math.floor(seconds * fps / stride + ROUNDING);
    return (int) Math.max(0, Math.min(length - 1, snippet));
  }

  /** The middle of a snippet in seconds. */
  public double centre(int snippet) {
    return (snippet + 0.5) * stride / fps;
  }

  /** The whole grid in seconds. */
  public double duration() {
    return seconds(length);
  }
}
