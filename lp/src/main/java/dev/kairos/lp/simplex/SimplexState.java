// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import dev.kairos.lp.Basis;
import dev.kairos.lp.BasisStatus;
import dev.kairos.lp.factor.BasisFactor;
import dev.kairos.lp.factor.ColumnMatrix;
import dev.kairos.lp.factor.SparseVector;
import java.util.Arrays;

/**
 * A basis with its factors, the values of all variables and their reduced costs: what the dual and
 * the primal method share and hand to each other. Costs and bounds are working copies.
 */
final class SimplexState {
  private static final double TIGHTEST_THRESHOLD = 0.5;

  final ScaledProgram program;
  final int rows;
  final int columns;
  final int size;
  final double[] cost;
  final double[] lower;
  final double[] upper;
  final double[] x;
  final double[] d;
  final byte[] place;
  final int[] head;
  final BasisFactor factor;

  private final SparseVector work;
  private final Refinement refinement;
  private final RowPrices rowPrices;
  private double threshold = 0.1;
  private boolean refining;

  SimplexState(ScaledProgram program) {
    this.program = program;
    rows = program.rows;
    columns = program.columns;
    size = program.size;
    cost = program.cost.clone();
    lower = program.lower.clone();
    upper = program.upper.clone();
    x = new double[size];
    d = new double[size];
    place = new byte[size];
    head = new int[rows];
    factor = new BasisFactor(program.matrix);
    work = new SparseVector(rows);
    refinement = new Refinement(this);
    rowPrices = new RowPrices(this);
    for (int j = 0; j < columns; j++) {
      rest(j);
    }
    for (int i = 0; i < rows; i++) {
      head[i] = columns + i;
    }
  }

  /**
   * Takes over a basis; where it has too many or too few basic members, logicals give way or fill
   * in.
   */
  void start(Basis basis) {
    int n = 0;
    for (int j = 0; j < size; j++) {
      BasisStatus status = j < columns ? basis.column(j) : Place.mirrored(basis.row(j - columns));
      byte where = Place.of(status);
      if (where == Place.BASIC && n < rows) {
        place[j] = Place.BASIC;
        head[n++] = j;
      } else if (where == Place.LOWER && lower[j] != Double.NEGATIVE_INFINITY) {
        put(j, where);
      } else if (where == Place.UPPER && upper[j] != Double.POSITIVE_INFINITY) {
        put(j, where);
      } else {
        rest(j);
      }
    }
    for (int j = columns; j < size && n < rows; j++) {
      if (place[j] != Place.BASIC) {
        place[j] = Place.BASIC;
        head[n++] = j;
      }
    }
  }

  /** Makes a variable nonbasic, at the bound nearest to zero. */
  void rest(int j) {
    put(j, Place.resting(lower[j], upper[j]));
  }

  /** Makes a variable nonbasic, at a bound. */
  void put(int j, byte where) {
    place[j] = where;
    x[j] = where == Place.LOWER ? lower[j] : where == Place.UPPER ? upper[j] : 0;
  }

  boolean boxed(int j) {
    return lower[j] != Double.NEGATIVE_INFINITY && upper[j] != Double.POSITIVE_INFINITY;
  }

  /** Asks for larger pivots in the factors from now on. */
  void tighten() {
    threshold = Math.min(TIGHTEST_THRESHOLD, threshold * 5);
  }

  /**
   * Factors the basis; where it is singular, logicals take the places that had no pivot.
   *
   * @return whether the basis was kept
   */
  boolean refactor() {
    int replaced = factor.factor(head, threshold);
    for (int i = 0; i < rows; i++) {
      place[head[i]] = Place.BASIC;
    }
    for (int k = 0; k < replaced; k++) {
      rest(factor.rejected(k));
    }
    return replaced == 0;
  }

  /** The values of the basic variables from those of the others. */
  void computePrimal() {
    work.clear();
    ColumnMatrix a = program.matrix;
    for (int j = 0; j < size; j++) {
      if (place[j] != Place.BASIC && x[j] != 0) {
        if (j >= columns) {
          work.value[j - columns] -= x[j];
        } else {
          for (int k = a.start()[j]; k < a.start()[j + 1]; k++) {
            work.value[a.index()[k]] -= a.value()[k] * x[j];
          }
        }
      }
    }
    work.gather(0);
    factor.ftran(work);
    for (int i = 0; i < rows; i++) {
      x[head[i]] = work.value[i];
    }
    if (refining) {
      refinement.apply();
    }
  }

