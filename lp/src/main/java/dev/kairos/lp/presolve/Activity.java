// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.presolve;

/** Between which values the activity of a row lies, by the bounds of its columns. */
final class Activity {
  double least;
  double greatest;

  /** The sum of the absolute terms behind the least activity. */
  double leastSize;

  /** The sum of the absolute terms behind the greatest activity. */
  double greatestSize;

  /** The activity of a row without one of its columns, or of all with {@code except} -1. */
  void of(WorkingProgram p, int row, int except) {
    least = 0;
    greatest = 0;
    leastSize = 0;
    greatestSize = 0;
    for (int e = p.byRow.start[row]; e < p.byRow.end[row]; e++) {
      int j = p.byRow.index[e];
      if (!p.columnGone[j] && j != except) {
        double v = p.byRow.value[e];
        double low = v * (v > 0 ? p.lower[j] : p.upper[j]);
        double high = v * (v > 0 ? p.upper[j] : p.lower[j]);
        least += low;
        greatest += high;
        leastSize += Math.abs(low);
        greatestSize += Math.abs(high);
      }
    }
  }
}
