// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

/**
 * Features in single precision. Four sums at a time, so that no addition waits for the one before.
 */
final class SingleRows extends FeatureRows {
  private final float[] values;

  SingleRows(float[] values, int width) {
    super(values.length, width);
    this.values = values;
  }

  @Override
  void addTo(int row, double factor, double[] sum) {
    int at = row * width();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * values[at + i];
    }
  }

  @Override
  double dot(int row, double[] vector) {
    float[] x = values;
    int at = row * width();
    int i = 0;
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    for (; i < vector.length - 3; i += 4) {
      s0 += vector[i] * x[at + i];
      s1 += vector[i + 1] * x[at + i + 1];
      s2 += vector[i + 2] * x[at + i + 2];
      s3 += vector[i + 3] * x[at + i + 3];
    }
    double rest = 0;
    for (; i < vector.length; i++) {
      rest += vector[i] * x[at + i];
    }
    return sum(s0, s1, s2, s3, rest);
  }

  @Override
  double squaredDistance(int row, double[] vector) {
    float[] x = values;
    int at = row * width();
    int i = 0;
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    for (; i < vector.length - 3; i += 4) {
      double d0 = vector[i] - x[at + i];
      double d1 = vector[i + 1] - x[at + i + 1];
      double d2 = vector[i + 2] - x[at + i + 2];
      double d3 = vector[i + 3] - x[at + i + 3];
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    double rest = 0;
    for (; i < vector.length; i++) {
      double d = vector[i] - x[at + i];
      rest += d * d;
    }
    return sum(s0, s1, s2, s3, rest);
  }

  @Override
  double squaredNorm(int row) {
    float[] x = values;
    int at = row * width();
    int end = at + width();
    int i = at;
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    for (; i < end - 3; i += 4) {
      s0 += (double) x[i] * x[i];
      s1 += (double) x[i + 1] * x[i + 1];
      s2 += (double) x[i + 2] * x[i + 2];
      s3 += (double) x[i + 3] * x[i + 3];
    }
    double rest = 0;
    for (; i < end; i++) {
      rest += (double) x[i] * x[i];
    }
    return sum(s0, s1, s2, s3, rest);
  }
}
