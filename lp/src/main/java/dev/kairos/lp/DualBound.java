// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

/**
 * What row multipliers say of the objective before there is an optimum: no feasible point has less.
 */
public final class DualBound {
  private DualBound() {}

  /**
   * The bound {@code c0 + sum y+ L - y- U + sum d+ l - d- u} with {@code d = c - A'y}, less what
   * rounding could have made of it. Multipliers of sides that are infinite count as zero; where a
   * column lacks the bound that {@code d} needs, what the rows imply takes its place.
   *
   * @param y any row multipliers [m]
   * @return negative infinity where the multipliers say nothing
   */
  public static double of(LinearProgram lp, double[] y) {
    Certificate.requireLength("multipliers", y, lp.rows());
    double[] used = y.clone();
    CompensatedSum bound = new CompensatedSum();
    bound.add(lp.offset());
    double rounding = 0;
    for (int i = 0; i < used.length; i++) {
      double side = used[i] > 0 ? lp.rowLower(i) : lp.rowUpper(i);
      if (Double.isInfinite(side) || used[i] == 0) {
        used[i] = 0;
      } else {
        bound.add(used[i] * side);
        rounding += Rounding.of(1, Math.abs(used[i] * side));
      }
    }
    ImpliedBounds reach = new ImpliedBounds(lp);
    for (int j = 0; j < lp.columns(); j++) {
      double d = lp.cost(j) - lp.dot(j, used);
      double terms = Math.abs(lp.cost(j)) + lp.sumOfTerms(j, used);
      double noise = Rounding.of(lp.start(j + 1) - lp.start(j) + 1, terms);
      double side = d > 0 ? reach.lower[j] : reach.upper[j];
      if (!Double.isInfinite(side)) {
        bound.add(d * side);
        rounding += noise * Math.max(finite(reach.lower[j]), finite(reach.upper[j]));
      } else if (!(Math.abs(d) <= noise)) { // also if it is NaN
        return Double.NEGATIVE_INFINITY;
      }
    }
    double value = bound.value() - rounding - Rounding.of(1, bound.size());
    return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
  }

  private static double finite(double bound) {
    return Double.isInfinite(bound) ? 0 : Math.abs(bound);
  }
}
