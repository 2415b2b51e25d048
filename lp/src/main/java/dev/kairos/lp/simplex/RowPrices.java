// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import dev.kairos.lp.factor.ColumnMatrix;
import dev.kairos.lp.factor.SparseVector;

/**
 * A row of the inverse times the matrix, by the rows that it reaches. What is fixed cannot enter
 * the basis and its reduced cost does not matter, so it is left out.
 */
final class RowPrices {
  /** Below this part of the rows the columns reached are listed on the way. */
  private static final double LISTED = 0.1;

  private static final double DROP = 1e-14;

  private final SimplexState state;

  RowPrices(SimplexState state) {
    this.state = state;
  }

  /** Puts {@code rho' [A I]} of the nonbasic variables into a vector. */
  void of(SparseVector rho, SparseVector out) {
    out.clear();
    if (rho.count < LISTED * state.rows) {
      priceListed(rho, out);
    } else {
      priceAll(rho, out);
    }
    for (int k = 0; k < rho.count; k++) {
      int i = rho.index[k];
      int logical = state.columns + i;
      if (enters(logical)) {
        out.put(logical, rho.value[i]);
      }
    }
  }

  private boolean enters(int j) {
    return state.place[j] != Place.BASIC && state.lower[j] != state.upper[j];
  }

  /** Lists the columns that the rows reach as it goes. */
  private void priceListed(SparseVector rho, SparseVector out) {
    ColumnMatrix byRow = state.program.byRow;
    double[] sum = out.value;
    int n = 0;
    for (int k = 0; k < rho.count; k++) {
      int i = rho.index[k];
      double times = rho.value[i];
      for (int e = byRow.start()[i]; e < byRow.start()[i + 1]; e++) {
        int j = byRow.index()[e];
        double before = sum[j];
        if (before == 0) {
          out.index[n++] = j;
        }
        double after = before + times * byRow.value()[e];
        sum[j] = after == 0 ? Double.MIN_NORMAL : after;
      }
    }
    int kept = 0;
    for (int k = 0; k < n; k++) {
      int j = out.index[k];
      if (Math.abs(sum[j]) < DROP || !enters(j)) {
        sum[j] = 0;
      } else {
        out.index[kept++] = j;
      }
    }
    out.count = kept;
  }

  /** For a row of the inverse that reaches most columns: lists them at the end. */
  private void priceAll(SparseVector rho, SparseVector out) {
    ColumnMatrix byRow = state.program.byRow;
    int[] start = byRow.start();
    int[] index = byRow.index();
    double[] value = byRow.value();
    double[] sum = out.value;
    for (int k = 0; k < rho.count; k++) {
      int i = rho.index[k];
      double times = rho.value[i];
      for (int e = start[i], to = start[i + 1]; e < to; e++) {
        sum[index[e]] += times * value[e];
      }
    }
    int n = 0;
    for (int j = 0; j < state.columns; j++) {
      if (Math.abs(sum[j]) < DROP || !enters(j)) {
        sum[j] = 0;
      } else {
        out.index[n++] = j;
      }
    }
    out.count = n;
  }
}
