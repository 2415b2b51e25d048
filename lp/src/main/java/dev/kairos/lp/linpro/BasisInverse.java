// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import java.util.Arrays;

/**
 * The inverse of the basis of one block after the other, [m, m] each, dense. Column k (what row k
 * of the block does to the basic variables) is contiguous, so that sparse products and the pivot
 * update are sums of columns.
 */
final class BasisInverse {
  private static final double DROP = 1e-14;
  private static final double SMALLEST_PIVOT = 1e-11;

  private double[] values = new double[0];
  private double[] work = new double[0];
  private int[] swaps = new int[0];
  private int start;
  private int m;

  /** Makes room for inverses with so many numbers in all; the old ones are kept. */
  void reserve(int size, int largest) {
    if (values.length < size) {
      values = Arrays.copyOf(values, size);
    }
    if (swaps.length < largest) {
      work = new double[largest];
      swaps = new int[largest];
    }
  }

  /** Chooses the block to work on. */
  void select(int start, int m) {
    this.start = start;
    this.m = m;
  }

  void identity() {
    Arrays.fill(values, start, start + m * m, 0);
    for (int i = 0; i < m; i++) {
      values[start + i * m + i] = 1;
    }
  }

  /** Row r into {@code out}, without what rounding alone left there. */
  void row(int r, double[] out) {
    double[] b = values;
    for (int k = 0, at = start + r; k < m; k++, at += m) {
      double v = b[at];
      out[k] = Math.abs(v) > DROP ? v : 0;
    }
  }

  /** {@code out += factor * column k}. */
  void addColumn(int k, double factor, double[] out, int offset) {
    double[] b = values;
    int from = start + k * m;
    for (int i = 0; i < m; i++) {
      out[offset + i] += factor * b[from + i];
    }
  }

  /** {@code out += inverse * v}. */
  void addProduct(double[] v, double[] out, int offset) {
    for (int k = 0; k < m; k++) {
      if (v[k] != 0) {
        addColumn(k, v[k], out, offset);
      }
    }
  }

  /** {@code v' * column k}. */
  double dotColumn(int k, double[] v) {
    double[] b = values;
    int from = start + k * m;
    double even = 0;
    double odd = 0;
    int i = 0;
    for (; i + 1 < m; i += 2) {
      even += b[from + i] * v[i];
      odd += b[from + i + 1] * v[i + 1];
    }
    return i < m ? even + odd + b[from + i] * v[i] : even + odd;
  }

  /**
   * The basic variable in place r gives way to one whose column, in terms of the basis, is {@code
   * column}.
   *
   * @param row row r of the inverse
   */
  void pivot(int r, double[] row, double[] column) {
    double[] b = values;
    double inverse = 1 / column[r];
    for (int k = 0; k < m; k++) {
      if (row[k] != 0) {
        double factor = row[k] * inverse;
        int from = start + k * m;
        for (int i = 0; i < m; i++) {
          b[from + i] -= factor * column[i];
        }
        b[from + r] = factor;
      }
    }
  }

  /** The place to write column k of a basis to before {@link #invert}. */
  void setColumn(int k, double[] column) {
    System.arraycopy(column, 0, values, start + k * m, m);
  }

  /**
   * Replaces a basis by its inverse: Gauss and Jordan's method in place, largest pivot in the row.
   *
   * @return false if the basis is singular, as far as can be told
   */
  boolean invert() {
    for (int i = 0; i < m; i++) {
      int p = largestFrom(i);
      double pivot = values[start + p * m + i];
      if (!(Math.abs(pivot) > SMALLEST_PIVOT)) {
        return false;
      }
      swaps[i] = p;
      swapColumns(i, p);
      eliminate(i, pivot);
    }
    for (int i = m - 1; i >= 0; i--) {
      swapRows(i, swaps[i]);
    }
    return true;
  }

  private int largestFrom(int i) {
    int best = i;
    for (int k = i + 1; k < m; k++) {
      if (Math.abs(values[start + k * m + i]) > Math.abs(values[start + best * m + i])) {
        best = k;
      }
    }
    return best;
  }

  private void eliminate(int i, double pivot) {
    double[] b = values;
    int own = start + i * m;
    double inverse = 1 / pivot;
    b[own + i] = 1;
    for (int r = 0; r < m; r++) {
      b[own + r] *= inverse;
      work[r] = b[own + r];
    }
    for (int k = 0; k < m; k++) {
      int from = start + k * m;
      double factor = b[from + i];
      if (k != i && factor != 0) {
        b[from + i] = 0;
        for (int r = 0; r < m; r++) {
          b[from + r] -= factor * work[r];
        }
      }
    }
  }

  private void swapColumns(int i, int p) {
    if (i != p) {
      for (int r = 0; r < m; r++) {
        double held = values[start + i * m + r];
        values[start + i * m + r] = values[start + p * m + r];
        values[start + p * m + r] = held;
      }
    }
  }

  private void swapRows(int i, int p) {
    if (i != p) {
      for (int k = 0; k < m; k++) {
        double held = values[start + k * m + i];
        values[start + k * m + i] = values[start + k * m + p];
        values[start + k * m + p] = held;
      }
    }
  }
}
