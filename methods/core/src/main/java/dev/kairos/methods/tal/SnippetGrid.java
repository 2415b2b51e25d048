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

  /** Seconds from one snippet to the next. */
  public double secondsPerSnippet() {
    return stride / fps;
  }

  /** The start of a snippet, or of a boundary between snippets, in seconds. */
  public double seconds(double snippet) {
    return snippet * stride / fps;
  }

  /** The snippet that holds a moment: {@code floor(t * fps / stride)}, kept on the grid. */
  public int snippetAt(double seconds) {
    return (int) Math.max(0, Math.min(length - 1, Math.floor(seconds * fps / stride)));
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
