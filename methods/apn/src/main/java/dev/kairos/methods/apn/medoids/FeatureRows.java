// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

/**
 * The features of the snippets of one recording as values, with the few sums that clusters need.
 * Every sum is in double precision, whatever the features are in. The array is not copied and must
 * not change while it is used.
 */
public abstract sealed class FeatureRows permits SingleRows, DoubleRows {
  private static final double LARGEST_SQUARE = 1e280; // sums and differences stay finite too

  private final int count;
  private final int width;

  FeatureRows(int length, int width) {
    if (width < 1 || length % width != 0) {
      throw new IllegalArgumentException(
          "feature rows: " + length + " numbers are no rows of " + width);
    }
    this.count = length / width;
    this.width = width;
  }

  /**
   * Features in single precision.
   *
   * @param values {@code [T, D]}, row by row
   * @param width D, positive
   */
  public static FeatureRows of(float[] values, int width) {
    return new SingleRows(values, width);
  }

  /**
   * Features in double precision.
   *
   * @param values {@code [T, D]}, row by row
   * @param width D, positive
   */
  public static FeatureRows of(double[] values, int width) {
    return new DoubleRows(values, width);
  }

  /** Number of rows, T. */
  public final int count() {
    return count;
  }

  /** Number of features of a row, D. */
  public final int width() {
    return width;
  }

  /** Adds {@code factor} times a row to {@code sum [D]}. */
  abstract void addTo(int row, double factor, double[] sum);

  /** The dot product of a row and a {@code vector [D]}. */
  abstract double dot(int row, double[] vector);

  /** The squared Euclidean distance of a row and a {@code vector [D]}. */
  abstract double squaredDistance(int row, double[] vector);

  /** The squared length of a row. */
  abstract double squaredNorm(int row);

  /**
   * Refuses a row with a number that is not finite, or so large that sums of squares may not be.
   *
   * @return its squared length
   */
  final double finiteSquaredNorm(int row) {
    double norm = squaredNorm(row);
    if (!(norm <= LARGEST_SQUARE)) {
      throw new IllegalArgumentException(
          "feature rows: row "
              + row
              + " of ["
              + count
              + ", "
              + width
              + "] is not finite or too large: squared length "
              + norm);
    }
    return norm;
  }

  /** What four accumulators and a rest have gathered, added in an order that never changes. */
  static double sum(double s0, double s1, double s2, double s3, double rest) {
    return (s0 + s1) + (s2 + s3) + rest;
  }
}
