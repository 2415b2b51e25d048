// SPDX-License-Identifier: Apache-2.0
package dev.kairos;

import dev.kairos.methods.data.PointLabel;

/**
 * One marked moment of an action: what is cheap to annotate, and all that point-supervised methods
 * need.
 *
 * @param label the name of the action's class
 * @param seconds when, finite, at least 0
 * @since 0.1.0
 */
public record Point(String label, double seconds) {
  /** Checks that the moment is finite and not negative. */
  public Point {
    PointLabel unused = new PointLabel(label, seconds);
  }

  PointLabel inside() {
    return new PointLabel(label, seconds);
  }
}
