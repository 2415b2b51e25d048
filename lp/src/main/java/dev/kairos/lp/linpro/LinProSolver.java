// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Solves LinPro: {@code min ||x||_1 subject to A x = b} with contrast rows A, and x in [0,1] or of
 * any sign; in the elastic form a missed row costs C_i per unit instead.
 *
 * <p>Positions with equal columns of A get equal values, which loses nothing: by convexity the mean
 * over such a group is as good as what it is the mean of. So the program has a variable per group,
 * at most 4N + 1 of them whatever T is.
 *
 * <p>Where several labels are optimal, {@link Choice} says which is meant. {@link Choice#VERTEX} is
 * the one that is cheapest when each position of a group costs {@code 1 + 1e-8 (16 - min(16,
 * floor(log2 size)) + h)} with {@code h} in [0,1) a fixed hash of the group's first position: long
 * groups are preferred, which gives smoother labels. The order of the rows has no part in it.
 *
 * <p>The answers are read from the solver until it solves again. It keeps its arrays, which only
 * grow: after the first few problems nothing is allocated. Not for use by several threads at once;
 * {@link LinProBatch} has one for each.
 */
public final class LinProSolver {
  private final LinProOptions options;
  private final ColumnGroups columns = new ColumnGroups();
  private final BlockState state = new BlockState(columns);
  private final BlockSolver blocks;

  private @Nullable LinProProblem problem;
  private double[] targets = new double[0];
  private double[] prices = new double[0]; // per row
  private double[] missed = new double[0]; // per row

  private LinProStatus status = LinProStatus.OPTIMAL;
  private double objective;
  private double residual;
  private double gap;

  /**
   * A solver.
   *
   * @param options which of the programs is meant
   */
  public LinProSolver(LinProOptions options) {
    this.options = options;
    blocks = new BlockSolver(options, state);
  }

  /**
   * Solves a problem.
   *
   * @param problem the problem
   * @return what became of it; blocks that have no answer have the label 0
   */
  public LinProStatus solve(LinProProblem problem) {
    this.problem = problem;
    columns.build(problem);
    reserve(problem.rows());
    for (int i = 0; i < problem.rows(); i++) {
      targets[i] = problem.target(i);
    }
    blocks.forget();
    return solveBlocks(problem);
  }

  /**
   * Solves the last problem again with other targets, from the basis where it ended.
   *
   * @param newTargets [N], the right-hand side b
   * @return what became of it
   * @throws IllegalStateException if nothing was solved before
   * @throws IllegalArgumentException if there is not a finite target for each row
   */
  public LinProStatus solveAgain(double[] newTargets) {
    LinProProblem last = solved();
    LinProProblem.check(newTargets, last.rows());
    System.arraycopy(newTargets, 0, targets, 0, last.rows());
    return solveBlocks(last);
  }

  private LinProProblem solved() {
    LinProProblem last = problem;
    if (last == null) {
      throw new IllegalStateException("LinPro: nothing was solved yet");
    }
    return last;
  }

  private void reserve(int rows) {
    if (targets.length < rows) {
      targets = new double[rows];
      prices = new double[rows];
      missed = new double[rows];
    }
    state.reserve();
    blocks.reserve(rows);
  }

  private LinProStatus solveBlocks(LinProProblem rows) {
    status = LinProStatus.OPTIMAL;
    blocks.begin(rows.rows());
    objective = 0;
    gap = 0;
    Arrays.fill(prices, 0, rows.rows(), 0);
    for (int s = 0; s < columns.slots; s++) {
      int row = columns.rowOf[s];
      double scale = columns.scale[s];
      state.target[s] = targets[row] * scale;
      state.penalty[s] = penalty(rows, row) / scale;
    }
    for (int block = 0; block < columns.blocks; block++) {
      LinProStatus found = blocks.solve(block);
      worsen(found);
      if (found == LinProStatus.OPTIMAL) {
        objective += blocks.check.objective;
        gap = Math.max(gap, blocks.check.gap);
        for (int s = columns.blockSlot[block]; s < columns.blockSlot[block + 1]; s++) {
          prices[columns.rowOf[s]] = state.y[s] * columns.scale[s];
        }
      } else {
        Arrays.fill(blocks.z, columns.blockGroup[block], columns.blockGroup[block + 1], 0);
        blocks.check.residual(block, state.target, blocks.z);
      }
    }
    measure(rows);
    return status;
  }

  private double penalty(LinProProblem rows, int row) {
    return options.penalty() + options.innerPenalty() * Math.max(1, rows.innerCount(row));
  }

  private void worsen(LinProStatus found) {
    if (found.compareTo(status) > 0) {
      status = found;
    }
  }

  /** What the label misses, row by row, and rows that have no support at all. */
  private void measure(LinProProblem rows) {
    System.arraycopy(targets, 0, missed, 0, rows.rows());
    for (int s = 0; s < columns.slots; s++) {
      missed[columns.rowOf[s]] = blocks.check.missed(s) / columns.scale[s];
    }
    residual = 0;
    for (int i = 0; i < rows.rows(); i++) {
      residual = Math.max(residual, Math.abs(missed[i]));
      if (rows.innerCount(i) + rows.outerCount(i) == 0 && targets[i] != 0) {
        if (options.isStrict()) {
          blocks.ray[i] = Math.signum(targets[i]);
          worsen(LinProStatus.INFEASIBLE);
        } else {
          prices[i] = Math.copySign(penalty(rows, i), targets[i]);
          objective += penalty(rows, i) * Math.abs(targets[i]);
        }
      }
    }
  }

  /**
   * What was found, as a value that stays.
   *
   * @throws IllegalStateException if nothing was solved before
   */
  public LinProSolution solution() {
    LinProProblem last = solved();
    return new LinProSolution(this, last.length(), last.rows());
  }

  /** What became of the last problem. */
  public LinProStatus status() {
    return status;
  }

  /**
   * Which label it is: {@link Choice#VERTEX} also where rounding kept a block from its {@link
   * Choice#LEAST_NORM}, and the vertex stayed.
   */
  public Choice choice() {
    return blocks.choice();
  }

  /** The value of the program: {@code ||x||_1}, and in the elastic form what missed rows cost. */
  public double objective() {
    return objective;
  }

  /** The largest miss of a row, {@code max_i |(A x - b)_i|}. */
  public double residual() {
    return residual;
  }

  /**
   * How far primal and dual value are apart at most, over one plus the dual one, block by block.
   */
  public double gap() {
    return gap;
  }

  /** Number of groups of equal columns, without that of the columns that are 0. */
  public int groups() {
    return columns.groups;
  }

  /** Pivots of all problems so far. */
  public long pivots() {
    return blocks.pivots();
  }

  /**
   * What row i misses, {@code b_i - (A x)_i}.
   *
   * @param row its index
   */
  public double missed(int row) {
    return missed[row];
  }

  /**
   * The dual variable of a row; 0 in blocks without an answer.
   *
   * @param row its index
   */
  public double price(int row) {
    return prices[row];
  }

  /**
   * An entry of the vector w that proves infeasibility: inside each infeasible block {@code w'b}
   * exceeds {@code max w'Ax} over all allowed x. It is 0 outside such blocks.
   *
   * @param row its index
   */
  public double certificate(int row) {
    return blocks.ray[row];
  }

  /**
   * Writes the label.
   *
   * @param out [T] or longer; the first T are written
   */
  public void label(double[] out) {
    int length = columns.length;
    int position = 0;
    for (int k = 0; k < columns.segments; k++) {
      int start = columns.segmentStart[k];
      int end = columns.segmentEnd[k];
      int group = columns.segmentGroup[k];
      if (position < start) {
        Arrays.fill(out, position, start, 0);
      }
      double value = blocks.z[group] / columns.groupSize[group];
      position = start;
      if (start + 4 <= length) {
        // Most are short. What is too much is overwritten by what follows.
        out[start] = value;
        out[start + 1] = value;
        out[start + 2] = value;
        out[start + 3] = value;
        position = start + 4;
      }
      if (position < end) {
        Arrays.fill(out, position, end, value);
      }
      position = end;
    }
    Arrays.fill(out, position, length, 0);
  }
}
