// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoublePredicate;

/** Where the elements of an operand are drawn from; all are floats, so that every engine agrees. */
enum Values {
  /** In [-2, 2). */
  ANY,
  /** In [0.5, 2.5): for logarithms, roots and powers. */
  POSITIVE,
  /** In [-2, 2), but not near -0.5, 0 or 0.5: for functions with kinks there. */
  SMOOTH,
  /** Multiples of 1/8 in random order, no two alike: for orders. */
  DISTINCT,
  /** Like {@link #DISTINCT}, but never alike with those either. */
  BETWEEN,
  /** A handful of numbers, so that many are alike. */
  TIED,
  /** As large as a sum of exponentials must stand. */
  EXTREME,
  /** Square matrices far from singular. */
  MATRIX,
  /** Whole numbers in [0, 3), many alike. */
  ROWS;

  boolean isIndices() {
    return this == ROWS;
  }

  double[] draw(SplittableRandom random, Shape shape) {
    int n = shape.count();
    double[] values =
        switch (this) {
          case ANY -> uniform(random, n, -2, 2, x -> true);
          case POSITIVE -> uniform(random, n, 0.5, 2.5, x -> true);
          case SMOOTH ->
              uniform(
                  random, n, -2, 2, x -> Math.abs(x) > 0.05 && Math.abs(Math.abs(x) - 0.5) > 0.05);
          case DISTINCT -> distinct(random, n, 0);
          case BETWEEN -> distinct(random, n, 1.0 / 16);
          case TIED -> random.ints(n, -1, 2).asDoubleStream().toArray();
          case EXTREME -> uniform(random, n, -100, 100, x -> true);
          case MATRIX -> matrices(random, shape);
          case ROWS -> random.ints(n, 0, 3).asDoubleStream().toArray();
        };
    return Arrays.stream(values).map(x -> (float) x).toArray();
  }

  private static double[] uniform(
      SplittableRandom random, int n, double low, double high, DoublePredicate wanted) {
    return random.doubles(low, high).filter(wanted).limit(n).toArray();
  }

  private static double[] distinct(SplittableRandom random, int n, double shift) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      values[i] = values[j];
      values[j] = (i - n / 2) / 8.0 + shift;
    }
    return values;
  }

  private static double[] matrices(SplittableRandom random, Shape shape) {
    double[] values = uniform(random, shape.count(), -1, 1, x -> true);
    int rows = shape.size(-2);
    int columns = shape.size(-1);
    for (int i = 0; i < values.length; i++) {
      if (i / columns % rows == i % columns) {
        values[i] += 3;
      }
    }
    return values;
  }
}
