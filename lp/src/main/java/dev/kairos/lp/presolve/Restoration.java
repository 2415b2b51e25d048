// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.presolve;

import dev.kairos.lp.Basis;
import dev.kairos.lp.BasisStatus;
import dev.kairos.lp.LpResult;
import java.util.Arrays;

/** An answer while it grows from that of the small program to that of the whole one. */
final class Restoration {
  final double[] x;
  final double[] y;
  final double[] d;
  final BasisStatus[] columnStatus;
  final BasisStatus[] rowStatus;

  private final WorkingProgram program;

  Restoration(WorkingProgram program) {
    this.program = program;
    x = new double[program.columns];
    y = new double[program.rows];
    d = new double[program.columns];
    columnStatus = new BasisStatus[program.columns];
    rowStatus = new BasisStatus[program.rows];
    Arrays.fill(columnStatus, BasisStatus.AT_LOWER);
    Arrays.fill(rowStatus, BasisStatus.BASIC);
  }

  /** Puts the answer of the small program in its places. */
  void begin(LpResult.Optimal small, int[] columnOf, int[] rowOf) {
    double[] smallX = small.x();
    double[] smallY = small.duals();
    for (int i = 0; i < rowOf.length; i++) {
      y[rowOf[i]] = smallY[i];
      rowStatus[rowOf[i]] = small.basis().row(i);
    }
    for (int j = 0; j < columnOf.length; j++) {
      int whole = columnOf[j];
      x[whole] = smallX[j];
      columnStatus[whole] = small.basis().column(j);
      boolean basic = columnStatus[whole] == BasisStatus.BASIC;
      d[whole] = basic ? 0 : program.cost[whole] - dot(whole);
    }
  }

  /** A column of A times the multipliers so far. */
  double dot(int column) {
    double sum = 0;
    for (int k = program.start[column]; k < program.start[column + 1]; k++) {
      sum += program.value[k] * y[program.rowOf[k]];
    }
    return sum;
  }

  /** The activity of a row without a column. */
  double activityWithout(int row, int column) {
    double sum = 0;
    for (int e = program.rowStart[row]; e < program.rowStart[row + 1]; e++) {
      if (program.columnOf[e] != column) {
        sum += program.rowValue[e] * x[program.columnOf[e]];
      }
    }
    return sum;
  }

  Basis basis() {
    return new Basis(columnStatus, rowStatus);
  }
}
