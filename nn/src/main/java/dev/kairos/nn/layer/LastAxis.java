// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.layer;

import dev.kairos.tensor.Shape;
import dev.kairos.tensor.ShapeException;

/** The rule of layers that work on the last axis: it has their width, and is not repeated to it. */
final class LastAxis {
  private LastAxis() {}

  static void require(String layer, Shape input, int width) {
    if (input.rank() == 0 || input.size(-1) != width) {
      throw new ShapeException(layer + ": input " + input + " must end in an axis of " + width);
    }
  }
}
