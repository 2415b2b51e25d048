// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

/** Temporal intersection over union. */
final class Overlap {
  private Overlap() {}

  /** Of two segments; 0 where the union is empty. */
  static double of(double start, double end, double otherStart, double otherEnd) {
    double both = Math.max(0, Math.min(end, otherEnd) - Math.max(start, otherStart));
    double either = (end - start) + (otherEnd - otherStart) - both;
    return either > 0 ? both / either : 0;
  }
}
