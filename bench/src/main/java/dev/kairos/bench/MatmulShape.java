// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

/**
 * The sizes of a product {@code [m,k] x [k,n]}.
 *
 * @param m rows of the left matrix
 * @param k columns of the left, rows of the right
 * @param n columns of the right
 */
public record MatmulShape(int m, int k, int n) {
  /** From {@code 512} (a cube) or {@code 1280x1536x512} (m, k, n). */
  static MatmulShape parse(String text) {
    int[] sizes = Sizes.parse(text, 1, 3);
    return sizes.length == 1
        ? new MatmulShape(sizes[0], sizes[0], sizes[0])
        : new MatmulShape(sizes[0], sizes[1], sizes[2]);
  }

  /** Multiply-adds, two operations each. */
  double operations() {
    return 2.0 * m * k * n;
  }
}
