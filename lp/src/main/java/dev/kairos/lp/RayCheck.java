// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

/** Whether the objective falls for ever from a feasible point along a direction. */
final class RayCheck {
  /** A slope of this size, relative to its terms, counts as zero where it has to be. */
  private static final double NOTHING = 1e-9;

  private final LinearProgram lp;
  private final Scaling units;
  private final Tolerances tolerances;

  RayCheck(LinearProgram lp, Scaling units, Tolerances tolerances) {
    this.lp = lp;
    this.units = units;
    this.tolerances = tolerances;
  }

  Certificate of(LpResult.Unbounded answer) {
    double[] x = answer.point();
    Violation primal =
        OptimumCheck.primal(lp, units, x, lp.activity(x), OptimumCheck.termSizes(lp, x));
    double[] v = inUnits(answer.ray());
    double[] slope = lp.activity(v);
    double[] size = OptimumCheck.termSizes(lp, v);
    Violation away = new Violation();
    for (int i = 0; i < slope.length; i++) {
      leaving(away, slope[i], lp.rowLower(i), lp.rowUpper(i), units.rowUnit(i) + size[i]);
    }
    CompensatedSum fall = new CompensatedSum();
    for (int j = 0; j < v.length; j++) {
      leaving(away, v[j], lp.lower(j), lp.upper(j), units.columnUnit(j));
      fall.add(-lp.cost(j) * v[j]);
    }
    double margin = fall.value();
    double rounding = Rounding.of(v.length, fall.size());
    String finding = "";
    if (!(primal.relative() <= tolerances.miss())) {
      finding = Certificate.said("the point violates a row or bound by %.3g", primal.absolute());
    } else if (!(away.relative() <= NOTHING)) {
      finding = Certificate.said("the direction leaves a finite bound by %.3g", away.absolute());
    } else if (!(margin > Math.max(rounding, NOTHING * fall.size()))) {
      finding = Certificate.said("the objective does not fall: %.3g", margin);
    }
    return new Certificate(
        finding.isEmpty(),
        primal.relative(),
        away.relative(),
        fall.size() == 0 ? 0 : margin / fall.size(),
        primal.absolute(),
        away.absolute(),
        margin,
        rounding,
        finding);
  }

  /** A direction whose longest step is one unit of its column. */
  private double[] inUnits(double[] ray) {
    double[] v = ray.clone();
    double largest = 0;
    for (int j = 0; j < v.length; j++) {
      double size = Math.abs(v[j]) / units.columnUnit(j);
      largest = size > largest || Double.isNaN(size) ? size : largest;
    }
    if (largest > 0) {
      for (int j = 0; j < v.length; j++) {
        v[j] /= largest;
      }
    }
    return v;
  }

  private static void leaving(
      Violation worst, double slope, double lower, double upper, double size) {
    boolean falls = slope < 0 && lower != Double.NEGATIVE_INFINITY;
    boolean rises = slope > 0 && upper != Double.POSITIVE_INFINITY;
    if (falls || rises || Double.isNaN(slope)) {
      worst.add(Math.abs(slope), size);
    }
  }
}
