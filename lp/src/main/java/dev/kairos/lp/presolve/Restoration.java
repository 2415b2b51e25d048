// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.presolve;

import dev.kairos.lp.Basis;
import dev.kairos.lp.BasisStatus;
import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LpResult;
import java.util.Arrays;

/** An answer while it grows from that of the small program to that of the whole one. */
final class Restoration {
  final double[] x;
  final double[] y;
  final double[] d;
  final BasisStatus[] columnStatus;
  final BasisStatus[] rowStatus;

  /** An answer for so many rows and columns, all zero. */
  Restoration(int rows, int columns) {
    x = new double[columns];
    y = new double[rows];
    d = new double[columns];
    columnStatus = new BasisStatus[columns];
    rowStatus = new BasisStatus[rows];
    Arrays.fill(columnStatus, BasisStatus.AT_LOWER);
    Arrays.fill(rowStatus, BasisStatus.BASIC);
  }

  /** Puts the answer of the small program in its places. */
  void begin(LpResult.Optimal small, LinearProgram reduced, int[] columnOf, int[] rowOf) {
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
      d[whole] = basic ? 0 : reduced.cost(j) - reduced.dot(j, smallY);
    }
  }

  Basis basis() {
    return new Basis(columnStatus, rowStatus);
  }
}
