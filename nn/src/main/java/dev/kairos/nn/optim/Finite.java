// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.optim;

import dev.kairos.tensor.DType;

/** Constants of an update that would turn weights into NaN without a word. */
final class Finite {
  private Finite() {}

  static void require(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(what + " must be finite: " + value);
    }
  }

  /** An epsilon that does not vanish, nor lose its digits, in the precision of the weights. */
  static void requireKept(String name, double epsilon, DType real) {
    double least = real == DType.FLOAT64 ? Double.MIN_NORMAL : Float.MIN_NORMAL;
    if (epsilon < least) {
      throw new IllegalArgumentException(
          name
              + ": epsilon "
              + epsilon
              + " is lost in "
              + real
              + ", where it must be at least "
              + least
              + ": a weight whose gradients are 0 would be divided by 0");
    }
  }
}
