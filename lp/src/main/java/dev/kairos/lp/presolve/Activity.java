// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.presolve;

/** Between which values the activity of a row lies, by the bounds of its columns. */
final class Activity {
  double least;
  double greatest;

  /** The activity of a row without one of its columns, or of all with {@code except} -1. */
  void of(WorkingProgram p, int row, int except) {
    least = 0;
    greatest = 0;
    for (int e = p.rowStart[row]; e < p.rowStart[row + 1]; e++) {
      int j = p.columnOf[e];
      if (!p.columnGone[j] && j != except) {
        double v = p.rowValue[e];
        least += v * (v > 0 ? p.lower[j] : p.upper[j]);
        greatest += v * (v > 0 ? p.upper[j] : p.lower[j]);
      }
    }
  }
}
