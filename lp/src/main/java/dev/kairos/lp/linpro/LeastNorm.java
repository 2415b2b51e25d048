// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import java.util.Arrays;

/**
 * Goes from the vertex where {@link BlockSimplex} ended to the point of the optimal face with the
 * least {@code sum z_g^2 / size_g}, which is {@link Choice#LEAST_NORM}.
 *
 * <p>With the prices of the vertex, the face is where every variable with a reduced cost other than
 * 0 keeps its place. What is left are the nonbasic variables t whose reduced cost is 0, and the
 * basic ones as {@code x - B^-1 N t}; both with their bounds, and no equation any more. In units of
 * the square root of a group's size the quadratic is the square of a distance. Logicals of rows
 * that may be missed take part with no weight.
 */
final class LeastNorm {
  private static final double TIE = 1e-9;
  private static final double DROP = 1e-12;
  private static final long LARGEST = 1 << 24; // numbers in a matrix

  private final BlockState state;
  private final ColumnGroups columns;
  private final DualActiveSet quadratic = new DualActiveSet();
  private int[] movable = new int[0]; // group j, or row i as -1 - i
  private double[] products = new double[0];
  private double[] vector = new double[0];
  private double[] column = new double[0];
  private double[] unit = new double[0]; // of basic variables
  private double[] savedZ = new double[0];
  private double[] savedSlack = new double[0];
  private int count;

  LeastNorm(BlockState state) {
    this.state = state;
    this.columns = state.columns;
  }

  void reserve() {
    if (vector.length < columns.slots) {
      vector = new double[columns.slots];
      column = new double[columns.slots];
      unit = new double[columns.slots];
      savedSlack = new double[columns.slots];
    }
    if (products.length < columns.groups) {
      products = new double[columns.groups];
      savedZ = new double[columns.groups];
    }
    if (movable.length < columns.groups + columns.slots) {
      movable = new int[columns.groups + columns.slots];
    }
  }

  /**
   * Replaces a proven vertex by the point of least norm.
   *
   * @param z sums over groups, changed
   * @param slack slack of scaled rows, changed
   * @return whether they are that point now; else they are as they were
   */
  boolean move(BlockCheck check, double[] z, double[] slack) {
    collect();
    if (count == 0) {
      return true;
    }
    if ((long) count * (count + state.m) > LARGEST) {
      return false;
    }
    pose(z);
    if (!quadratic.run(largest())) {
      return false;
    }
    System.arraycopy(z, state.group0, savedZ, 0, state.count);
    System.arraycopy(slack, state.slot0, savedSlack, 0, state.m);
    double objective = check.objective;
    double gap = check.gap;
    take(z, slack);
    SignForm form = state.free ? SignForm.FREE : SignForm.BOX;
    if (check.isProved(state.block, state, form, z, slack)) {
      return true;
    }
    System.arraycopy(savedZ, 0, z, state.group0, state.count);
    System.arraycopy(savedSlack, 0, slack, state.slot0, state.m);
    check.objective = objective;
    check.gap = gap;
    check.residual(state.block, state.target, z);
    return false;
  }

  /** Finds the nonbasic variables that can move at no cost. */
  private void collect() {
    double largest = 1;
    for (int i = 0; i < state.m; i++) {
      vector[i] = state.y[state.slot0 + i];
      largest = Math.max(largest, Math.abs(vector[i]));
    }
    // With prices of thousands, products that should be 1 lose as many digits.
    double tie = TIE * Math.max(1, 1e-3 * largest);
    columns.dotColumns(state.block, 0, state.count, vector, products);
    count = 0;
    for (int j = 0; j < state.count; j++) {
      double pi = state.free ? Math.abs(products[j]) : products[j];
      if (state.place[state.group0 + j] != BlockState.BASIC && Math.abs(1 - pi) <= tie) {
        movable[count++] = j;
      }
    }
    for (int i = 0; i < state.m; i++) {
      int s = state.slot0 + i;
      if (!state.logicalBasic[s]
          && Math.abs(state.penalty[s] - Math.abs(state.y[s])) <= TIE * state.penalty[s]
          && state.penalty[s] < Double.POSITIVE_INFINITY) {
        movable[count++] = -1 - i;
      }
    }
  }

  /** The largest basic value, as it stands in the quadratic. */
  private double largest() {
    double largest = 0;
    for (int i = 0; i < state.m; i++) {
      largest = Math.max(largest, Math.abs(state.x[state.slot0 + i]) / unit[i]);
    }
    return largest;
  }

