// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

/**
 * Proves the answers of {@link BlockSimplex} on the scaled rows of a block, apart from how they
 * were found: an optimum by a primal and a dual point that are feasible and of equal value,
 * infeasibility by a Farkas vector.
 */
final class BlockCheck {
  static final double TOLERANCE = 1e-9;

  private final ColumnGroups columns;
  private double[] missed = new double[0]; // per slot
  private double[] vector = new double[0];
  private double[] products = new double[0];

  // Of the last block whose answer was proved.
  double objective;
  double gap;

  BlockCheck(ColumnGroups columns) {
    this.columns = columns;
  }

  void reserve() {
    if (vector.length < columns.slots) {
      vector = new double[columns.slots];
      missed = new double[columns.slots];
    }
    if (products.length < columns.groups) {
      products = new double[columns.groups];
    }
  }

  /**
   * Takes the point of the simplex as the answer for a block, cut to its bounds, and proves it.
   *
   * @param z written: sums over groups
   * @param slack written: slack of scaled rows
   * @param tolerance how far rows may be from holding
   */
  boolean accept(
      int block, BlockState state, SignForm form, double[] z, double[] slack, double tolerance) {
    int slot0 = columns.blockSlot[block];
    int slot1 = columns.blockSlot[block + 1];
    int group0 = columns.blockGroup[block];
    boolean cut = true;
    for (int g = group0; g < columns.blockGroup[block + 1]; g++) {
      z[g] = state.place[g] == BlockState.TOP ? columns.groupSize[g] : 0;
    }
    for (int s = slot0; s < slot1; s++) {
      slack[s] = 0;
    }
    for (int s = slot0; s < slot1; s++) {
      double value = Math.max(state.low[s], Math.min(state.high[s], state.x[s]));
      cut &= Math.abs(value - state.x[s]) <= TOLERANCE * Math.max(1, Math.abs(value));
      int p = state.basis[s];
      if (p < 0) {
        slack[slot0 - 1 - p] = value;
      } else {
        z[group0 + p] = value;
      }
    }
    return cut
        && rowsHold(block, state, z, slack, tolerance)
        && isOptimal(block, state, form, z, slack);
  }

  /** Proves a point that keeps its bounds, with the prices of the state. */
  boolean isProved(int block, BlockState state, SignForm form, double[] z, double[] slack) {
    return rowsHold(block, state, z, slack, TOLERANCE) && isOptimal(block, state, form, z, slack);
  }

  private boolean rowsHold(
      int block, BlockState state, double[] z, double[] slack, double tolerance) {
    int slot0 = columns.blockSlot[block];
    int m = columns.blockSlot[block + 1] - slot0;
    residual(block, state.target, z);
    for (int i = 0; i < m; i++) {
      double scale = Math.max(1, Math.abs(state.target[slot0 + i]));
      if (!(Math.abs(missed[slot0 + i] - slack[slot0 + i]) <= tolerance * scale)) {
        return false;
      }
    }
    return true;
  }

  /** What the scaled row of a slot misses, slack not counted; as last computed for its block. */
  double missed(int s) {
    return missed[s];
  }

  /** Computes what the scaled rows of a block miss. */
  void residual(int block, double[] target, double[] z) {
    int slot0 = columns.blockSlot[block];
    int m = columns.blockSlot[block + 1] - slot0;
    System.arraycopy(target, slot0, vector, 0, m);
    for (int g = columns.blockGroup[block]; g < columns.blockGroup[block + 1]; g++) {
      if (z[g] != 0) {
        columns.addColumn(block, g, -z[g], vector);
      }
    }
    System.arraycopy(vector, 0, missed, slot0, m);
  }

  private boolean isOptimal(
      int block, BlockState state, SignForm form, double[] z, double[] slack) {
    int slot0 = columns.blockSlot[block];
    int m = columns.blockSlot[block + 1] - slot0;
    double primal = 0;
    double dual = 0;
    double largest = 1;
    for (int i = 0; i < m; i++) {
      int s = slot0 + i;
      double price = state.y[s];
      largest = Math.max(largest, Math.abs(price));
      vector[i] = price;
      dual += price * state.target[s];
      if (slack[s] != 0) {
        primal += state.penalty[s] * Math.abs(slack[s]);
      }
      if (Math.abs(price) > state.penalty[s] * (1 + TOLERANCE) + TOLERANCE) {
        return false;
      }
    }
    // With prices of thousands, products that should be 1 lose as many digits.
    double slope = TOLERANCE * Math.max(1, 1e-3 * largest);
    int group0 = columns.blockGroup[block];
    columns.dotColumns(block, 0, columns.blockGroup[block + 1] - group0, vector, products);
    for (int g = group0; g < columns.blockGroup[block + 1]; g++) {
      primal += Math.abs(z[g]);
      double over = form == SignForm.FREE ? Math.abs(products[g - group0]) : products[g - group0];
      if (over > 1) {
        if (form == SignForm.FREE && over > 1 + slope) {
          return false;
        }
        dual -= form == SignForm.FREE ? 0 : columns.groupSize[g] * (over - 1);
      }
    }
    objective = primal;
    gap = Math.abs(primal - dual) / (1 + Math.abs(dual));
    return gap <= TOLERANCE;
  }

  /**
   * Whether {@code w} proves that the scaled rows of a block contradict each other: no allowed
   * point brings {@code w'A} up to {@code w'b}.
   */
  boolean isInfeasible(int block, double[] target, double[] w, SignForm form) {
    int slot0 = columns.blockSlot[block];
    int m = columns.blockSlot[block + 1] - slot0;
    double largest = 0;
    for (int i = 0; i < m; i++) {
      largest = Math.max(largest, Math.abs(w[i]));
    }
    double needed = 0;
    double size = 0;
    for (int i = 0; i < m; i++) {
      needed += w[i] * target[slot0 + i];
      size += Math.abs(w[i] * target[slot0 + i]);
    }
    double most = 0;
    int group0 = columns.blockGroup[block];
    columns.dotColumns(block, 0, columns.blockGroup[block + 1] - group0, w, products);
    for (int g = group0; g < columns.blockGroup[block + 1]; g++) {
      double product = products[g - group0];
      if (form == SignForm.BOX) {
        double part = columns.groupSize[g] * Math.max(0, product);
        most += part;
        size += part;
      } else if (Math.abs(product) > TOLERANCE * largest) {
        return false;
      }
    }
    return needed - most > TOLERANCE * size;
  }
}
