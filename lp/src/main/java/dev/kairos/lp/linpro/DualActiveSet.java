// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;

/**
 * The dual active set method for a small strictly convex quadratic: {@code min t'Ht / 2 + g't} with
 * bounds on t and on products of t with rows. It begins at the free minimum and takes up violated
 * bounds one by one, so that it needs no point to start from and bounds that depend on each other
 * do no harm.
 *
 * <p>Source: Goldfarb and Idnani, "A numerically stable dual method for solving strictly convex
 * quadratic programs" (Mathematical Programming 27, 1983). With H = LL', the rows of {@link #basis}
 * are those of {@code Q'L^-1}, where Q turns the active bounds into the upper triangle R. Holds
 * arrays that only grow.
 */
final class DualActiveSet {
  private static final double FEASIBLE = 1e-11;
  private static final double DEPENDENT = 1e-13;

  /** H, [k, k], to be filled before a run, which destroys it. */
  final DMatrixRMaj hessian = new DMatrixRMaj(0, 0);

  // To be filled before a run. Bound c < k is on t_c, bound k + i on the product with row i.
  double[] gradient = new double[0]; // [k]
  double[] rows = new double[0]; // [m, k]
  double[] low = new double[0]; // [k + m], where t = 0 keeps all
  double[] high = new double[0];

  // The answer.
  double[] t = new double[0]; // [k]
  byte[] side = new byte[0]; // [k + m] -1 at its low, 1 at its high bound, 0 between

  private final CholeskyDecompositionInner_DDRM cholesky =
      new CholeskyDecompositionInner_DDRM(true);
  private final DMatrixRMaj basis = new DMatrixRMaj(0, 0);
  private int k;
  private int bounds;
  private int active;
  private int[] activeBound = new int[0];
  private double[] multiplier = new double[0];
  private double[] triangle = new double[0]; // R, [k, k]
  private double[] d = new double[0]; // the new bound in terms of the basis
  private double[] r = new double[0];
  private double[] move = new double[0];
  private double own; // multiplier of the new bound
  private double missing; // how far t is from it
  private double tolerance;

  /**
   * Makes room for a problem.
   *
   * @param variables k, at least 1
   * @param products m, the number of rows
   */
  void reserve(int variables, int products) {
    k = variables;
    bounds = variables + products;
    hessian.reshape(k, k);
    basis.reshape(k, k);
    if (gradient.length < k) {
      gradient = new double[k];
      t = new double[k];
      activeBound = new int[k];
      multiplier = new double[k];
      d = new double[k];
      r = new double[k];
      move = new double[k];
      triangle = new double[k * k];
    }
    if (rows.length < products * k) {
      rows = new double[products * k];
    }
    if (low.length < bounds) {
      low = new double[bounds];
      high = new double[bounds];
      side = new byte[bounds];
    }
  }

  /**
   * Finds the minimum. False if rounding stood in the way.
   *
   * @param size of the largest numbers that bounds come from, for what counts as rounding
   */
  boolean run(double size) {
    tolerance = FEASIBLE * Math.max(1, size);
    Arrays.fill(side, 0, bounds, (byte) 0);
    active = 0;
    if (!freeMinimum()) {
      return false;
    }
    for (int c = 0; c < bounds; c++) {
      if (low[c] == high[c] && !takeUp(c, value(c) <= low[c])) {
        return false;
      }
    }
    for (int n = 0; n < 10 * bounds + 100; n++) {
      int c = mostViolated();
      if (c < 0) {
        return true;
      }
      if (!takeUp(c, value(c) < low[c])) {
        return false;
      }
    }
    return false;
  }

  private boolean freeMinimum() {
    if (!cholesky.decompose(hessian)) {
      return false;
    }
    TriangularSolver_DDRM.invertLower(hessian.data, basis.data, k);
    double[] inverse = basis.data;
    Arrays.fill(t, 0, k, 0);
    for (int i = 0; i < k; i++) {
      double sum = 0;
      for (int j = 0; j <= i; j++) {
        sum += inverse[i * k + j] * gradient[j];
      }
      for (int j = 0; j <= i; j++) {
        t[j] -= inverse[i * k + j] * sum;
      }
      Arrays.fill(inverse, i * k + i + 1, (i + 1) * k, 0);
    }
    return true;
  }

  private double value(int c) {
    if (c < k) {
      return t[c];
    }
    double sum = 0;
    for (int j = 0, at = (c - k) * k; j < k; j++) {
      sum += rows[at + j] * t[j];
    }
    return sum;
  }

