// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/** Gaussian elimination with partial pivoting on small dense systems, in double precision. */
public final class DenseSolve {
  private DenseSolve() {}

  /**
   * Solves {@code A X = B}.
   *
   * @param a {@code [n, n]} by rows; destroyed
   * @param b {@code [n, m]} by rows; replaced by X, with NaN where A or B has NaN
   * @return -1, or the column that depends on those before it: A is singular, and X is not there
   */
  public static int solveInPlace(int n, int m, double[] a, double[] b) {
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int row = column + 1; row < n; row++) {
        if (Math.abs(a[row * n + column]) > Math.abs(a[pivot * n + column])) {
          pivot = row;
        }
      }
      if (vanishes(n, a, column, pivot)) {
        return column;
      }
      swapRows(a, n, column, pivot);
      swapRows(b, m, column, pivot);
      for (int row = column + 1; row < n; row++) {
        double factor = a[row * n + column] / a[column * n + column];
        for (int j = column + 1; j < n; j++) {
          a[row * n + j] -= factor * a[column * n + j];
        }
        for (int j = 0; j < m; j++) {
          b[row * m + j] -= factor * b[column * m + j];
        }
      }
    }
    for (int row = n - 1; row >= 0; row--) {
      for (int j = 0; j < m; j++) {
        double sum = b[row * m + j];
        for (int k = row + 1; k < n; k++) {
          sum -= a[row * n + k] * b[k * m + j];
        }
        b[row * m + j] = sum / a[row * n + row];
      }
    }
    return -1;
  }

  /**
   * Whether the largest candidate for a pivot is no more than the rounding errors of the steps that
   * led to it. Each element is measured by the terms it is a sum of, so that multiplying rows or
   * columns by powers of two changes no answer.
   */
  private static boolean vanishes(int n, double[] a, int column, int pivot) {
    for (int row = pivot; row < n; row++) {
      if (!isRounding(n, a, row, column)) {
        return false;
      }
    }
    for (int row = column; row < pivot; row++) {
      if (!isRounding(n, a, row, column)) {
        return false;
      }
    }
    return true;
  }

  /** Eliminated elements are still there, as they were in the step that eliminated them. */
  private static boolean isRounding(int n, double[] a, int row, int column) {
    double value = Math.abs(a[row * n + column]);
    double terms = value;
    for (int k = 0; k < column; k++) {
      terms += Math.abs(a[row * n + k] / a[k * n + k] * a[k * n + column]);
    }
    return Double.isFinite(terms) && value <= 64 * n * Math.ulp(1.0) * terms;
  }

  private static void swapRows(double[] values, int width, int i, int j) {
    if (i != j) {
      for (int c = 0; c < width; c++) {
        double kept = values[i * width + c];
        values[i * width + c] = values[j * width + c];
        values[j * width + c] = kept;
      }
    }
  }
}
