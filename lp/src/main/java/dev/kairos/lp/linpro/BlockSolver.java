// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import java.util.Arrays;

/**
 * Solves one block after the other: by closed form or by {@link BlockSimplex}, from the last basis
 * or anew, until {@link BlockCheck} proves the answer, and goes on to the label that is meant.
 */
final class BlockSolver {
  private static final BlockState.Mode[] MODES = BlockState.Mode.values();

  /** Rows that hold so well need no better inverse. */
  private static final double SHARP = 1e-12;

  final BlockCheck check; // of the last block: objective and gap
  double[] z = new double[0]; // sums over groups
  double[] ray = new double[0]; // per row

  private final LinProOptions options;
  private final BlockState state;
  private final ColumnGroups columns;
  private final BlockSimplex simplex;
  private final SingleRow single;
  private final LeastNorm leastNorm;
  private double[] slack = new double[0]; // scaled, per slot
  private boolean[] warm = new boolean[0]; // block -> its basis can be taken up again
  private int[] inverseStart = new int[1];
  private Choice choice = Choice.VERTEX;

  BlockSolver(LinProOptions options, BlockState state) {
    this.options = options;
    this.state = state;
    columns = state.columns;
    check = new BlockCheck(columns);
    simplex = new BlockSimplex(state);
    single = new SingleRow(columns, state);
    leastNorm = new LeastNorm(state);
  }

  /** Makes room for the problem in the columns, of so many rows. */
  void reserve(int rows) {
    if (slack.length < rows) {
      slack = new double[rows];
      ray = new double[rows];
    }
    if (z.length < columns.groups) {
      z = new double[columns.groups];
    }
    if (warm.length < columns.blocks) {
      warm = new boolean[columns.blocks];
      inverseStart = new int[columns.blocks + 1];
    }
    simplex.reserve();
    check.reserve();
    leastNorm.reserve();
    long size = 0;
    int largest = 0;
    for (int block = 0; block < columns.blocks; block++) {
      int m = columns.blockSlot[block + 1] - columns.blockSlot[block];
      inverseStart[block] = (int) size;
      size += m == 1 ? 0 : (long) m * m;
      largest = Math.max(largest, m);
    }
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "LinPro: too many rows that overlap: a block of " + largest);
    }
    state.inverse.reserve((int) size, largest);
  }

  /** Begins with new targets. */
  void begin(int rows) {
    choice = options.choice();
    Arrays.fill(ray, 0, rows, 0);
  }

  /** No basis can be taken up again. */
  void forget() {
    Arrays.fill(warm, 0, columns.blocks, false);
  }

  /** Which label all blocks have since {@link #begin}. */
  Choice choice() {
    return choice;
  }

  /** Pivots since this solver was made. */
  long pivots() {
    return simplex.pivots();
  }

  /**
   * Solves a block.
   *
   * @return what became of it; prices of an optimum are in the state
   */
  LinProStatus solve(int block) {
    state.select(block, inverseStart[block], options.form());
    if (columns.blockSlot[block + 1] - columns.blockSlot[block] == 1) {
      return solveSingle(block);
    }
    if (warm[block]) {
      state.startWarm();
      LinProStatus found = finish(block, simplex.run());
      if (found != LinProStatus.IMPRECISE) {
        return found;
      }
    }
    for (BlockState.Mode mode : MODES) {
      state.startCold(mode);
      LinProStatus found = finish(block, simplex.run());
      if (found != LinProStatus.IMPRECISE) {
        warm[block] = mode == BlockState.Mode.PERTURBED;
        return found;
      }
    }
    warm[block] = false;
    return LinProStatus.IMPRECISE;
  }

  /** Proves the end of a run, with the basis factored anew if need be. */
  private LinProStatus finish(int block, BlockSimplex.Outcome outcome) {
    if (outcome == BlockSimplex.Outcome.FAILED) {
      return LinProStatus.IMPRECISE;
    }
    if (outcome == BlockSimplex.Outcome.INFEASIBLE) {
      double[] w = simplex.ray();
      if (check.isInfeasible(block, state.target, w, options.form())) {
        keepRay(block, w);
        return LinProStatus.INFEASIBLE;
      }
    }
    state.polish();
    if (check.accept(block, state, options.form(), z, slack, SHARP)) {
      return optimal();
    }
    if (!state.refactor()) {
      return LinProStatus.IMPRECISE;
    }
    state.polish();
    state.refine();
    boolean proved = check.accept(block, state, options.form(), z, slack, BlockCheck.TOLERANCE);
    return proved ? optimal() : LinProStatus.IMPRECISE;
  }

  /** At a proven vertex; goes on to the label that is meant. */
  private LinProStatus optimal() {
    if (options.choice() == Choice.LEAST_NORM && !leastNorm.move(check, z, slack)) {
      choice = Choice.VERTEX;
    }
    return LinProStatus.OPTIMAL;
  }

  private LinProStatus solveSingle(int block) {
    int s = columns.blockSlot[block];
    single.solve(block, options, z, slack);
    if (single.feasible()) {
      check.residual(block, state.target, z);
      check.objective = single.objective();
      check.gap = 0;
      return LinProStatus.OPTIMAL;
    }
    ray[columns.rowOf[s]] = Math.signum(state.target[s]);
    return LinProStatus.INFEASIBLE;
  }

  /** A Farkas vector over the rows as they were given, its largest entry 1. */
  private void keepRay(int block, double[] w) {
    int slot0 = columns.blockSlot[block];
    double largest = 0;
    for (int s = slot0; s < columns.blockSlot[block + 1]; s++) {
      largest = Math.max(largest, Math.abs(w[s - slot0] * columns.scale[s]));
    }
    for (int s = slot0; s < columns.blockSlot[block + 1]; s++) {
      ray[columns.rowOf[s]] = w[s - slot0] * columns.scale[s] / largest;
    }
  }
}
