// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import java.util.Arrays;

/** The distance between rows of one recording. Serves one thread. */
abstract class DistanceMeasure {
  private static final double SMALLEST_LENGTH = 1e-12;

  final FeatureRows rows;

  DistanceMeasure(FeatureRows rows) {
    this.rows = rows;
  }

  /** Writes what {@link #distance} needs to know of a medoid into {@code medoid [D]}. */
  void prepare(int row, double[] medoid) {
    Arrays.fill(medoid, 0);
    rows.addTo(row, 1, medoid);
  }

  /** The distance of a row and a prepared {@code medoid [D]}. */
  abstract double distance(int row, double[] medoid);

  /**
   * For each row of a cluster the sum of the distances of all its rows to that one, up to a
   * constant that is the same for all.
   *
   * @param from first row
   * @param to last row, included
   * @param costs the first {@code to - from + 1} are overwritten
   */
  abstract void costs(int from, int to, double[] costs);

  /** {@link FrameDistance#COSINE}. */
  static final class Cosine extends DistanceMeasure {
    private final double[] scale; // of each row, to unit length
    private final double[] sum;

    Cosine(FeatureRows rows) {
      super(rows);
      scale = new double[rows.count()];
      sum = new double[rows.width()];
      for (int t = 0; t < scale.length; t++) {
        scale[t] = 1 / Math.max(Math.sqrt(rows.finiteSquaredNorm(t)), SMALLEST_LENGTH);
      }
    }

    @Override
    void prepare(int row, double[] medoid) {
      Arrays.fill(medoid, 0);
      rows.addTo(row, scale[row], medoid);
    }

    @Override
    double distance(int row, double[] medoid) {
      return 1 - scale[row] * rows.dot(row, medoid);
    }

    /** With unit rows z, the distances to u sum to {@code n - <z_u, sum of z>}. */
    @Override
    void costs(int from, int to, double[] costs) {
      Arrays.fill(sum, 0);
      for (int t = from; t <= to; t++) {
        rows.addTo(t, scale[t], sum);
      }
      for (int t = from; t <= to; t++) {
        costs[t - from] = -scale[t] * rows.dot(t, sum);
      }
    }
  }

  /** {@link FrameDistance#SQEUCLIDEAN}. */
  static final class SquaredEuclidean extends DistanceMeasure {
    private final double[] mean;

    SquaredEuclidean(FeatureRows rows) {
      super(rows);
      mean = new double[rows.width()];
      for (int t = 0; t < rows.count(); t++) {
        rows.finiteSquaredNorm(t);
      }
    }

    @Override
    double distance(int row, double[] medoid) {
      return rows.squaredDistance(row, medoid);
    }

    /**
     * With the mean m, the distances to u sum to {@code n |u - m|^2} plus a constant. Unlike the
     * form with squared lengths, nothing large cancels.
     */
    @Override
    void costs(int from, int to, double[] costs) {
      int count = to - from + 1;
      Arrays.fill(mean, 0);
      for (int t = from; t <= to; t++) {
        rows.addTo(t, 1.0 / count, mean);
      }
      for (int t = from; t <= to; t++) {
        costs[t - from] = count * rows.squaredDistance(t, mean);
      }
    }
  }

  /** {@link FrameDistance#EUCLIDEAN}. */
  static final class Euclidean extends DistanceMeasure {
    private final double[] row;

    Euclidean(FeatureRows rows) {
      super(rows);
      row = new double[rows.width()];
      for (int t = 0; t < rows.count(); t++) {
        rows.finiteSquaredNorm(t);
      }
    }

    @Override
    double distance(int t, double[] medoid) {
      return Math.sqrt(rows.squaredDistance(t, medoid));
    }

    @Override
    void costs(int from, int to, double[] costs) {
      Arrays.fill(costs, 0, to - from + 1, 0);
      for (int u = from; u <= to; u++) {
        prepare(u, row);
        for (int v = u + 1; v <= to; v++) {
          double distance = distance(v, row);
          costs[u - from] += distance;
          costs[v - from] += distance;
        }
      }
    }
  }
}
