// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import java.util.SplittableRandom;

/** Numbers to try. */
final class Values {
  private static final float[] SPECIAL = {
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    0f,
    -0f,
    1f,
    -1f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    1e-30f,
    -1e-30f,
    1e30f,
    -1e30f,
    88.7f,
    88.8f,
    -87.3f,
    -87.4f,
    -100f,
    -104f,
    100f,
    0.99999994f,
    1.0000001f,
    0.5f,
    -0.5f,
    2f,
    -3f,
    1e-4f,
    -1e-4f,
    12f,
    -20f,
  };

  private Values() {}

  /** In [-2, 2). */
  static double ordinary(SplittableRandom random) {
    return random.nextDouble(-2, 2);
  }

  /** Now and then a NaN, an infinity, a zero of either sign, or a huge or tiny number. */
  static double special(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> ordinary(random);
      case 1 -> 30 * ordinary(random);
      default -> SPECIAL[random.nextInt(SPECIAL.length)];
    };
  }

  /** Few different numbers, so that many are equal; now and then a NaN or a zero. */
  static double tied(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> -0.0;
      case 1 -> 0.0;
      case 2 -> random.nextInt(4) == 0 ? Double.NaN : 1;
      case 3 -> random.nextInt(4) == 0 ? Double.NEGATIVE_INFINITY : -1;
      default -> random.nextInt(-3, 4);
    };
  }
}
