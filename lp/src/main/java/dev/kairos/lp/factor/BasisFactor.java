// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.factor;

import java.util.Arrays;

/**
 * The LU factorisation of a basis matrix B of m columns. After {@link #factor} the basic variable
 * in place p has its pivot in row p, so results of {@link #ftran} are counted by basic variables
 * and by rows alike.
 */
public final class BasisFactor {
  private static final int MOST_UPDATES = 300;
  private static final int FEWEST_UPDATES = 20;
  private static final int SOLVES = 4;

  /**
   * What the caller computes afresh after a factorisation, and what sorting the basis takes, in
   * entries for each row and for each entry of the program. Measured, not counted.
   */
  private static final int AFRESH_BY_ROW = 100;

  private static final int AFRESH_BY_ENTRY = 10;
  private static final double UNSTABLE = 1e-7;

  private final ColumnMatrix a;
  private final int size;
  private final Markowitz markowitz;
  private final Triangle lower;
  private final Triangle upper;
  private final double[] diagonal;
  private final Triangle lowerRows;
  private final Triangle upperRows;
  private final int[] lowerOrder;
  private final int[] lowerRowOrder;
  private final int[] upperOrder;
  private final int[] position;
  private final Triangle etas = new Triangle(MOST_UPDATES);
  private final int[] etaPivot = new int[MOST_UPDATES];
  private final SparseVector spike;
  private final SparseVector eta;
  private int lowerCount;
  private int lowerRowCount;
  private int upperCount;

  /** So many of the first pivots are unit columns, with which U has nothing to do. */
  private int units;

  private int updates;
  private int upperAtFactor;
  private long wornWork;

  /**
   * Prepares for bases of a program.
   *
   * @param a the structural columns, n of them; variable n + i is the unit column of row i
   */
  public BasisFactor(ColumnMatrix a) {
    this.a = a;
    size = a.rows();
    markowitz = new Markowitz(size);
    lower = markowitz.lower;
    upper = markowitz.upper;
    diagonal = markowitz.diagonal;
    lowerRows = new Triangle(size);
    upperRows = new Triangle(size);
    lowerOrder = new int[size];
    lowerRowOrder = new int[size];
    upperOrder = new int[size + MOST_UPDATES];
    position = new int[size];
    spike = new SparseVector(size);
    eta = new SparseVector(size);
  }

  /**
   * Factors afresh.
   *
   * @param head [m] the basic variables; put in the order of their pivot rows, and where the basis
   *     is singular the variables without a pivot are replaced by logicals
   * @param threshold least size of a pivot relative to its column
   * @return how many variables were replaced; {@link #rejected} names them
   */
  public int factor(int[] head, double threshold) {
    markowitz.factor(a, head, threshold);
    lowerCount = 0;
    lowerRowCount = 0;
    updates = 0;
    etas.reset();
    transpose(lower, lowerRows);
    transpose(upper, upperRows);
    for (int k = 0; k < size; k++) {
      int p = markowitz.order[k];
      upperOrder[k] = p;
      position[p] = k;
      if (lower.end[p] > lower.start[p]) {
        lowerOrder[lowerCount++] = p;
      }
      if (lowerRows.end[p] > lowerRows.start[p]) {
        lowerRowOrder[lowerRowCount++] = p;
      }
    }
    upperCount = size;
    units = markowitz.units;
    upperAtFactor = upper.used;
    wornWork = (long) AFRESH_BY_ROW * size + (long) AFRESH_BY_ENTRY * a.index().length;
    return markowitz.deficient;
  }

  /** A variable that had no pivot in the last factorisation. */
  public int rejected(int which) {
    return markowitz.rejected[which];
  }

  private void transpose(Triangle from, Triangle to) {
    to.reset();
    int[] count = position; // not in use yet
    Arrays.fill(count, 0);
    for (int p = 0; p < size; p++) {
      for (int e = from.start[p]; e < from.end[p]; e++) {
        count[from.index[e]]++;
      }
    }
    for (int i = 0; i < size; i++) {
      to.reserve(i, count[i]);
    }
    for (int p = 0; p < size; p++) {
      for (int e = from.start[p]; e < from.end[p]; e++) {
        to.insert(from.index[e], p, from.value[e]);
      }
    }
  }

  /** Number of exchanges since the last factorisation. */
  public int updates() {
    return updates;
  }

  /**
   * Whether to factor afresh: when the updates make the next solves dearer than the average so far,
   * factorisation included. Work is counted in entries, not in time, so it is the same in each run.
   */
  public boolean worn() {
    return updates >= MOST_UPDATES
        || (updates >= FEWEST_UPDATES && extraWork() * updates > markowitz.work + wornWork);
  }

  /** What the updates add to the solves of one iteration. */
  private long extraWork() {
    return SOLVES * ((long) etas.used + Math.max(0, upper.used - upperAtFactor));
  }

  /** Solves {@code B x = v} in place. */
  public void ftran(SparseVector v) {
    solveUpper(v, solveLower(v));
  }

  /** As {@link #ftran}, and keeps what {@link #update} needs of the entering column. */
  public void ftranEntering(SparseVector v) {
    boolean listed = solveLower(v);
    if (!listed) {
      v.gather(Triangle.DROP);
    }
    spike.set(v);
    solveUpper(v, true);
  }

