// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.tal;

/**
 * A range of time {@code [start, end)} in seconds.
 *
 * @param start first second, finite
 * @param end end, not before start, finite
 */
public record Segment(double start, double end) {
  /** Checks that both ends are finite and in order. */
  public Segment {
    if (!(Double.isFinite(start) && Double.isFinite(end) && start <= end)) {
      throw new IllegalArgumentException(
          "segment: start and end must be finite with start <= end: [" + start + ", " + end + "]");
    }
  }

  /** Length in seconds. */
  public double length() {
    return end - start;
  }

  /** Whether a moment lies in {@code [start, end)}. */
  public boolean contains(double seconds) {
    return start <= seconds && seconds < end;
  }

  /**
   * Temporal intersection over union: {@code |a ∩ b| / |a ∪ b|}, in [0, 1], 0 where the union is
   * empty.
   */
  public double tIoU(Segment other) {
    double intersection = Math.max(0, Math.min(end, other.end) - Math.max(start, other.start));
    double union = length() + other.length() - intersection;
    return union > 0 ? intersection / union : 0;
  }
}