  /** From now on the values of the basic variables are refined each time they are computed. */
  void refine() {
    refining = true;
  }

  /** The reduced costs of all variables for some costs. */
  void computeDual(double[] costs) {
    double[] y = multipliers(costs);
    ColumnMatrix a = program.matrix;
    for (int j = 0; j < columns; j++) {
      double sum = costs[j];
      for (int k = a.start()[j]; k < a.start()[j + 1]; k++) {
        sum -= a.value()[k] * y[a.index()[k]];
      }
      d[j] = sum;
    }
    for (int i = 0; i < rows; i++) {
      d[columns + i] = costs[columns + i] - y[i];
    }
    for (int i = 0; i < rows; i++) {
      d[head[i]] = 0;
    }
  }

  /** {@code B^-T c_B}; the vector is overwritten by the next call of any method of this class. */
  double[] multipliers(double[] costs) {
    work.clear();
    for (int i = 0; i < rows; i++) {
      work.value[i] = costs[head[i]];
    }
    work.gather(0);
    factor.btran(work);
    return work.value;
  }

  /** Puts column j of {@code [A I]} into an empty vector. */
  void column(int j, SparseVector out) {
    out.clear();
    addColumn(j, 1, out.value);
    out.count = 0;
    if (j >= columns) {
      out.index[out.count++] = j - columns;
    } else {
      ColumnMatrix a = program.matrix;
      int n = a.start()[j + 1] - a.start()[j];
      System.arraycopy(a.index(), a.start()[j], out.index, 0, n);
      out.count = n;
    }
  }

  /** Adds a multiple of column j to plain values; the caller keeps the list of places. */
  void addColumn(int j, double times, double[] to) {
    if (j >= columns) {
      to[j - columns] += times;
    } else {
      ColumnMatrix a = program.matrix;
      for (int k = a.start()[j]; k < a.start()[j + 1]; k++) {
        to[a.index()[k]] += times * a.value()[k];
      }
    }
  }

  /** {@code rho' [A I]} for the nonbasic variables; those that are fixed are left out. */
  void priceRow(SparseVector rho, SparseVector out) {
    rowPrices.of(rho, out);
  }

  /** The costs of the program again. */
  void restoreCosts() {
    System.arraycopy(program.cost, 0, cost, 0, size);
  }

  /** The bounds of the program again; nonbasic variables stay where they can. */
  void restoreBounds() {
    System.arraycopy(program.lower, 0, lower, 0, size);
    System.arraycopy(program.upper, 0, upper, 0, size);
    for (int j = 0; j < size; j++) {
      if (place[j] != Place.BASIC) {
        boolean low = place[j] == Place.LOWER && lower[j] != Double.NEGATIVE_INFINITY;
        boolean high = place[j] == Place.UPPER && upper[j] != Double.POSITIVE_INFINITY;
        if (low || high) {
          put(j, place[j]);
        } else {
          rest(j);
        }
      }
    }
  }

  /** What rounding makes of the value of each variable [n + m], by the terms of its row. */
  void roundings(double[] out) {
    ColumnMatrix a = program.matrix;
    Arrays.fill(out, 0);
    for (int j = 0; j < columns; j++) {
      for (int k = a.start()[j]; k < a.start()[j + 1]; k++) {
        int i = columns + a.index()[k];
        out[i] = Math.max(out[i], Math.abs(a.value()[k] * x[j]));
      }
    }
    for (int j = 0; j < size; j++) {
      double low = Double.isInfinite(lower[j]) ? 0 : Math.abs(lower[j]);
      double high = Double.isInfinite(upper[j]) ? 0 : Math.abs(upper[j]);
      out[j] = Sharpening.ROUNDING * (Sharpening.LEAST_SIZE + out[j] + Math.max(low, high));
    }
  }

  /** How far the reduced cost of a nonbasic variable has the wrong sign, at least 0. */
  double dualInfeasibility(int j) {
    if (lower[j] == upper[j]) {
      return 0;
    }
    return switch (place[j]) {
      case Place.LOWER -> Math.max(0, -d[j]);
      case Place.UPPER -> Math.max(0, d[j]);
      case Place.ZERO -> Math.abs(d[j]);
      default -> 0;
    };
  }

  /** How far a variable is outside its bounds, at least 0. */
  double primalInfeasibility(int j) {
    return Math.max(0, Math.max(lower[j] - x[j], x[j] - upper[j]));
  }

  /** The sum of what the basic variables are outside their bounds. */
  double primalInfeasibility() {
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += primalInfeasibility(head[i]);
    }
    return sum;
  }
}
