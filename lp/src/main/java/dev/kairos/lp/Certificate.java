// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

import java.util.Locale;

/**
 * The result of checking an answer against the original data. It trusts nothing but the vectors in
 * the answer.
 *
 * <p>An optimum needs, with {@code d = c - A'y}: rows and bounds met; every multiplier of the sign
 * its bound allows, none where the bound is infinite, and small unless its bound is met; primal and
 * dual objective equal. Each is measured relative to the size of the terms that make it up, or to
 * the unit of its row, column or costs where these are smaller ({@link Scaling}), so the units of
 * the program do not matter.
 *
 * <p>A proof of infeasibility needs {@code lambda = sum y+ L - y- U} above {@code mu = sum r+ u -
 * r- l}, {@code r = A'y}. A proof of unboundedness needs a feasible point and a direction v with
 * {@code c'v < 0} that moves away from no finite bound. Both must win by more than the rounding of
 * the data and of the sums could make, a bound computed from the terms that are added.
 *
 * @param valid whether the answer is proved
 * @param primalResidual largest violation of a row or bound by the point, relative; 0 without a
 *     point
 * @param dualResidual largest violation of a sign or of complementarity by the multipliers or the
 *     direction, relative
 * @param gap relative difference of primal and dual objective; for a proof of infeasibility the
 *     relative amount by which it wins, for unboundedness the relative fall of the objective
 * @param primalViolation largest violation of a row or bound by the point, as it is
 * @param dualViolation largest violation by the multipliers or the direction, as it is
 * @param margin what {@code gap} is relative to nothing: the difference of the objectives, or by
 *     how much the proof wins with its largest number made 1
 * @param rounding how much of the margin of a proof rounding could have made; 0 for an optimum
 * @param finding what is wrong in words, or empty
 */
public record Certificate(
    boolean valid,
    double primalResidual,
    double dualResidual,
    double gap,
    double primalViolation,
    double dualViolation,
    double margin,
    double rounding,
    String finding) {

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
    Scaling units = Scaling.of(lp);
    if (result instanceof LpResult.Optimal optimal) {
      return new OptimumCheck(lp, units, tolerances).of(optimal);
    }
    if (result instanceof LpResult.Infeasible infeasible) {
      return new FarkasCheck(lp, units).of(infeasible.ray());
    }
    if (result instanceof LpResult.Unbounded unbounded) {
      return new RayCheck(lp, units, tolerances).of(unbounded);
    }
    return new Certificate(false, 0, 0, 0, 0, 0, 0, 0, "nothing was claimed");
  }

  static String said(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  static void requireLength(String what, double[] vector, int length) {
    if (vector.length != length) {
      throw new IllegalArgumentException(
          what + " has " + vector.length + " values, the program has " + length);
    }
  }
}
