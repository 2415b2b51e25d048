// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

/** The worst of many violations, as it is and relative to a size; NaN once one was NaN. */
final class Violation {
  private double relative;
  private double absolute;

  /** Takes one in; a violation of nothing is none, whatever it is relative to. */
  void add(double violation, double size) {
    if (violation != 0) {
      relative = worst(relative, violation / size);
      absolute = worst(absolute, violation);
    }
  }

  /** Takes in that a value is outside its bounds, relative to a size or to the bound. */
  void outside(double value, double lower, double upper, double size) {
    if (value < lower) {
      add(lower - value, Math.abs(lower) + size);
    } else if (value > upper) {
      add(value - upper, Math.abs(upper) + size);
    } else if (Double.isNaN(value)) {
      add(value, size);
    }
  }

  double relative() {
    return relative;
  }

  double absolute() {
    return absolute;
  }

  /** The larger one, and NaN once there was one. */
  private static double worst(double soFar, double next) {
    return next > soFar || Double.isNaN(next) ? next : soFar;
  }
}
