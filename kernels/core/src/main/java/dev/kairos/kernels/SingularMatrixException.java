// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/** Thrown for a system of equations whose matrix is singular to working precision. */
public final class SingularMatrixException extends KairosException {
  private static final long serialVersionUID = 1L;

  private final int matrix;
  private final int column;

  /**
   * A failure.
   *
   * @param where what was solved, for example {@code solve: matrix 2 of [4, 3, 3]}
   * @param matrix its number in the batch
   * @param column the column in which elimination found no pivot
   */
  public SingularMatrixException(String where, int matrix, int column) {
    super(
        "KNUM-004",
        where + " is singular: column " + column + " depends on the columns before it",
        "add a small multiple of the identity to the matrix, or leave the dependent rows out",
        null);
    this.matrix = matrix;
    this.column = column;
  }

  /** The number of the matrix in its batch. */
  public int matrix() {
    return matrix;
  }

  /** The column in which elimination found no pivot. */
  public int column() {
    return column;
  }
}
