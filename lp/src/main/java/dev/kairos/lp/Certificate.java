// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

import java.util.Locale;

/**
 * The check of an answer against the original data. It trusts nothing but the vectors in the
 * answer.
 *
 * <p>An optimum needs, with {@code d = c - A'y}: rows and bounds met (each row relative to the size
 * of its terms); every multiplier of the sign its bound allows, none where the bound is infinite,
 * and small unless its bound is met; primal and dual objective equal. A proof of infeasibility
 * needs {@code lambda = sum y+ L - y- U} above {@code mu = sum r+ u - r- l}, {@code r = A'y}. A
 * proof of unboundedness needs a feasible point and a direction v with {@code c'v < 0} that moves
 * away from no finite bound.
 *
 * @param valid whether the answer is proved
 * @param primalResidual largest relative violation of a row or bound by the point; 0 without a
 *     point
 * @param dualResidual largest relative violation of a sign or of complementarity by the multipliers
 *     or the direction
 * @param gap relative difference of primal and dual objective; for a proof of infeasibility the
 *     relative amount by which it wins, for unboundedness the relative fall of the objective
 * @param finding what is wrong in words, or empty
 */
public record Certificate(
    boolean valid, double primalResidual, double dualResidual, double gap, String finding) {
  /** A multiplier of this size, relative to its terms, counts as zero where it has to be. */
  private static final double NOTHING = 1e-9;

  /** {@link #verify(LinearProgram, LpResult, Tolerances)} with the default tolerances. */
  public static Certificate verify(LinearProgram lp, LpResult result) {
    return verify(lp, result, Tolerances.defaults());
  }

  /**
   * Checks an answer.
   *
   * @throws IllegalArgumentException if a vector of the answer has not the length of the program
   */
  public static Certificate verify(LinearProgram lp, LpResult result, Tolerances tolerances) {
    if (result instanceof LpResult.Optimal optimal) {
      return ofOptimum(lp, optimal, tolerances);
    }
    if (result instanceof LpResult.Infeasible infeasible) {
      return ofFarkas(lp, infeasible.ray(), tolerances);
    }
    if (result instanceof LpResult.Unbounded unbounded) {
      return ofRay(lp, unbounded, tolerances);
    }
    return new Certificate(false, 0, 0, 0, "nothing was claimed");
  }

  private static Certificate ofOptimum(LinearProgram lp, LpResult.Optimal optimal, Tolerances t) {
    double[] x = optimal.x();
    double[] y = optimal.duals();
    requireLength("duals", y, lp.rows());
    double[] activity = lp.activity(x);
    double[] size = termSizes(lp, x);
    double primal = primalResidual(lp, x, activity, size);
    CompensatedSum dualObjective = new CompensatedSum();
    CompensatedSum objective = new CompensatedSum();
    dualObjective.add(lp.offset());
    objective.add(lp.offset());
    double dual = 0;
    for (int i = 0; i < y.length; i++) {
      double scale = 1 + size[i];
      dual = worst(dual, multiplier(y[i], 1, activity[i], lp.rowLower(i), lp.rowUpper(i), scale));
      addTerm(dualObjective, y[i], lp.rowLower(i), lp.rowUpper(i));
    }
    for (int j = 0; j < x.length; j++) {
      double d = lp.cost(j) - lp.dot(j, y);
      dual =
          worst(dual, multiplier(d, 1 + Math.abs(lp.cost(j)), x[j], lp.lower(j), lp.upper(j), 1));
      addTerm(dualObjective, d, lp.lower(j), lp.upper(j));
      objective.add(lp.cost(j) * x[j]);
    }
    double best = dualObjective.value();
    double gap = Math.abs(objective.value() - best) / (1 + Math.abs(best));
    double claim = Math.abs(objective.value() - optimal.objective()) / (1 + Math.abs(best));
    String finding = "";
    if (!(primal <= t.check())) {
      finding = said("a row or bound is violated by %.3g", primal);
    } else if (!(dual <= t.check())) {
      finding = said("a multiplier has the wrong sign or no bound by %.3g", dual);
    } else if (!(gap <= t.check())) {
      finding = said("primal and dual objective differ by %.3g", gap);
    } else if (!(claim <= t.check())) {
      finding = said("the objective is not that of the point, by %.3g", claim);
    }
    return new Certificate(finding.isEmpty(), primal, dual, gap, finding);
  }

  /** The largest violation of a row or bound, each relative to its size; NaN if x holds one. */
  private static double primalResidual(
      LinearProgram lp, double[] x, double[] activity, double[] size) {
    double worst = 0;
    for (int i = 0; i < activity.length; i++) {
      worst = worst(worst, outside(activity[i], lp.rowLower(i), lp.rowUpper(i), size[i]));
    }
    for (int j = 0; j < x.length; j++) {
      worst = worst(worst, outside(x[j], lp.lower(j), lp.upper(j), 0));
    }
    return worst;
  }

  private static double outside(double value, double lower, double upper, double size) {
    if (value < lower) {
      return (lower - value) / (1 + Math.abs(lower) + size);
    }
    if (value > upper) {
      return (value - upper) / (1 + Math.abs(upper) + size);
    }
    return Double.isNaN(value) ? value : 0;
  }

  /** How far a multiplier and the distance to the bound it belongs to are both not zero. */
  private static double multiplier(
      double d, double dScale, double value, double lower, double upper, double scale) {
    double bound = d > 0 ? lower : upper;
    double size = Math.abs(d) / dScale;
    if (Double.isInfinite(bound)) {
      return size;
    }
    double distance = Math.abs(value - bound) / (scale + Math.abs(bound));
    return distance <= size ? distance : size;
  }

  private static void addTerm(CompensatedSum sum, double d, double lower, double upper) {
    double bound = d > 0 ? lower : upper;
    if (d != 0 && !Double.isInfinite(bound)) {
      sum.add(d * bound);
    }
  }

  private static Certificate ofFarkas(LinearProgram lp, double[] ray, Tolerances t) {
    requireLength("ray", ray, lp.rows());
    if (crossed(lp)) {
      return new Certificate(true, 0, 0, 1, "");
    }
    double[] y = scaled(ray);
    double dual = 0;
    CompensatedSum lead = new CompensatedSum();
    for (int i = 0; i < y.length; i++) {
      double bound = y[i] > 0 ? lp.rowLower(i) : lp.rowUpper(i);
      if (Double.isInfinite(bound)) {
        dual = worst(dual, Math.abs(y[i]));
        y[i] = 0;
      } else {
        lead.add(y[i] * bound);
      }
    }
    for (int j = 0; j < lp.columns(); j++) {
      double r = lp.dot(j, y);
      double bound = r > 0 ? lp.upper(j) : lp.lower(j);
      if (Double.isInfinite(bound)) {
        dual = worst(dual, Math.abs(r) / (1 + largestTerm(lp, j, y)));
      } else {
        lead.add(-r * bound);
      }
    }
    double margin = lead.size() == 0 ? 0 : lead.value() / lead.size();
    String finding = "";
    if (!(dual <= NOTHING)) {
      finding = said("a multiplier meets an infinite bound: %.3g", dual);
    } else if (!(margin > t.farkas())) {
      finding = said("the combined row is met, by %.3g", margin);
    }
    return new Certificate(finding.isEmpty(), 0, dual, margin, finding);
  }

  private static Certificate ofRay(LinearProgram lp, LpResult.Unbounded answer, Tolerances t) {
    double[] x = answer.point();
    double primal = primalResidual(lp, x, lp.activity(x), termSizes(lp, x));
    double[] v = scaled(answer.ray());
    double[] slope = lp.activity(v);
    double[] size = termSizes(lp, v);
    double away = 0;
    for (int i = 0; i < slope.length; i++) {
      away = worst(away, leaving(slope[i], lp.rowLower(i), lp.rowUpper(i)) / (1 + size[i]));
    }
    CompensatedSum fall = new CompensatedSum();
    for (int j = 0; j < v.length; j++) {
      away = worst(away, leaving(v[j], lp.lower(j), lp.upper(j)));
      fall.add(-lp.cost(j) * v[j]);
    }
    double margin = fall.size() == 0 ? 0 : fall.value() / fall.size();
    String finding = "";
    if (!(primal <= t.check())) {
      finding = said("the point violates a row or bound by %.3g", primal);
    } else if (!(away <= NOTHING)) {
      finding = said("the direction leaves a finite bound by %.3g", away);
    } else if (!(margin > t.farkas())) {
      finding = said("the objective does not fall: %.3g", margin);
    }
    return new Certificate(finding.isEmpty(), primal, away, margin, finding);
  }

  private static double leaving(double slope, double lower, double upper) {
    if (slope < 0 && lower != Double.NEGATIVE_INFINITY) {
      return -slope;
    }
    if (slope > 0 && upper != Double.POSITIVE_INFINITY) {
      return slope;
    }
    return Double.isNaN(slope) ? slope : 0;
  }

  private static boolean crossed(LinearProgram lp) {
    for (int i = 0; i < lp.rows(); i++) {
      if (lp.rowLower(i) > lp.rowUpper(i)) {
        return true;
      }
    }
    for (int j = 0; j < lp.columns(); j++) {
      if (lp.lower(j) > lp.upper(j)) {
        return true;
      }
    }
    return false;
  }

  /** The largest |a_ij x_j| of each row. */
  private static double[] termSizes(LinearProgram lp, double[] x) {
    double[] size = new double[lp.rows()];
    for (int j = 0; j < x.length; j++) {
      for (int k = lp.start(j); k < lp.start(j + 1); k++) {
        int i = lp.entryRow(k);
        size[i] = Math.max(size[i], Math.abs(lp.entryValue(k) * x[j]));
      }
    }
    return size;
  }

  private static double largestTerm(LinearProgram lp, int column, double[] y) {
    double largest = 0;
    for (int k = lp.start(column); k < lp.start(column + 1); k++) {
      largest = Math.max(largest, Math.abs(lp.entryValue(k) * y[lp.entryRow(k)]));
    }
    return largest;
  }

  private static double[] scaled(double[] vector) {
    double largest = 0;
    for (double each : vector) {
      largest = worst(largest, Math.abs(each));
    }
    double[] out = vector.clone();
    if (largest > 0) {
      for (int i = 0; i < out.length; i++) {
        out[i] /= largest;
      }
    }
    return out;
  }

  /** The larger one, and NaN once there was one. */
  private static double worst(double soFar, double next) {
    return next > soFar || Double.isNaN(next) ? next : soFar;
  }

  private static String said(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static void requireLength(String what, double[] vector, int length) {
    if (vector.length != length) {
      throw new IllegalArgumentException(
          what + " has " + vector.length + " values, the program has " + length);
    }
  }
}
