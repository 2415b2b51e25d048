// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import java.util.Arrays;

/**
 * Where {@link BlockSimplex} stands: basis, primal and dual values of all blocks of a problem, of
 * which one is selected. Rows are counted in slots and groups through the whole problem in what
 * concerns all blocks, and from 0 in what concerns the selected one.
 *
 * <p>With {@code pi_j = alpha_j'y}, a group at 0 has {@code pi <= c} (box) or {@code |pi| <= c}
 * (free), one at its upper bound {@code pi >= c}, and a basic one {@code pi = c}, or {@code -c}
 * when free and negative. The logical of an elastic row is a free column of cost C_i, that of a
 * strict row is fixed at 0. A logical that has not moved yet is basic with {@code pi = 0}.
 */
final class BlockState {
  /** How to go about a run, from quick to safe. */
  enum Mode {
    PERTURBED,
    PLAIN,
    BLAND
  }

  static final byte ZERO = 0;
  static final byte TOP = 1;
  static final byte BASIC = 2;

  private static final double PERTURBATION = 1e-8;
  private static final int LARGEST_CLASS = 16;

  final ColumnGroups columns;
  final BasisInverse inverse = new BasisInverse();

  // Per row, in slots.
  int[] basis = new int[0]; // basic variable: group j of the block, or row i as -1 - i
  boolean[] logicalBasic = new boolean[0];
  double[] x = new double[0]; // values of basic variables, with the bounds they have to keep
  double[] low = new double[0];
  double[] high = new double[0];
  double[] basisCost = new double[0]; // pi of basic variables
  double[] y = new double[0];
  double[] target = new double[0]; // scaled, as are the penalties
  double[] penalty = new double[0];
  double[] raisedPenalty = new double[0];

  // Per group.
  byte[] place = new byte[0];
  double[] cost = new double[0];
  double[] room = new double[0]; // two each: how far pi can rise, and fall; infinite if basic

  // The selected block.
  int block;
  int slot0;
  int group0;
  int m;
  int count; // groups
  boolean free;
  Mode mode = Mode.PLAIN;

  private double[] rowVector = new double[0];
  private double[] basisVector = new double[0];
  private double[] products = new double[0];

  BlockState(ColumnGroups columns) {
    this.columns = columns;
  }

  /** Makes room for the problem in {@link #columns}. */
  void reserve() {
    int rows = columns.slots;
    if (x.length < rows) {
      basis = new int[rows];
      logicalBasic = new boolean[rows];
      x = new double[rows];
      low = new double[rows];
      high = new double[rows];
      basisCost = new double[rows];
      y = new double[rows];
      target = new double[rows];
      penalty = new double[rows];
      raisedPenalty = new double[rows];
      rowVector = new double[rows];
      basisVector = new double[rows];
    }
    int groups = columns.groups;
    if (place.length < groups) {
      place = new byte[groups];
      cost = new double[groups];
      room = new double[2 * groups];
      products = new double[groups];
    }
  }

  /**
   * Chooses the block to work on.
   *
   * @param inverseStart where the inverse of this block begins
   */
  void select(int block, int inverseStart, SignForm form) {
    this.block = block;
    slot0 = columns.blockSlot[block];
    m = columns.blockSlot[block + 1] - slot0;
    group0 = columns.blockGroup[block];
    count = columns.blockGroup[block + 1] - group0;
    free = form == SignForm.FREE;
    inverse.select(inverseStart, m);
  }

  /** Starts with all logicals basic and y = 0. */
  void startCold(Mode how) {
    mode = how;
    boolean raised = how == Mode.PERTURBED;
    for (int i = 0; i < m; i++) {
      int s = slot0 + i;
      basis[s] = -1 - i;
      logicalBasic[s] = true;
      x[s] = target[s];
      low[s] = 0;
      high[s] = 0;
      basisCost[s] = 0;
      y[s] = 0;
      raisedPenalty[s] = penalty[s] + (raised ? PERTURBATION * share(~i) : 0);
    }
    for (int g = group0; g < group0 + count; g++) {
      cost[g] = raised ? 1 + PERTURBATION * rank(g) : 1;
      rest(g, ZERO, 0);
    }
    inverse.identity();
  }

  /**
   * Starts from where the last run on this block ended, with other targets: the inverse is still
   * there, and so are the raised costs.
   */
  void startWarm() {
    mode = Mode.PERTURBED;
    for (int i = 0; i < m; i++) {
      int s = slot0 + i;
      basisCost[s] = slope(s, basis[s] < 0 ? raisedPenalty[rowOf(basis[s])] : groupCost(s));
    }
    computeY();
    System.arraycopy(y, slot0, rowVector, 0, m);
    columns.dotColumns(block, 0, count, rowVector, products);
    for (int g = group0; g < group0 + count; g++) {
      if (place[g] != BASIC) {
        rest(g, place[g], products[g - group0]);
      }
    }
    computeX();
  }

  private double groupCost(int s) {
    return cost[group0 + basis[s]];
  }

