// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

/**
 * Blocks of one row, in closed form: the target goes to the cheaper of the inner and the outer
 * group that can take it. Where both can at one price, which takes a free sign, the label of least
 * norm has the same size at all their positions.
 */
final class SingleRow {
  private final ColumnGroups columns;
  private final BlockState state;
  private boolean feasible;
  private double objective;

  SingleRow(ColumnGroups columns, BlockState state) {
    this.columns = columns;
    this.state = state;
  }

  boolean feasible() {
    return feasible;
  }

  double objective() {
    return objective;
  }

  void solve(int block, LinProOptions options, double[] z, double[] slack) {
    SignForm form = options.form();
    boolean evenly = options.choice() == Choice.LEAST_NORM;
    int s = columns.blockSlot[block];
    double target = state.target[s];
    double penalty = state.penalty[s];
    int chosen = -1;
    double entry = 0;
    for (int g = columns.blockGroup[block]; g < columns.blockGroup[block + 1]; g++) {
      z[g] = 0;
      boolean inner = columns.masks[columns.maskStart(g)] != 0;
      double a = inner ? 1 : -columns.outer[s];
      if (target != 0 && (form == SignForm.FREE || a * target > 0)) {
        double size = Math.abs(a);
        if (chosen < 0
            || size > Math.abs(entry)
            || (size == Math.abs(entry) && state.rank(g) < state.rank(chosen))) {
          chosen = g;
          entry = a;
        }
      }
    }
    double miss = target;
    state.y[s] = Math.copySign(penalty, target);
    // What costs no less than missing it is left out where the least norm is wanted.
    double price = chosen < 0 ? penalty : 1 / Math.abs(entry);
    if (chosen >= 0 && (price < penalty || (price == penalty && !evenly))) {
      double value = target / entry;
      double most = columns.groupSize[chosen];
      boolean fits = form == SignForm.FREE || value <= most;
      // Rounding of the scaled target must not turn a full group into a contradiction.
      boolean full = !fits && value <= most * (1 + BlockCheck.TOLERANCE);
      z[chosen] = fits ? value : most;
      miss = fits || full ? 0 : target - entry * most;
      if (miss == 0) {
        state.y[s] = Math.signum(target) / Math.abs(entry);
      }
    }
    if (target == 0) {
      state.y[s] = 0;
    }
    slack[s] = miss;
    if (evenly && form == SignForm.FREE && miss == 0 && columns.outer[s] == 1) {
      spread(block, target, z);
    }
    feasible = miss == 0 || penalty < Double.POSITIVE_INFINITY;
    double paid = miss == 0 ? 0 : penalty * Math.abs(miss);
    objective = paid;
    for (int g = columns.blockGroup[block]; g < columns.blockGroup[block + 1]; g++) {
      objective += Math.abs(z[g]);
    }
  }

  /** Gives all positions of a row whose entries have one size the same part of its target. */
  private void spread(int block, double target, double[] z) {
    int positions = 0;
    for (int g = columns.blockGroup[block]; g < columns.blockGroup[block + 1]; g++) {
      positions += columns.groupSize[g];
    }
    for (int g = columns.blockGroup[block]; g < columns.blockGroup[block + 1]; g++) {
      boolean inner = columns.masks[columns.maskStart(g)] != 0;
      z[g] = (inner ? target : -target) * columns.groupSize[g] / positions;
    }
  }
}
