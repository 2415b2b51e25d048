// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import dev.kairos.lp.Certificate;
import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LpResult;
import dev.kairos.lp.Scaling;

/**
 * What follows an optimum within tolerance: its point may still miss a row by more than rounding
 * could make, and the program be infeasible by so little. The dual method goes on from its basis
 * with nothing allowed but rounding, to a better point or to a proof that none is feasible.
 */
final class Sharpening {
  /** Of the size of the terms; what is less is rounding. */
  static final double ROUNDING = 5e-14;

  /** Terms count as this large at least, in scaled units. */
  static final double LEAST_SIZE = 1e-6;

  private static final int FEWEST_ITERATIONS = 100;

  private final LinearProgram lp;
  private final SimplexOptions options;
  private final Limits limits;

  Sharpening(LinearProgram lp, SimplexOptions options, Limits limits) {
    this.lp = lp;
    this.options = options;
    this.limits = limits;
  }

  /** The optimum, a better one, or the proof that there is none. */
  LpResult apply(LpResult.Optimal found) {
    Scaling scaling = options.scaling() ? Scaling.of(lp) : Scaling.none(lp);
    if (!misses(found.x(), scaling)) {
      return found;
    }
    ScaledProgram program = new ScaledProgram(lp, scaling);
    Attempt attempt = new Attempt(lp, program, options, limits, 0);
    LpResult other = attempt.sharpen(found.basis(), FEWEST_ITERATIONS + lp.rows() / 2);
    return better(other, found) ? other : found;
  }

  private boolean better(LpResult other, LpResult.Optimal found) {
    Certificate check = Certificate.verify(lp, other, options.tolerances());
    return check.valid()
        && (other instanceof LpResult.Infeasible
            || check.primalResidual()
                < Certificate.verify(lp, found, options.tolerances()).primalResidual());
  }

  private boolean misses(double[] x, Scaling scaling) {
    double[] activity = lp.activity(x);
    double[] size = new double[lp.rows()];
    boolean misses = false;
    for (int j = 0; j < x.length; j++) {
      double least = LEAST_SIZE * scaling.column(j) / scaling.bound();
      misses |= outside(x[j], lp.lower(j), lp.upper(j), least);
      for (int k = lp.start(j); k < lp.start(j + 1); k++) {
        int i = lp.entryRow(k);
        size[i] = Math.max(size[i], Math.abs(lp.entryValue(k) * x[j]));
      }
    }
    for (int i = 0; i < size.length && !misses; i++) {
      double least = LEAST_SIZE / scaling.row(i) / scaling.bound();
      misses = outside(activity[i], lp.rowLower(i), lp.rowUpper(i), least + size[i]);
    }
    return misses;
  }

  private static boolean outside(double value, double lower, double upper, double size) {
    return lower - value > 2 * ROUNDING * (size + Math.abs(lower))
        || value - upper > 2 * ROUNDING * (size + Math.abs(upper));
  }
}
