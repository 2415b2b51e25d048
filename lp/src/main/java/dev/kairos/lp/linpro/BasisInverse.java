// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import java.util.Arrays;

/**
 * The inverse of the basis of one block after the other, [m, m] each, dense. Column k (what row k
 * of the block does to the basic variables) is contiguous, so that sparse products and the pivot
 * update are sums of columns.
 */
final class BasisInverse {
  private static final long DROP_BITS = Double.doubleToRawLongBits(1e-14);
  private static final double SMALLEST_PIVOT = 1e-11;

  private double[] values = new double[0];
  private double[] work = new double[0];
  private int[] termColumn = new int[0];
  private double[] termFactor = new double[0];
  private int terms;
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
      termColumn = new int[largest + 3];
      termFactor = new double[largest + 3];
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

  /**
   * Row r into {@code out}, without what rounding alone left there.
   *
   * @param places written: where it is not 0, ascending
   * @return how many such places there are
   */
  int row(int r, double[] out, int[] places) {
    double[] b = values;
    int count = 0;
    for (int k = 0, at = start + r; k < m; k++, at += m) {
      // All ones if the size is above DROP, else 0: where, is as good as random, so no branch.
      long bits = Double.doubleToRawLongBits(b[at]);
      long kept = (DROP_BITS - (bits & Long.MAX_VALUE)) >> 63;
      out[k] = Double.longBitsToDouble(bits & kept);
      places[count] = k;
      count -= (int) kept;
    }
    return count;
  }

  /** Begins a sum of columns. */
  void clearTerms() {
    terms = 0;
  }

  /** One more term of the sum: a multiple of column k. */
  void addTerm(int k, double factor) {
    termColumn[terms] = k;
    termFactor[terms] = factor;
    terms++;
  }

  /**
   * Adds the terms to {@code out}, in their order. Four in one pass, as to begin a pass over so few
   * numbers costs as much as to make it; what lacks in the last pass is added as 0 times column 0.
   */
  void addTerms(double[] out, int offset) {
    for (int t = terms; t < terms + 3; t++) {
      termColumn[t] = 0;
      termFactor[t] = 0;
    }
    double[] b = values;
    int n = m;
    for (int t = 0; t < terms; t += 4) {
      int from0 = start + termColumn[t] * m;
      int from1 = start + termColumn[t + 1] * m;
      int from2 = start + termColumn[t + 2] * m;
      int from3 = start + termColumn[t + 3] * m;
      double f0 = termFactor[t];
      double f1 = termFactor[t + 1];
      double f2 = termFactor[t + 2];
      double f3 = termFactor[t + 3];
      for (int i = 0; i < n; i++) {
        double sum = out[offset + i] + f0 * b[from0 + i] + f1 * b[from1 + i];
        out[offset + i] = sum + f2 * b[from2 + i] + f3 * b[from3 + i];
      }
    }
  }

  /** {@code out += inverse * v}. */
  void addProduct(double[] v, double[] out, int offset) {
    clearTerms();
    for (int k = 0; k < m; k++) {
      if (v[k] != 0) {
        addTerm(k, v[k]);
      }
    }
    addTerms(out, offset);
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
   * @param places where it is not 0
   * @param count how many places there are
   */
  void pivot(int r, double[] row, int[] places, int count, double[] column) {
    double inverse = 1 / column[r];
    int t = 0;
    for (; t + 1 < count; t += 2) {
      pivotTwo(places[t], places[t + 1], row, inverse, column);
    }
    if (t < count) {
      int from = start + places[t] * m;
      double factor = row[places[t]] * inverse;
      double[] b = values;
      int n = m;
      for (int i = 0; i < n; i++) {
        b[from + i] -= factor * column[i];
      }
    }
    for (t = 0; t < count; t++) {
      values[start + places[t] * m + r] = row[places[t]] * inverse;
    }
  }

  private void pivotTwo(int k0, int k1, double[] row, double inverse, double[] column) {
    double[] b = values;
    int from0 = start + k0 * m;
    int from1 = start + k1 * m;
    double f0 = row[k0] * inverse;
    double f1 = row[k1] * inverse;
    int n = m;
    for (int i = 0; i < n; i++) {
      double c = column[i];
      b[from0 + i] -= f0 * c;
      b[from1 + i] -= f1 * c;
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
