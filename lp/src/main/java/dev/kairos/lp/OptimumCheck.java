// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

/** Whether a point is feasible and its multipliers prove that none is better. */
final class OptimumCheck {
  /** The part of the sum of terms that an objective may be wrong by, of the tolerance. */
  private static final double CANCELLED = 1e-6;

  private final LinearProgram lp;
  private final Scaling units;
  private final Tolerances tolerances;

  OptimumCheck(LinearProgram lp, Scaling units, Tolerances tolerances) {
    this.lp = lp;
    this.units = units;
    this.tolerances = tolerances;
  }

  Certificate of(LpResult.Optimal optimal) {
    double[] x = optimal.x();
    double[] y = optimal.duals();
    Certificate.requireLength("duals", y, lp.rows());
    double[] activity = lp.activity(x);
    double[] size = termSizes(lp, x);
    Violation primal = primal(lp, units, x, activity, size);
    CompensatedSum dualObjective = new CompensatedSum();
    CompensatedSum objective = new CompensatedSum();
    Violation dual = new Violation();
    for (int i = 0; i < y.length; i++) {
      double unit = units.rowUnit(i) + size[i];
      multiplier(
          dual, y[i], units.multiplierUnit(i), activity[i], lp.rowLower(i), lp.rowUpper(i), unit);
      addTerm(dualObjective, y[i], lp.rowLower(i), lp.rowUpper(i));
    }
    for (int j = 0; j < x.length; j++) {
      double d = lp.cost(j) - lp.dot(j, y);
      double unit = units.costUnit(j) + Math.abs(lp.cost(j)) + lp.largestTerm(j, y);
      multiplier(dual, d, unit, x[j], lp.lower(j), lp.upper(j), units.columnUnit(j));
      addTerm(dualObjective, d, lp.lower(j), lp.upper(j));
      objective.add(lp.cost(j) * x[j]);
    }
    double best = dualObjective.value();
    double terms = Math.max(objective.size(), dualObjective.size());
    double scale = units.objectiveUnit() + Math.abs(best) + CANCELLED * terms;
    double margin = Math.abs(objective.value() - best);
    double said = Math.abs(objective.value() + lp.offset() - optimal.objective());
    String finding = finding(primal, dual, margin / scale, said / (scale + Math.abs(lp.offset())));
    return new Certificate(
        finding.isEmpty(),
        primal.relative(),
        dual.relative(),
        margin / scale,
        primal.absolute(),
        dual.absolute(),
        margin,
        0,
        finding);
  }

  private String finding(Violation primal, Violation dual, double gap, double claim) {
    double most = tolerances.check();
    if (!(primal.relative() <= tolerances.miss())) {
      return Certificate.said("a row or bound is violated by %.3g", primal.absolute());
    }
    if (!(dual.relative() <= most)) {
      return Certificate.said(
          "a multiplier has the wrong sign or no bound by %.3g", dual.absolute());
    }
    if (!(gap <= most)) {
      return Certificate.said("primal and dual objective differ by %.3g", gap);
    }
    if (!(claim <= most)) {
      return Certificate.said("the objective is not that of the point, by %.3g", claim);
    }
    return "";
  }

  /** How far a point is outside rows and bounds; NaN if it holds one. */
  static Violation primal(
      LinearProgram lp, Scaling units, double[] x, double[] activity, double[] size) {
    Violation worst = new Violation();
    for (int i = 0; i < activity.length; i++) {
      worst.outside(activity[i], lp.rowLower(i), lp.rowUpper(i), units.rowUnit(i) + size[i]);
    }
    for (int j = 0; j < x.length; j++) {
      worst.outside(x[j], lp.lower(j), lp.upper(j), units.columnUnit(j));
    }
    return worst;
  }

  /** How far a multiplier and the distance to the bound it belongs to are both not zero. */
  private static void multiplier(
      Violation worst,
      double d,
      double unit,
      double value,
      double lower,
      double upper,
      double valueUnit) {
    double bound = d > 0 ? lower : upper;
    double distance = Math.abs(value - bound) / (valueUnit + Math.abs(bound));
    if (Double.isInfinite(bound) || !(distance <= Math.abs(d) / unit)) {
      worst.add(Math.abs(d), unit);
    } else {
      worst.add(distance * unit, unit);
    }
  }

  private static void addTerm(CompensatedSum sum, double d, double lower, double upper) {
    double bound = d > 0 ? lower : upper;
    if (d != 0 && !Double.isInfinite(bound)) {
      sum.add(d * bound);
    }
  }

  /** The largest |a_ij x_j| of each row. */
  static double[] termSizes(LinearProgram lp, double[] x) {
    double[] size = new double[lp.rows()];
    for (int j = 0; j < x.length; j++) {
      for (int k = lp.start(j); k < lp.start(j + 1); k++) {
        int i = lp.entryRow(k);
        size[i] = Math.max(size[i], Math.abs(lp.entryValue(k) * x[j]));
      }
    }
    return size;
  }
}
