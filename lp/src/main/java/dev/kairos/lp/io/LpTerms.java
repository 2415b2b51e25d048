// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;

/** One side of a row, or the objective: terms as they stand, and the sum of the constants. */
final class LpTerms {
  final IntArrayList column = new IntArrayList();
  final DoubleArrayList coefficient = new DoubleArrayList();
  double constant;

  boolean constantOnly() {
    return column.isEmpty();
  }

  void add(int j, double value) {
    column.add(j);
    coefficient.add(value);
  }

  /** Takes the terms of another side over; constants stay where they are. */
  void subtractTerms(LpTerms other) {
    for (int k = 0; k < other.column.size(); k++) {
      add(other.column.getInt(k), -other.coefficient.getDouble(k));
    }
  }
}
