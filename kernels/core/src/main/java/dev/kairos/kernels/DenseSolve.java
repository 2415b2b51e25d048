// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/** Gaussian elimination with partial pivoting on small dense systems, in double precision. */
public final class DenseSolve {
  private DenseSolve() {}

  /**
   * Solves {@code A X = B}.
   *
   * @param a {@code [n, n]} by rows; destroyed
   * @param b {@code [n, m]} by rows; replaced by X, with infinities or NaN if A is singular
   */
  public static void solveInPlace(int n, int m, double[] a, double[] b) {
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int row = column + 1; row < n; row++) {
        if (Math.abs(a[row * n + column]) > Math.abs(a[pivot * n + column])) {
          pivot = row;
        }
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
