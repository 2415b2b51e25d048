// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import java.util.List;

/**
 * Brings the columns of feature matrices to mean 0 and standard deviation 1, as measured on the
 * recordings to learn from: {@code (x - mean) / (sd + 1e-6)}, sd that of the population.
 */
public final class Standardisation {
  private static final double SD_FLOOR = 1e-6;

  private final double[] means;
  private final double[] deviations;

  private Standardisation(double[] means, double[] deviations) {
    this.means = means;
    this.deviations = deviations;
  }

  /**
   * Measures the columns.
   *
   * @param training matrices {@code [T, D]} row by row; not changed
   * @param width D, at least 1
   */
  public static Standardisation of(List<double[]> training, int width) {
    double[] means = new double[width];
    double[] deviations = new double[width];
    for (int d = 0; d < width; d++) {
      means[d] = meanOfPowers(training, d, width, 0, 1);
      deviations[d] = Math.sqrt(meanOfPowers(training, d, width, means[d], 2));
    }
    return new Standardisation(means, deviations);
  }

  /** The mean of {@code (x - centre)^power} over one column of all rows, 0 where there are none. */
  private static double meanOfPowers(
      List<double[]> rows, int column, int width, double centre, int power) {
    double sum = 0;
    long n = 0;
    for (double[] block : rows) {
      for (int i = column; i < block.length; i += width) {
        double difference = block[i] - centre;
        sum += power == 1 ? difference : difference * difference;
        n++;
      }
    }
    return n == 0 ? 0 : sum / n;
  }

  /**
   * Standardises a matrix in place.
   *
   * @param rows {@code [T, D]} row by row; changed
   */
  public void apply(double[] rows) {
    int width = means.length;
    for (int i = 0; i < rows.length; i++) {
      int d = i % width;
      rows[i] = (rows[i] - means[d]) / (deviations[d] + SD_FLOOR);
    }
  }
}
