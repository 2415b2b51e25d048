// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

/**
 * A batched matrix product over plain arrays: {@code C_i (+)= sum_t A_it B_it} for i in [0, batch)
 * and t in [0, terms), A {@code [M,K]}, B {@code [K,N]}, C {@code [M,N]}. A and B have a stride for
 * each axis, so transposes and overlapping rows are just strides; the columns of C are adjacent.
 *
 * <p>Each element of C starts from 0 or from what is there. Its products are cut into runs, which
 * depend on terms and k alone. The products of a run are added one by one, starting from 0, term
 * after term and each in the order of k; the sums of the runs are added to the element in order. So
 * its bits do not depend on how the work is cut, and no chain of additions is so long that the last
 * products are lost in a large sum.
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

  /**
   * Products in a run at most. Longer runs lose more digits; shorter ones would read and write C
   * more often. With 768 a product of numbers in [0, 1) is off by about 1e-7 for k = 12 288 and by
   * 4e-7 for 2^20, where one chain loses 1.6e-6 and 1.5e-4.
   */
  public static final int RUN = 768;

  /** Multiply-adds below which sharing costs more than it saves. */
  private static final long SMALL = 1 << 17;

  /** Products that each element adds. */
  public int depth() {
    return terms * k;
  }

  /**
   * Where the run ends that begins at product {@code from}, counted through all terms. A long term
   * is cut evenly into runs of its own; short ones are taken together, as many to each run.
   */
  public int runEnd(int from) {
    return runEnd(from, RUN);
  }

  /**
   * The same for loops with shorter runs.
   *
   * @param most products in a run at most
   */
  int runEnd(int from, int most) {
    if (depth() <= most) {
      return depth(); // a single run, without the divisions that many small products would feel
    }
    if (k > most / 2) {
      int within = from % k;
      int step = share(k, share(k, most));
      return from + Math.min(step, k - within);
    }
    int step = share(terms, share(terms, most / k)) * k;
    return Math.min(terms * k, from + step);
  }

  /**
   * Whether terms of so many products have runs of their own, so that adding one term after the
   * other gives the bits of adding them in one product.
   */
  static boolean isTermLong(int k) {
    return k > RUN / 2;
  }

  private static int share(int n, int parts) {
    return (n + parts - 1) / parts;
  }

  /** Whether the product is large enough to be shared among threads. */
  public boolean isShareable() {
    return (long) batch * m * n * depth() >= SMALL;
  }
}
