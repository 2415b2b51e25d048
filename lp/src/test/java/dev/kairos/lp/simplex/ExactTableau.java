// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import dev.kairos.lp.LinearProgram;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Another method: the primal simplex on a full tableau in whole numbers (fraction-free pivots, so
 * nothing is ever rounded) with Bland's rule. Slow, short and shares nothing with the solver. All
 * data must be whole numbers.
 */
final class ExactTableau {
  enum Status {
    OPTIMAL,
    INFEASIBLE,
    UNBOUNDED
  }

  private final LinearProgram lp;
  private final List<BigInteger[]> rows = new ArrayList<>();
  private int width;
  private BigInteger[] cost = {};
  private BigInteger[] phaseOne = {};
  private int[] basic = {};
  private BigInteger denominator = BigInteger.ONE;
  private BigInteger constant;

  Status status = Status.OPTIMAL;

  ExactTableau(LinearProgram lp) {
    this.lp = lp;
    constant = whole(lp.offset());
  }

  /** The optimal objective. */
  double objective() {
    return new BigDecimal(constant.multiply(denominator).subtract(cost[width - 1]))
        .divide(new BigDecimal(denominator), MathContext.DECIMAL128)
        .doubleValue();
  }

  ExactTableau solve() {
    if (crossed()) {
      status = Status.INFEASIBLE;
      return this;
    }
    build();
    if (!minimize(phaseOne) || phaseOne[width - 1].signum() != 0) {
      status = Status.INFEASIBLE;
      return this;
    }
    dropArtificials();
    status = minimize(cost) ? Status.OPTIMAL : Status.UNBOUNDED;
    return this;
  }

  private boolean crossed() {
    for (int j = 0; j < lp.columns(); j++) {
      if (lp.lower(j) > lp.upper(j)) {
        return true;
      }
    }
    for (int i = 0; i < lp.rows(); i++) {
      if (lp.rowLower(i) > lp.rowUpper(i)) {
        return true;
      }
    }
    return false;
  }

  /** Standard form: minimise c'z, A z = b, z >= 0, with slacks and artificials. */
  private void build() {
    int n = lp.columns();
    // Each row: coefficients over x, right-hand side, and 1, -1 or 0 for its slack.
    List<double[]> dense = new ArrayList<>();
    double[][] a = new double[lp.rows()][n];
    for (int j = 0; j < n; j++) {
      for (int k = lp.start(j); k < lp.start(j + 1); k++) {
        a[lp.entryRow(k)][j] = lp.entryValue(k);
      }
    }
    for (int i = 0; i < lp.rows(); i++) {
      addRows(dense, a[i], lp.rowLower(i), lp.rowUpper(i));
    }
    for (int j = 0; j < n; j++) {
      if (!Double.isInfinite(lp.lower(j)) && !Double.isInfinite(lp.upper(j))) {
        double[] unit = new double[n];
        unit[j] = 1;
        addRows(dense, unit, Double.NEGATIVE_INFINITY, lp.upper(j));
      }
    }
    int free = 0;
    for (int j = 0; j < n; j++) {
      free += Double.isInfinite(lp.lower(j)) && Double.isInfinite(lp.upper(j)) ? 1 : 0;
    }
    int m = dense.size();
    width = n + free + m + m + 1;
    cost = zeros(width);
    phaseOne = zeros(width);
    basic = new int[m];
    double[] shift = new double[n];
    int[] sign = new int[n];
    int nextFree = n;
    for (int j = 0; j < n; j++) {
      sign[j] = Double.isInfinite(lp.lower(j)) && !Double.isInfinite(lp.upper(j)) ? -1 : 1;
      shift[j] = sign[j] < 0 ? lp.upper(j) : Double.isInfinite(lp.lower(j)) ? 0 : lp.lower(j);
      cost[j] = whole(sign[j] * lp.cost(j));
      constant = constant.add(whole(lp.cost(j)).multiply(whole(shift[j])));
    }
    for (int i = 0; i < m; i++) {
      double[] from = dense.get(i);
      BigInteger[] row = zeros(width);
      double b = from[n];
      for (int j = 0; j < n; j++) {
        row[j] = whole(sign[j] * from[j]);
        b -= from[j] * shift[j];
      }
      row[n + free + i] = whole(from[n + 1]);
      row[width - 1] = whole(b);
      rows.add(row);
    }
    for (int j = 0; j < n; j++) {
      if (Double.isInfinite(lp.lower(j)) && Double.isInfinite(lp.upper(j))) {
        for (BigInteger[] row : rows) {
          row[nextFree] = row[j].negate();
        }
        cost[nextFree++] = cost[j].negate();
      }
    }
    for (int i = 0; i < m; i++) {
      BigInteger[] row = rows.get(i);
      if (row[width - 1].signum() < 0) {
        for (int j = 0; j < width; j++) {
          row[j] = row[j].negate();
        }
      }
      int artificial = n + free + m + i;
      row[artificial] = BigInteger.ONE;
      basic[i] = artificial;
      for (int j = 0; j < width; j++) {
        if (j != artificial) {
          phaseOne[j] = phaseOne[j].subtract(row[j]);
        }
      }
    }
  }