  /** Returns whether the places are listed; where they are not, all have to be visited next. */
  private boolean solveLower(SparseVector v) {
    boolean listed = Triangle.sparse(v);
    if (listed) {
      lower.solveByReach(null, v);
    } else {
      lower.solveInOrder(lowerOrder, 0, 1, lowerCount, null, v);
    }
    double[] x = v.value;
    for (int t = 0; t < updates; t++) {
      double sum = 0;
      for (int e = etas.start[t], to = etas.end[t]; e < to; e++) {
        sum += etas.value[e] * x[etas.index[e]];
      }
      if (sum != 0) {
        int p = etaPivot[t];
        if (listed && x[p] == 0) {
          v.index[v.count++] = p;
        }
        x[p] = kept(x[p] - sum);
      }
    }
    return listed;
  }

  private void solveUpper(SparseVector v, boolean listed) {
    if (listed && Triangle.sparse(v)) {
      upper.solveByReach(diagonal, v);
    } else {
      upper.solveInOrder(upperOrder, upperCount - 1, -1, upperCount - units, diagonal, v);
      v.gather(Triangle.DROP);
    }
    v.learnDensity();
  }

  /** Solves {@code B'x = v} in place. */
  public void btran(SparseVector v) {
    solveLowerTransposed(v, solveUpperTransposed(v));
  }

  /** Row p of the inverse, {@code B'x = e_p}; keeps what {@link #update} of that place needs. */
  public void btranLeaving(int p, SparseVector v) {
    v.clear();
    v.put(p, 1);
    if (!solveUpperTransposed(v)) {
      v.gather(Triangle.DROP);
    }
    eta.set(v);
    solveLowerTransposed(v, true);
  }

  /** Returns whether the places are listed. */
  private boolean solveUpperTransposed(SparseVector v) {
    boolean listed = Triangle.sparse(v);
    if (listed) {
      upperRows.solveByReach(diagonal, v);
    } else {
      int first = v.count == 1 ? position[v.index[0]] : 0;
      upperRows.solveInOrder(upperOrder, first, 1, upperCount - first, diagonal, v);
    }
    return listed;
  }

  private void solveLowerTransposed(SparseVector v, boolean listed) {
    boolean keepList = listed && Triangle.sparse(v);
    double[] x = v.value;
    for (int t = updates - 1; t >= 0; t--) {
      double pivot = x[etaPivot[t]];
      if (pivot != 0) {
        int from = etas.start[t];
        int to = etas.end[t];
        if (keepList) {
          scatter(v, from, to, pivot);
        } else {
          for (int e = from; e < to; e++) {
            x[etas.index[e]] -= etas.value[e] * pivot;
          }
        }
      }
    }
    if (keepList && Triangle.sparse(v)) {
      lowerRows.solveByReach(null, v);
    } else {
      lowerRows.solveInOrder(lowerRowOrder, lowerRowCount - 1, -1, lowerRowCount, null, v);
      v.gather(Triangle.DROP);
    }
    v.learnDensity();
  }

  /** Subtracts a multiple of an eta and lists the places that were zero. */
  private void scatter(SparseVector v, int from, int to, double pivot) {
    for (int e = from; e < to; e++) {
      int i = etas.index[e];
      double before = v.value[i];
      if (before == 0) {
        v.index[v.count++] = i;
      }
      v.value[i] = kept(before - etas.value[e] * pivot);
    }
  }

  /** A value that may be zero but is listed must not look as if it were not. */
  private static double kept(double value) {
    return Math.abs(value) < Triangle.DROP ? Double.MIN_NORMAL : value;
  }

  /**
   * Exchanges the column of place p for the one last given to {@link #ftranEntering}, with the row
   * of p last given to {@link #btranLeaving}.
   *
   * @param alpha the entry of place p in the entering column, {@code B^-1 a}
   * @return whether the new pivot agrees with alpha; if not, factor afresh
   */
  public boolean update(int p, double alpha) {
    double old = diagonal[p];
    double pivot = spike.value[p];
    wornWork += extraWork();
    int t = updates++;
    etas.open(t);
    etaPivot[t] = p;
    for (int k = 0; k < eta.count; k++) {
      int j = eta.index[k];
      double v = -eta.value[j] * old;
      if (j != p && Math.abs(v) >= Triangle.DROP) {
        etas.append(t, j, v);
        pivot -= v * spike.value[j];
      }
    }
    for (int e = upper.start[p]; e < upper.end[p]; e++) {
      upperRows.remove(upper.index[e], p);
    }
    for (int e = upperRows.start[p]; e < upperRows.end[p]; e++) {
      upper.remove(upperRows.index[e], p);
    }
    upperRows.end[p] = upperRows.start[p];
    upper.open(p);
    for (int k = 0; k < spike.count; k++) {
      int i = spike.index[k];
      double v = spike.value[i];
      if (i != p && Math.abs(v) >= Triangle.DROP) {
        upper.append(p, i, v);
        upperRows.insert(i, p, v);
      }
    }
    upperOrder[position[p]] = -1;
    position[p] = upperCount;
    upperOrder[upperCount++] = p;
    diagonal[p] = pivot;
    double expected = old * alpha;
    return Math.abs(pivot - expected) <= UNSTABLE * Math.max(Math.abs(pivot), Math.abs(expected))
        && Math.abs(pivot) > 1e-11;
  }
}
