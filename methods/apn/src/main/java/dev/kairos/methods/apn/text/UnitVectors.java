// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

/** Vectors of length 1, of which only the direction counts. */
final class UnitVectors {
  private UnitVectors() {}

  /**
   * The vector of length 1 in the same direction.
   *
   * @throws ArithmeticException if it has no direction: all zeros, or not finite
   */
  static double[] unit(double[] vector) {
    double length = Math.sqrt(dot(vector, vector));
    if (!(length > 0 && length < Double.POSITIVE_INFINITY)) {
      throw new ArithmeticException("a vector of length " + length + " has no direction");
    }
    double[] unit = new double[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = vector[i] / length;
    }
    return unit;
  }

  /**
   * The common direction of several vectors: each is brought to length 1, and so is their mean
   * (Radford et al. 2021, section 3.1.4).
   *
   * @param vectors {@code [n][E]}, at least one
   * @return {@code [E]}
   * @throws ArithmeticException if one of them, or their mean, has no direction
   */
  static double[] meanDirection(double[][] vectors) {
    double[] sum = new double[vectors[0].length];
    for (double[] vector : vectors) {
      double[] unit = unit(vector);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += unit[i] / vectors.length;
      }
    }
    return unit(sum);
  }

  /** The sum of products; of unit vectors the cosine of their angle. */
  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