  private static void addRows(List<double[]> dense, double[] a, double lower, double upper) {
    int n = a.length;
    if (lower == upper) {
      dense.add(row(a, n, lower, 0));
      return;
    }
    if (!Double.isInfinite(upper)) {
      dense.add(row(a, n, upper, 1));
    }
    if (!Double.isInfinite(lower)) {
      dense.add(row(a, n, lower, -1));
    }
  }

  private static double[] row(double[] a, int n, double b, double slack) {
    double[] row = Arrays.copyOf(a, n + 2);
    row[n] = b;
    row[n + 1] = slack;
    return row;
  }

  /** Basic artificials are zero now: pivots them out or leaves rows that say 0 = 0. */
  private void dropArtificials() {
    int real = width - 1 - rows.size();
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < real && basic[i] >= real; j++) {
        if (rows.get(i)[j].signum() != 0) {
          pivot(i, j);
        }
      }
    }
    for (BigInteger[] row : rows) {
      Arrays.fill(row, real, width - 1, BigInteger.ZERO);
    }
    Arrays.fill(cost, real, width - 1, BigInteger.ZERO);
  }

  /** Bland's rule; false if the objective falls for ever. */
  private boolean minimize(BigInteger[] objective) {
    while (true) {
      int q = 0;
      while (q < width - 1 && objective[q].signum() >= 0) {
        q++;
      }
      if (q == width - 1) {
        return true;
      }
      int r = -1;
      for (int i = 0; i < rows.size(); i++) {
        if (rows.get(i)[q].signum() > 0 && (r < 0 || before(i, r, q))) {
          r = i;
        }
      }
      if (r < 0) {
        return false;
      }
      pivot(r, q);
    }
  }

  private boolean before(int i, int r, int q) {
    BigInteger mine = rows.get(i)[width - 1].multiply(rows.get(r)[q]);
    BigInteger best = rows.get(r)[width - 1].multiply(rows.get(i)[q]);
    int order = mine.compareTo(best);
    return order < 0 || (order == 0 && basic[i] < basic[r]);
  }

  /** All rows share one positive denominator, which the pivot becomes. */
  private void pivot(int r, int q) {
    BigInteger[] row = rows.get(r);
    if (row[q].signum() < 0) {
      for (int j = 0; j < width; j++) {
        row[j] = row[j].negate();
      }
    }
    BigInteger pivot = row[q];
    for (int i = 0; i < rows.size(); i++) {
      if (i != r) {
        eliminate(rows.get(i), row, q, pivot);
      }
    }
    eliminate(cost, row, q, pivot);
    eliminate(phaseOne, row, q, pivot);
    denominator = pivot;
    basic[r] = q;
  }

  private void eliminate(BigInteger[] target, BigInteger[] row, int q, BigInteger pivot) {
    BigInteger factor = target[q];
    for (int j = 0; j < width; j++) {
      BigInteger v = target[j].multiply(pivot);
      if (factor.signum() != 0) {
        v = v.subtract(factor.multiply(row[j]));
      }
      target[j] = v.divide(denominator);
    }
  }

  private static BigInteger[] zeros(int n) {
    BigInteger[] out = new BigInteger[n];
    Arrays.fill(out, BigInteger.ZERO);
    return out;
  }

  private static BigInteger whole(double v) {
    if (v != Math.rint(v)) {
      throw new IllegalArgumentException("not a whole number: " + v);
    }
    return BigInteger.valueOf((long) v);
  }
}
