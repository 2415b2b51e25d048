// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

import java.util.Arrays;

/**
 * Bounds of the columns, where infinite ones are replaced by what a row allows while its other
 * columns are within their bounds. Every feasible point is within them.
 */
final class ImpliedBounds {
  /** Bounds found in one pass give others in the next. */
  private static final int PASSES = 3;

  final double[] lower;
  final double[] upper;

  private final LinearProgram lp;
  private final RowSums least;
  private final RowSums greatest;

  ImpliedBounds(LinearProgram lp) {
    this.lp = lp;
    lower = new double[lp.columns()];
    upper = new double[lp.columns()];
    for (int j = 0; j < lower.length; j++) {
      lower[j] = lp.lower(j);
      upper[j] = lp.upper(j);
    }
    least = new RowSums(lp.rows());
    greatest = new RowSums(lp.rows());
    boolean changed = true;
    for (int pass = 0; pass < PASSES && changed; pass++) {
      sum();
      changed = tighten();
    }
  }

  private void sum() {
    least.clear();
    greatest.clear();
    for (int j = 0; j < lower.length; j++) {
      for (int k = lp.start(j); k < lp.start(j + 1); k++) {
        double a = lp.entryValue(k);
        least.add(lp.entryRow(k), a * (a > 0 ? lower[j] : upper[j]));
        greatest.add(lp.entryRow(k), a * (a > 0 ? upper[j] : lower[j]));
      }
    }
  }

  private boolean tighten() {
    boolean changed = false;
    for (int j = 0; j < lower.length; j++) {
      double low = lower[j];
      double high = upper[j];
      for (int k = lp.start(j); k < lp.start(j + 1); k++) {
        int i = lp.entryRow(k);
        double a = lp.entryValue(k);
        double most =
            (lp.rowUpper(i) - least.without(i, a * (a > 0 ? lower[j] : upper[j]), -1)) / a;
        double fewest =
            (lp.rowLower(i) - greatest.without(i, a * (a > 0 ? upper[j] : lower[j]), 1)) / a;
        if (Double.isInfinite(upper[j])) {
          high = smaller(high, a > 0 ? most : fewest);
        }
        if (Double.isInfinite(lower[j])) {
          low = -smaller(-low, -(a > 0 ? fewest : most));
        }
      }
      changed |= low != lower[j] || high != upper[j];
      lower[j] = low;
      upper[j] = high;
    }
    return changed;
  }

  /** The smaller one; what is no finite number says nothing. */
  private static double smaller(double before, double next) {
    return Math.abs(next) < LinearProgram.INFINITE_BOUND && next < before ? next : before;
  }

  /** For each row a sum with the infinite terms counted apart. */
  private static final class RowSums {
    private final double[] finite;
    private final double[] size;
    private final int[] terms;
    private final int[] infinite;

    RowSums(int rows) {
      finite = new double[rows];
      size = new double[rows];
      terms = new int[rows];
      infinite = new int[rows];
    }

    void clear() {
      Arrays.fill(finite, 0);
      Arrays.fill(size, 0);
      Arrays.fill(terms, 0);
      Arrays.fill(infinite, 0);
    }

    void add(int row, double term) {
      terms[row]++;
      if (Double.isInfinite(term)) {
        infinite[row]++;
      } else {
        finite[row] += term;
        size[row] += Math.abs(term);
      }
    }

    /** The sum without a term, moved by its rounding to the safe side; infinite or not a number. */
    double without(int row, double term, int side) {
      boolean mine = Double.isInfinite(term);
      if (infinite[row] > (mine ? 1 : 0)) {
        return side * Double.POSITIVE_INFINITY;
      }
      double rest = finite[row] - (mine ? 0 : term);
      return rest + side * 2 * Rounding.of(terms[row], size[row]);
    }
  }
}
