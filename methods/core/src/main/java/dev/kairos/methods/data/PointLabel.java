// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

/**
 * A point label: one moment inside an action, and its class.
 *
 * @param label class name
 * @param seconds when, finite, at least 0
 * @param annotator who set it; empty where that is not known
 */
public record PointLabel(String label, double seconds, String annotator) {
  /** Checks that the moment is finite and not negative. */
  public PointLabel {
    if (!(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "point label: seconds must be finite and at least 0: " + seconds);
    }
  }

  /** A point that nobody says who set. */
  public PointLabel(String label, double seconds) {
    this(label, seconds, "");
  }
}
