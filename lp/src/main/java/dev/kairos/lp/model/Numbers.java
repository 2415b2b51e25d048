// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.model;

import dev.kairos.lp.LinearProgram;

/** Numbers a model takes, refused by the name of what they are for. */
final class Numbers {
  /** What two terms leave of each other, relative to the larger, may be the rounding of zero. */
  private static final double CANCELLED = 1e-15;

  private Numbers() {}

  static double finite(String what, String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          what + " of " + shown(name) + " must be finite, not " + value);
    }
    return value;
  }

  /** The sum of two finite numbers; zero where they cancel but for rounding. */
  static double sum(String what, String name, double before, double term) {
    double sum = finite(what, name, before + finite(what, name, term));
    double larger = Math.max(Math.abs(before), Math.abs(term));
    return Math.abs(sum) <= CANCELLED * larger ? 0 : sum;
  }

  static double lower(String name, double bound) {
    if (!(bound < LinearProgram.INFINITE_BOUND)) { // also NaN
      throw new IllegalArgumentException(
          "lower bound of " + shown(name) + " must be a number below 1e20, not " + bound);
    }
    return bound <= -LinearProgram.INFINITE_BOUND ? Double.NEGATIVE_INFINITY : bound;
  }

  static double upper(String name, double bound) {
    if (!(bound > -LinearProgram.INFINITE_BOUND)) {
      throw new IllegalArgumentException(
          "upper bound of " + shown(name) + " must be a number above -1e20, not " + bound);
    }
    return bound >= LinearProgram.INFINITE_BOUND ? Double.POSITIVE_INFINITY : bound;
  }

  /** A name in quotes, short enough for one line. */
  static String shown(String name) {
    return "\"" + (name.length() <= 60 ? name : name.substring(0, 60) + "…") + "\"";
  }
}
