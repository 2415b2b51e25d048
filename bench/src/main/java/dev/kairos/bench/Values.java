// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import java.util.SplittableRandom;

/** Inputs that are the same for every contender, and the comparison of what they give. */
final class Values {
  private Values() {}

  /** Values in [low, high) that follow from the seed. */
  static float[] uniform(long seed, int count, double low, double high) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (low + (high - low) * random.nextDouble());
    }
    return values;
  }

  /**
   * Stops a benchmark whose contender is wrong.
   *
   * @param tolerance largest difference allowed, relative to the largest value expected
   * @throws IllegalStateException at the first value beyond it
   */
  static void check(String name, double[] expected, double[] found, double tolerance) {
    if (expected.length != found.length) {
      throw new IllegalStateException(
          name + ": expected " + expected.length + " values, found " + found.length);
    }
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - found[i]) <= tolerance * largest)) {
        throw new IllegalStateException(
            name + ": value " + i + ": expected " + expected[i] + ", found " + found[i]);
      }
    }
  }

  static double[] toDoubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
