// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import java.util.Arrays;

/**
 * The data of a LinPro problem: contrast rows over the positions {@code 0 .. length - 1} and the
 * value each has to take; row i is positive on its inner range, negative on the two outer ranges
 * beside it and 0 elsewhere.
 *
 * <p>A row is four cuts {@code [outerStart, innerStart, innerEnd, outerEnd]}: inner is {@code
 * [innerStart, innerEnd)}, outer is {@code [outerStart, innerStart)} and {@code [innerEnd,
 * outerEnd)}; any of the three may be empty. How wide an outer range is, is the caller's business.
 * Instances are immutable.
 */
public final class LinProProblem {
  private static final double LARGEST_TARGET = 1e9;

  private final int length;
  private final int[] cuts; // 4 per row
  private final double[] targets;
  private final Weighting weighting;

  /**
   * A problem.
   *
   * @param length number of positions, T
   * @param cuts [N][4], for each row its cuts, {@code 0 <= outerStart <= innerStart <= innerEnd <=
   *     outerEnd <= length}
   * @param targets [N], the right-hand side b
   * @param weighting the entries of the rows
   * @throws IllegalArgumentException if cuts are out of order or range, or a target is not finite
   */
  public LinProProblem(int length, int[][] cuts, double[] targets, Weighting weighting) {
    if (length < 0) {
      throw new IllegalArgumentException("LinPro: needs length >= 0: " + length);
    }
    this.length = length;
    this.cuts = new int[Math.multiplyExact(4, cuts.length)];
    check(targets, cuts.length);
    this.targets = targets.clone();
    this.weighting = weighting;
    for (int i = 0; i < cuts.length; i++) {
      int[] c = cuts[i];
      if (c.length != 4 || c[0] < 0 || c[0] > c[1] || c[1] > c[2] || c[2] > c[3] || c[3] > length) {
        throw new IllegalArgumentException(
            "LinPro: row "
                + i
                + " needs 0 <= outerStart <= innerStart <= innerEnd <= outerEnd <= "
                + length
                + ": "
                + Arrays.toString(c));
      }
      System.arraycopy(c, 0, this.cuts, 4 * i, 4);
    }
  }

  static void check(double[] targets, int rows) {
    if (targets.length != rows) {
      throw new IllegalArgumentException(
          "LinPro: needs a target for each row: " + targets.length + " != " + rows);
    }
    for (int i = 0; i < rows; i++) {
      if (!(Math.abs(targets[i]) <= LARGEST_TARGET)) {
        throw new IllegalArgumentException(
            "LinPro: target "
                + i
                + " must be within "
                + LARGEST_TARGET
                + " of 0 and a number: "
                + targets[i]);
      }
    }
  }

  /** Number of positions, T. */
  public int length() {
    return length;
  }

  /** Number of rows, N. */
  public int rows() {
    return targets.length;
  }

  /** What the entries of the rows are. */
  public Weighting weighting() {
    return weighting;
  }

  /**
   * What a row has to amount to.
   *
   * @param row its index
   */
  public double target(int row) {
    return targets[row];
  }

  /**
   * The entry of the matrix that is not zero on the inner range of a row; 0 if that is empty.
   *
   * @param row its index
   */
  public double innerWeight(int row) {
    int inner = innerCount(row);
    return inner == 0 ? 0 : weighting == Weighting.UNIT ? 1 : 1.0 / inner;
  }

  /**
   * The entry of the matrix, at most 0, on the outer ranges of a row; 0 if both are empty.
   *
   * @param row its index
   */
  public double outerWeight(int row) {
    int outer = outerCount(row);
    return outer == 0 ? 0 : weighting == Weighting.UNIT ? -1 : -1.0 / outer;
  }

  /**
   * One of the four cuts of a row.
   *
   * @param row its index
   * @param k 0 to 3: outer start, inner start, inner end, outer end
   */
  public int cut(int row, int k) {
    return cuts[4 * row + k];
  }

  int innerCount(int row) {
    return cuts[4 * row + 2] - cuts[4 * row + 1];
  }

  int outerCount(int row) {
    return cuts[4 * row + 3] - cuts[4 * row] - innerCount(row);
  }

  /** All cuts, 4 per row; read only. */
  int[] cuts() {
    return cuts;
  }
}
