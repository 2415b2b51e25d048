// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.factor;

import java.util.Arrays;

/**
 * A dense vector with a list of the indices that may be nonzero: outside the list every value is
 * zero. The parts are open, as the loops of the simplex method need them.
 */
public final class SparseVector {
  /** The values [size]. */
  public final double[] value;

  /** The places in use, the first {@link #count} of it. */
  public final int[] index;

  /** How many places are listed. */
  public int count;

  /** Part of the places that past results used, between 0 and 1; a forecast for the next. */
  double expectedDensity;

  /** An empty vector. */
  public SparseVector(int size) {
    value = new double[size];
    index = new int[size];
  }

  /** Makes all values zero. */
  public void clear() {
    if (count > value.length / 4) {
      Arrays.fill(value, 0);
    } else {
      for (int k = 0; k < count; k++) {
        value[index[k]] = 0;
      }
    }
    count = 0;
  }

  /** Sets a place that is zero so far. */
  public void put(int place, double what) {
    value[place] = what;
    index[count++] = place;
  }

  /** Takes over another vector of the same size. */
  public void set(SparseVector other) {
    clear();
    count = other.count;
    System.arraycopy(other.index, 0, index, 0, count);
    for (int k = 0; k < count; k++) {
      value[index[k]] = other.value[index[k]];
    }
  }

  /** Makes the list afresh from the values; values below {@code drop} in size become zero. */
  public void gather(double drop) {
    int n = 0;
    for (int i = 0; i < value.length; i++) {
      double size = Math.abs(value[i]);
      index[n] = i; // without a jump that cannot be foretold; stays if the place counts
      n += size == 0 || size < drop ? 0 : 1;
      if (size < drop) {
        value[i] = 0;
      }
    }
    count = n;
  }

  /** The sum of the squares. */
  public double squaredNorm() {
    double sum = 0;
    for (int k = 0; k < count; k++) {
      double v = value[index[k]];
      sum += v * v;
    }
    return sum;
  }

  void learnDensity() {
    expectedDensity = 0.9 * expectedDensity + 0.1 * count / Math.max(1, value.length);
  }
}