  private int mostViolated() {
    double worst = tolerance;
    int best = -1;
    for (int c = 0; c < bounds; c++) {
      if (side[c] == 0) {
        double value = value(c);
        double violation = Math.max(low[c] - value, value - high[c]);
        if (violation > worst) {
          worst = violation;
          best = c;
        }
      }
    }
    return best;
  }

  /** Brings t to a bound, letting go of others that no longer hold it back. */
  private boolean takeUp(int c, boolean below) {
    own = 0;
    missing = below ? low[c] - value(c) : value(c) - high[c];
    while (true) {
      project(c, below ? 1 : -1);
      double size = 0;
      double free = 0;
      for (int i = 0; i < k; i++) {
        size += d[i] * d[i];
        free += i < active ? 0 : d[i] * d[i];
      }
      int first = firstToGo();
      double most = first < 0 ? Double.POSITIVE_INFINITY : multiplier[first] / r[first];
      boolean depends = !(free > DEPENDENT * size);
      double needed = depends ? Double.POSITIVE_INFINITY : missing / free;
      if (depends && first < 0) {
        return missing <= tolerance; // then it holds without being taken up
      }
      step(Math.min(needed, most), depends ? 0 : free);
      if (needed <= most) {
        add(c, below);
        return true;
      }
      drop(first);
    }
  }

  /** The bound in terms of the basis, and what it asks of the multipliers of the active ones. */
  private void project(int c, double sign) {
    double[] b = basis.data;
    for (int i = 0; i < k; i++) {
      double sum = 0;
      if (c < k) {
        sum = b[i * k + c];
      } else {
        for (int j = 0, at = (c - k) * k; j < k; j++) {
          sum += b[i * k + j] * rows[at + j];
        }
      }
      d[i] = sign * sum;
    }
    for (int i = active - 1; i >= 0; i--) {
      double sum = d[i];
      for (int j = i + 1; j < active; j++) {
        sum -= triangle[i * k + j] * r[j];
      }
      r[i] = sum / triangle[i * k + i];
    }
  }

  /** The active bound whose multiplier is the first to reach 0, -1 if none does. */
  private int firstToGo() {
    int best = -1;
    for (int a = 0; a < active; a++) {
      int c = activeBound[a];
      if (r[a] > DEPENDENT
          && low[c] < high[c]
          && (best < 0 || multiplier[a] * r[best] < multiplier[best] * r[a])) {
        best = a;
      }
    }
    return best;
  }

  private void step(double length, double free) {
    if (free > 0) {
      Arrays.fill(move, 0, k, 0);
      for (int i = active; i < k; i++) {
        for (int j = 0; j < k; j++) {
          move[j] += d[i] * basis.data[i * k + j];
        }
      }
      for (int j = 0; j < k; j++) {
        t[j] += length * move[j];
      }
      missing -= length * free;
    }
    for (int a = 0; a < active; a++) {
      multiplier[a] -= length * r[a];
    }
    own += length;
  }

  private void add(int c, boolean below) {
    for (int i = k - 1; i > active; i--) {
      if (d[i] != 0) {
        double norm = Math.hypot(d[i - 1], d[i]);
        rotate(basis.data, i - 1, 0, d[i - 1] / norm, d[i] / norm);
        d[i - 1] = norm;
        d[i] = 0;
      }
    }
    for (int i = 0; i <= active; i++) {
      triangle[i * k + active] = d[i];
    }
    activeBound[active] = c;
    multiplier[active] = own;
    side[c] = (byte) (below ? -1 : 1);
    active++;
  }

  private void drop(int a) {
    side[activeBound[a]] = 0;
    for (int j = a; j + 1 < active; j++) {
      activeBound[j] = activeBound[j + 1];
      multiplier[j] = multiplier[j + 1];
      for (int i = 0; i <= j + 1; i++) {
        triangle[i * k + j] = triangle[i * k + j + 1];
      }
    }
    active--;
    for (int j = a; j < active; j++) {
      double upper = triangle[j * k + j];
      double lower = triangle[(j + 1) * k + j];
      double norm = Math.hypot(upper, lower);
      rotate(triangle, j, j, upper / norm, lower / norm);
      rotate(basis.data, j, 0, upper / norm, lower / norm);
      triangle[(j + 1) * k + j] = 0;
    }
  }

  /** Turns rows i and i + 1 of a [k, k] matrix against each other, from a column on. */
  private void rotate(double[] matrix, int i, int from, double cosine, double sine) {
    int upper = i * k;
    int lower = upper + k;
    for (int j = from; j < k; j++) {
      double above = matrix[upper + j];
      double below = matrix[lower + j];
      matrix[upper + j] = cosine * above + sine * below;
      matrix[lower + j] = cosine * below - sine * above;
    }
  }
}