  private double size(int variable) {
    return variable < 0 ? 1 : Math.sqrt(columns.groupSize[state.group0 + variable]);
  }

  /** Fills the quadratic. */
  private void pose(double[] z) {
    int m = state.m;
    int k = count;
    quadratic.reserve(k, m);
    double[] hessian = quadratic.hessian.data;
    Arrays.fill(hessian, 0, k * k, 0);
    for (int i = 0; i < m; i++) {
      unit[i] = size(state.basis[state.slot0 + i]);
    }
    for (int j = 0; j < k; j++) {
      poseVariable(j, z);
    }
    for (int i = 0; i < m; i++) {
      int s = state.slot0 + i;
      quadratic.low[k + i] = Math.min(0, (state.low[s] - state.x[s]) / unit[i]);
      quadratic.high[k + i] = Math.max(0, (state.high[s] - state.x[s]) / unit[i]);
      if (state.low[s] == state.high[s]) {
        quadratic.low[k + i] = 0;
        quadratic.high[k + i] = 0;
      }
      if (state.basis[s] >= 0) {
        addSquare(i * k, state.x[s] / unit[i], hessian);
      }
    }
  }

  /** One nonbasic variable: its bounds, weight and column. */
  private void poseVariable(int j, double[] z) {
    int p = movable[j];
    double scale = size(p);
    Arrays.fill(vector, 0, state.m, 0);
    Arrays.fill(column, 0, state.m, 0);
    double from = 0;
    boolean rising;
    if (p < 0) {
      vector[-1 - p] = 1;
      rising = state.y[state.rowOf(p)] > 0;
    } else {
      columns.addColumn(state.block, state.group0 + p, 1, vector);
      from = z[state.group0 + p] / scale;
      rising = !state.free || products[p] > 0;
      quadratic.hessian.data[j * count + j] = 1;
    }
    boolean box = p >= 0 && !state.free;
    quadratic.gradient[j] = from;
    quadratic.low[j] = rising ? -from : Double.NEGATIVE_INFINITY;
    quadratic.high[j] = box ? scale - from : rising ? Double.POSITIVE_INFINITY : 0;
    state.inverse.addProduct(vector, column, 0);
    for (int i = 0; i < state.m; i++) {
      double entry = -column[i] * scale / unit[i];
      quadratic.rows[i * count + j] = Math.abs(entry) > DROP ? entry : 0;
    }
  }

  /** Adds the square of a basic group, {@code (value + row't)^2 / 2}. */
  private void addSquare(int row, double value, double[] hessian) {
    double[] a = quadratic.rows;
    for (int j = 0; j < count; j++) {
      double factor = a[row + j];
      if (factor != 0) {
        quadratic.gradient[j] += factor * value;
        for (int l = 0; l < count; l++) {
          hessian[j * count + l] += factor * a[row + l];
        }
      }
    }
  }

  /** Writes the point that was found; what is at a bound is there exactly. */
  private void take(double[] z, double[] slack) {
    int slot0 = state.slot0;
    System.arraycopy(state.target, slot0, vector, 0, state.m);
    for (int j = 0; j < count; j++) {
      int p = movable[j];
      double value = within(j, quadratic.t[j]) * size(p);
      if (p < 0) {
        slack[state.rowOf(p)] = value;
        vector[-1 - p] -= value;
      } else {
        int g = state.group0 + p;
        boolean full = !state.free && quadratic.side[j] > 0;
        boolean empty = quadratic.side[j] != 0 && !full;
        z[g] = full ? columns.groupSize[g] : empty ? 0 : z[g] + value;
      }
    }
    for (int g = state.group0; g < state.group0 + state.count; g++) {
      if (state.place[g] != BlockState.BASIC && z[g] != 0) {
        columns.addColumn(state.block, g, -z[g], vector);
      }
    }
    Arrays.fill(column, 0, state.m, 0);
    state.inverse.addProduct(vector, column, 0);
    for (int i = 0; i < state.m; i++) {
      int s = slot0 + i;
      int p = state.basis[s];
      byte side = quadratic.side[count + i];
      double value = Math.max(state.low[s], Math.min(state.high[s], column[i]));
      value = side < 0 ? state.low[s] : side > 0 ? state.high[s] : value;
      if (p < 0) {
        slack[state.rowOf(p)] = value;
      } else {
        z[state.group0 + p] = value;
      }
    }
  }

  private double within(int j, double value) {
    return Math.max(quadratic.low[j], Math.min(quadratic.high[j], value));
  }
}
