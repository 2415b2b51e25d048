// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.tal;

/**
 * A range of whole snippets {@code [start, end)}.
 *
 * @param start first snippet, at least 0
 * @param end one past the last snippet, at least {@code start}
 */
public record Interval(int start, int end) {
  /** Checks that the bounds are in order. */
  public Interval {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          "interval: needs 0 <= start <= end: [" + start + ", " + end + ")");
    }
  }

  /** Number of snippets. */
  public int length() {
    return end - start;
  }
}