  /** The slot of the row that a logical, given as {@code -1 - i}, belongs to. */
  int rowOf(int logical) {
    return slot0 - 1 - logical;
  }

  /** Makes a group nonbasic. */
  void rest(int g, byte where, double pi) {
    place[g] = where;
    double below = cost[g] - pi;
    room[2 * g] = where == TOP ? Double.POSITIVE_INFINITY : below;
    room[2 * g + 1] = where == TOP ? -below : free ? cost[g] + pi : Double.POSITIVE_INFINITY;
  }

  /** Moves a box group from one bound to the other. */
  void flip(int g) {
    boolean up = place[g] == ZERO;
    rest(g, up ? TOP : ZERO, cost[g] + (up ? -room[2 * g] : room[2 * g + 1]));
  }

  /** Makes a variable basic in slot s; its value comes later. */
  void enter(int s, int variable, boolean rising) {
    basis[s] = variable;
    if (variable >= 0) {
      int g = group0 + variable;
      place[g] = BASIC;
      room[2 * g] = Double.POSITIVE_INFINITY;
      room[2 * g + 1] = Double.POSITIVE_INFINITY;
      if (!free) {
        low[s] = 0;
        high[s] = columns.groupSize[g];
        basisCost[s] = cost[g];
        return;
      }
    } else {
      logicalBasic[rowOf(variable)] = true;
    }
    turn(s, rising, variable < 0 ? raisedPenalty[rowOf(variable)] : cost[group0 + variable]);
  }

  /** Gives a basic variable of free sign the positive or the negative one. */
  void turn(int s, boolean positive, double size) {
    low[s] = positive ? 0 : Double.NEGATIVE_INFINITY;
    high[s] = positive ? Double.POSITIVE_INFINITY : 0;
    basisCost[s] = positive ? size : -size;
  }

  /** What makes one of two groups the second choice: fewer positions, then a hash of its place. */
  double rank(int group) {
    int log = 31 - Integer.numberOfLeadingZeros(columns.groupSize[group]);
    return LARGEST_CLASS - Math.min(LARGEST_CLASS, log) + share(columns.groupFirst[group]);
  }

  /** A fixed number in [0, 1) for each index. */
  private static double share(int index) {
    int h = index * 0x9E3779B9;
    h = (h ^ (h >>> 16)) * 0x85EBCA6B;
    h ^= h >>> 13;
    return (h >>> 1) * 0x1p-31;
  }

  /** Costs as they are meant, and x and y computed afresh. */
  void polish() {
    for (int i = 0; i < m; i++) {
      int s = slot0 + i;
      basisCost[s] = slope(s, basis[s] < 0 ? penalty[rowOf(basis[s])] : 1);
    }
    computeX();
    computeY();
  }

  /** The cost of a basic variable with its sign; 0 for a logical that has not moved yet. */
  private double slope(int s, double size) {
    return low[s] == high[s] ? 0 : low[s] == 0 ? size : -size;
  }

  /** Factors the basis anew. False if it is singular. */
  boolean refactor() {
    for (int k = 0; k < m; k++) {
      Arrays.fill(rowVector, 0, m, 0);
      addBasic(k, 1, rowVector);
      inverse.setColumn(k, rowVector);
    }
    return inverse.invert();
  }

  /** Adds a multiple of the column of basic variable k. */
  private void addBasic(int k, double factor, double[] v) {
    int p = basis[slot0 + k];
    if (p < 0) {
      v[-1 - p] += factor;
    } else {
      columns.addColumn(block, group0 + p, factor, v);
    }
  }

  /** What the basic variables have to make up, into {@link #rowVector}. */
  private void nonbasicPart() {
    System.arraycopy(target, slot0, rowVector, 0, m);
    for (int g = group0; g < group0 + count; g++) {
      if (place[g] == TOP) {
        columns.addColumn(block, g, -columns.groupSize[g], rowVector);
      }
    }
  }

  private void computeX() {
    Arrays.fill(x, slot0, slot0 + m, 0);
    nonbasicPart();
    inverse.addProduct(rowVector, x, slot0);
  }

  private void computeY() {
    System.arraycopy(basisCost, slot0, basisVector, 0, m);
    for (int k = 0; k < m; k++) {
      y[slot0 + k] = inverse.dotColumn(k, basisVector);
    }
  }

  /** One step of refinement of x and y: what they still miss goes through the inverse again. */
  void refine() {
    nonbasicPart();
    for (int i = 0; i < m; i++) {
      addBasic(i, -x[slot0 + i], rowVector);
    }
    inverse.addProduct(rowVector, x, slot0);
    System.arraycopy(y, slot0, rowVector, 0, m);
    for (int i = 0; i < m; i++) {
      int p = basis[slot0 + i];
      double product = p < 0 ? rowVector[-1 - p] : columns.dotColumn(block, group0 + p, rowVector);
      basisVector[i] = basisCost[slot0 + i] - product;
    }
    for (int k = 0; k < m; k++) {
      y[slot0 + k] += inverse.dotColumn(k, basisVector);
    }
  }
}
