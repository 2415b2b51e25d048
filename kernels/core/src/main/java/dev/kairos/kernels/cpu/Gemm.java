// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

/**
 * A batched matrix product over plain arrays: {@code C_i (+)= sum_t A_it B_it} for i in [0, batch)
 * and t in [0, terms), A {@code [M,K]}, B {@code [K,N]}, C {@code [M,N]}. A and B have a stride for
 * each axis, so transposes and overlapping rows are just strides; the columns of C are adjacent.
 * Each element of C adds its products one by one, term after term and each in the order of k,
 * starting from 0 or from what is there, so its bits do not depend on how the work is cut.
 *
 * @param batch number of products
 * @param m rows of A and C
 * @param n columns of B and C
 * @param terms products added into one C
 * @param k columns of A, rows of B
 * @param a elements of A
 * @param aOffset first element
 * @param aBatch step from one product to the next, 0 if shared
 * @param aTerm step from one term to the next
 * @param aRow step from one row to the next
 * @param aColumn step from one column to the next
 * @param b elements of B
 * @param bOffset first element
 * @param bBatch step from one product to the next, 0 if shared
 * @param bTerm step from one term to the next
 * @param bRow step from one row to the next
 * @param bColumn step from one column to the next
 * @param c elements of C
 * @param cOffset first element
 * @param cBatch step from one product to the next
 * @param cRow step from one row to the next
 * @param accumulate whether C's content is added to
 */
@SuppressWarnings("ArrayRecordComponent") // names the operands of one call; never compared or kept
public record Gemm(
    int batch,
    int m,
    int n,
    int terms,
    int k,
    float[] a,
    int aOffset,
    int aBatch,
    int aTerm,
    int aRow,
    int aColumn,
    float[] b,
    int bOffset,
    int bBatch,
    int bTerm,
    int bRow,
    int bColumn,
    float[] c,
    int cOffset,
    int cBatch,
    int cRow,
    boolean accumulate) {

  /** Multiply-adds below which sharing costs more than it saves. */
  private static final long SMALL = 1 << 17;

  /** Products that each element adds. */
  public int depth() {
    return terms * k;
  }

  /** Whether the product is large enough to be shared among threads. */
  public boolean isShareable() {
    return (long) batch * m * n * depth() >= SMALL;
  }
}
