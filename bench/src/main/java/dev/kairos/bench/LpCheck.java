// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.lp.LinearProgram;

/** Whether what a library calls optimal is even allowed. */
final class LpCheck {
  private LpCheck() {}

  /**
   * The objective at a point; not a number if there is no point, or if it breaks a bound by more
   * than the tolerance, relative to one plus the largest term.
   */
  static double objective(LinearProgram program, double[] point, double tolerance) {
    if (point.length != program.columns()) {
      return Double.NaN;
    }
    double[] largest = new double[program.rows()];
    for (int j = 0; j < point.length; j++) {
      if (!within(
          point[j], program.lower(j), program.upper(j), tolerance * (1 + Math.abs(point[j])))) {
        return Double.NaN;
      }
      for (int k = program.start(j); k < program.start(j + 1); k++) {
        int row = program.entryRow(k);
        largest[row] = Math.max(largest[row], Math.abs(program.entryValue(k) * point[j]));
      }
    }
    double[] activity = program.activity(point);
    for (int i = 0; i < activity.length; i++) {
      if (!within(
          activity[i], program.rowLower(i), program.rowUpper(i), tolerance * (1 + largest[i]))) {
        return Double.NaN;
      }
    }
    return program.objective(point);
  }

  private static boolean within(double value, double lower, double upper, double slack) {
    return value >= lower - slack && value <= upper + slack;
  }
}
