// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.Lanes.COUNT;
import static dev.kairos.kernels.simd.Lanes.FLOAT;

import jdk.incubator.vector.FloatVector;

/**
 * The innermost products: {@code C = A B} for one tile of C held in registers while k runs. A is
 * packed by k, its rows adjacent; B is packed by k, its columns adjacent. Each element of C takes
 * one fused multiply-add for every k, in order, starting from 0; what the tile is to be added to is
 * added afterwards, by {@link #add}.
 *
 * <p>A tile of R rows and V vectors needs {@code R V + V + 1} registers, and at least eight
 * independent sums to hide the latency of two multiply-add units: 14 by 2 fills the 32 registers of
 * AVX-512, where 6 by 2 takes the last rows. For the 16 of AVX 6 by 2 would do, but JDK 25 fetches
 * most elements of A before it multiplies, keeps a sum in memory and takes twice as long: there the
 * tile is 4 by 2, which has room for all of them (docs/benchmarks/cpu.md). The sums are local
 * variables: in an array they would be boxed and stored at each step. Where B is read, k has one
 * factor: JDK 17 sees no even steps in a product of two, and checks the range of each. C is not
 * read here: with as many loads more the quick compiler of JDK 17 has not registers enough (it
 * knows 10,000), gives up, and then may never hand the tile on to the good one.
 */
final class GemmTiles {
  /** Rows of the tallest tile that the registers hold. */
  static final int ROWS =
      switch (COUNT) {
        case 16 -> 14;
        case 8 -> 4;
        default -> 6;
      };

  /** Rows of the tile for the last rows. */
  static final int LOW = Math.min(6, ROWS);

  /** Columns of the widest tile. */
  static final int COLUMNS = 2 * COUNT;

  private GemmTiles() {}

  /** The height of the next tile where so many rows are left. */
  static int height(int left) {
    return left > LOW ? ROWS : LOW;
  }

  /**
   * Adds sums to a part of C.
   *
   * @param sums rows of {@code wide} elements, of which the first {@code columns} count
   */
  static void add(int rows, int columns, float[] sums, int wide, float[] c, int co, int cRow) {
    int even = columns - columns % COUNT;
    for (int row = 0; row < rows; row++) {
      int from = row * wide;
      int to = co + row * cRow;
      for (int j = 0; j < even; j += COUNT) {
        FloatVector sum = FloatVector.fromArray(FLOAT, sums, from + j);
        sum.add(FloatVector.fromArray(FLOAT, c, to + j)).intoArray(c, to + j);
      }
      for (int j = even; j < columns; j++) {
        c[to + j] += sums[from + j];
      }
    }
  }

  /**
   * Runs a tile.
   *
   * @param rows its rows: 14, 6 or 4
   * @param vectors its width: 2 or 1
   * @param zero added to each sum: 0, or -0, which leaves it as it is
   */
  static void run(
      int rows,
      int vectors,
      int depth,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float zero,
      float[] c,
      int co,
      int cRow) {
    boolean wide = vectors == 2;
    switch (rows) {
      case 14 -> {
        if (wide) {
          tile14x2(depth, a, ao, b, bo, zero, c, co, cRow);
        } else {
          tile14x1(depth, a, ao, b, bo, zero, c, co, cRow);
        }
      }
      case 6 -> {
        if (wide) {
          tile6x2(depth, a, ao, b, bo, zero, c, co, cRow);
        } else {
          tile6x1(depth, a, ao, b, bo, zero, c, co, cRow);
        }
      }
      default -> {
        if (wide) {
          tile4x2(depth, a, ao, b, bo, zero, c, co, cRow);
        } else {
          tile4x1(depth, a, ao, b, bo, zero, c, co, cRow);
        }
      }
    }
  }

  private static void tile14x2(
      int depth, float[] a, int ao, float[] b, int bo, float zero, float[] c, int co, int cRow) {
    FloatVector c0x = FloatVector.zero(FLOAT);
    FloatVector c0y = FloatVector.zero(FLOAT);
    FloatVector c1x = FloatVector.zero(FLOAT);
    FloatVector c1y = FloatVector.zero(FLOAT);
    FloatVector c2x = FloatVector.zero(FLOAT);
    FloatVector c2y = FloatVector.zero(FLOAT);
    FloatVector c3x = FloatVector.zero(FLOAT);
    FloatVector c3y = FloatVector.zero(FLOAT);
    FloatVector c4x = FloatVector.zero(FLOAT);
    FloatVector c4y = FloatVector.zero(FLOAT);
    FloatVector c5x = FloatVector.zero(FLOAT);
    FloatVector c5y = FloatVector.zero(FLOAT);
    FloatVector c6x = FloatVector.zero(FLOAT);
    FloatVector c6y = FloatVector.zero(FLOAT);
    FloatVector c7x = FloatVector.zero(FLOAT);
    FloatVector c7y = FloatVector.zero(FLOAT);
    FloatVector c8x = FloatVector.zero(FLOAT);
    FloatVector c8y = FloatVector.zero(FLOAT);
    FloatVector c9x = FloatVector.zero(FLOAT);
    FloatVector c9y = FloatVector.zero(FLOAT);
    FloatVector c10x = FloatVector.zero(FLOAT);
    FloatVector c10y = FloatVector.zero(FLOAT);
    FloatVector c11x = FloatVector.zero(FLOAT);
    FloatVector c11y = FloatVector.zero(FLOAT);
    FloatVector c12x = FloatVector.zero(FLOAT);
    FloatVector c12y = FloatVector.zero(FLOAT);
    FloatVector c13x = FloatVector.zero(FLOAT);
    FloatVector c13y = FloatVector.zero(FLOAT);
    for (int k = 0; k < depth; k++) {
      FloatVector bx = FloatVector.fromArray(FLOAT, b, bo + k * COLUMNS);
      FloatVector by = FloatVector.fromArray(FLOAT, b, bo + k * COLUMNS + COUNT);
      FloatVector v0 = FloatVector.broadcast(FLOAT, a[ao + k * 14]);
      c0x = v0.fma(bx, c0x);
      c0y = v0.fma(by, c0y);
      FloatVector v1 = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 1]);
      c1x = v1.fma(bx, c1x);
      c1y = v1.fma(by, c1y);
      FloatVector v2 = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 2]);
      c2x = v2.fma(bx, c2x);
      c2y = v2.fma(by, c2y);
      FloatVector v3 = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 3]);
      c3x = v3.fma(bx, c3x);
      c3y = v3.fma(by, c3y);
      FloatVector v4 = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 4]);
      c4x = v4.fma(bx, c4x);
      c4y = v4.fma(by, c4y);
      FloatVector v5 = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 5]);
      c5x = v5.fma(bx, c5x);
      c5y = v5.fma(by, c5y);
      FloatVector v6 = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 6]);
      c6x = v6.fma(bx, c6x);
      c6y = v6.fma(by, c6y);
      FloatVector v7 = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 7]);
      c7x = v7.fma(bx, c7x);
      c7y = v7.fma(by, c7y);
      FloatVector v8 = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 8]);
      c8x = v8.fma(bx, c8x);
      c8y = v8.fma(by, c8y);
      FloatVector v9 = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 9]);
      c9x = v9.fma(bx, c9x);
      c9y = v9.fma(by, c9y);
      FloatVector v10 = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 10]);
      c10x = v10.fma(bx, c10x);
      c10y = v10.fma(by, c10y);
      FloatVector v11 = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 11]);
      c11x = v11.fma(bx, c11x);
      c11y = v11.fma(by, c11y);
      FloatVector v12 = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 12]);
      c12x = v12.fma(bx, c12x);
      c12y = v12.fma(by, c12y);
      FloatVector v13 = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 13]);
      c13x = v13.fma(bx, c13x);
      c13y = v13.fma(by, c13y);
    }
    FloatVector start = FloatVector.broadcast(FLOAT, zero);
    int at = co;
    c0x.add(start).intoArray(c, at);
    c0y.add(start).intoArray(c, at + COUNT);
    at += cRow;
    c1x.add(start).intoArray(c, at);
    c1y.add(start).intoArray(c, at + COUNT);
    at += cRow;
    c2x.add(start).intoArray(c, at);
    c2y.add(start).intoArray(c, at + COUNT);
    at += cRow;
    c3x.add(start).intoArray(c, at);
    c3y.add(start).intoArray(c, at + COUNT);
    at += cRow;
    c4x.add(start).intoArray(c, at);
    c4y.add(start).intoArray(c, at + COUNT);
    at += cRow;
    c5x.add(start).intoArray(c, at);
    c5y.add(start).intoArray(c, at + COUNT);
    at += cRow;
    c6x.add(start).intoArray(c, at);
    c6y.add(start).intoArray(c, at + COUNT);
    at += cRow;
    c7x.add(start).intoArray(c, at);
    c7y.add(start).intoArray(c, at + COUNT);
    at += cRow;
    c8x.add(start).intoArray(c, at);
    c8y.add(start).intoArray(c, at + COUNT);
    at += cRow;
    c9x.add(start).intoArray(c, at);
    c9y.add(start).intoArray(c, at + COUNT);
    at += cRow;
    c10x.add(start).intoArray(c, at);
    c10y.add(start).intoArray(c, at + COUNT);
    at += cRow;
    c11x.add(start).intoArray(c, at);
    c11y.add(start).intoArray(c, at + COUNT);
    at += cRow;
    c12x.add(start).intoArray(c, at);
    c12y.add(start).intoArray(c, at + COUNT);
    at += cRow;
    c13x.add(start).intoArray(c, at);
    c13y.add(start).intoArray(c, at + COUNT);
  }

  private static void tile14x1(
      int depth, float[] a, int ao, float[] b, int bo, float zero, float[] c, int co, int cRow) {
    FloatVector c0x = FloatVector.zero(FLOAT);
    FloatVector c1x = FloatVector.zero(FLOAT);
    FloatVector c2x = FloatVector.zero(FLOAT);
    FloatVector c3x = FloatVector.zero(FLOAT);
    FloatVector c4x = FloatVector.zero(FLOAT);
    FloatVector c5x = FloatVector.zero(FLOAT);
    FloatVector c6x = FloatVector.zero(FLOAT);
    FloatVector c7x = FloatVector.zero(FLOAT);
    FloatVector c8x = FloatVector.zero(FLOAT);
    FloatVector c9x = FloatVector.zero(FLOAT);
    FloatVector c10x = FloatVector.zero(FLOAT);
    FloatVector c11x = FloatVector.zero(FLOAT);
    FloatVector c12x = FloatVector.zero(FLOAT);
    FloatVector c13x = FloatVector.zero(FLOAT);
    for (int k = 0; k < depth; k++) {
      FloatVector bx = FloatVector.fromArray(FLOAT, b, bo + k * COUNT);
      c0x = FloatVector.broadcast(FLOAT, a[ao + k * 14]).fma(bx, c0x);
      c1x = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 1]).fma(bx, c1x);
      c2x = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 2]).fma(bx, c2x);
      c3x = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 3]).fma(bx, c3x);
      c4x = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 4]).fma(bx, c4x);
      c5x = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 5]).fma(bx, c5x);
      c6x = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 6]).fma(bx, c6x);
      c7x = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 7]).fma(bx, c7x);
      c8x = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 8]).fma(bx, c8x);
      c9x = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 9]).fma(bx, c9x);
      c10x = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 10]).fma(bx, c10x);
      c11x = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 11]).fma(bx, c11x);
      c12x = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 12]).fma(bx, c12x);
      c13x = FloatVector.broadcast(FLOAT, a[ao + k * 14 + 13]).fma(bx, c13x);
    }
    FloatVector start = FloatVector.broadcast(FLOAT, zero);
    int at = co;
    c0x.add(start).intoArray(c, at);
    at += cRow;
    c1x.add(start).intoArray(c, at);
    at += cRow;
    c2x.add(start).intoArray(c, at);
    at += cRow;
    c3x.add(start).intoArray(c, at);
    at += cRow;
    c4x.add(start).intoArray(c, at);
    at += cRow;
    c5x.add(start).intoArray(c, at);
    at += cRow;
    c6x.add(start).intoArray(c, at);
    at += cRow;
    c7x.add(start).intoArray(c, at);
    at += cRow;
    c8x.add(start).intoArray(c, at);
    at += cRow;
    c9x.add(start).intoArray(c, at);
    at += cRow;
    c10x.add(start).intoArray(c, at);
    at += cRow;
    c11x.add(start).intoArray(c, at);
    at += cRow;
    c12x.add(start).intoArray(c, at);
    at += cRow;
    c13x.add(start).intoArray(c, at);
  }

  private static void tile6x2(
      int depth, float[] a, int ao, float[] b, int bo, float zero, float[] c, int co, int cRow) {
    FloatVector c0x = FloatVector.zero(FLOAT);
    FloatVector c0y = FloatVector.zero(FLOAT);
    FloatVector c1x = FloatVector.zero(FLOAT);
    FloatVector c1y = FloatVector.zero(FLOAT);
    FloatVector c2x = FloatVector.zero(FLOAT);
    FloatVector c2y = FloatVector.zero(FLOAT);
    FloatVector c3x = FloatVector.zero(FLOAT);
    FloatVector c3y = FloatVector.zero(FLOAT);
    FloatVector c4x = FloatVector.zero(FLOAT);
    FloatVector c4y = FloatVector.zero(FLOAT);
    FloatVector c5x = FloatVector.zero(FLOAT);
    FloatVector c5y = FloatVector.zero(FLOAT);
    for (int k = 0; k < depth; k++) {
      FloatVector bx = FloatVector.fromArray(FLOAT, b, bo + k * COLUMNS);
      FloatVector by = FloatVector.fromArray(FLOAT, b, bo + k * COLUMNS + COUNT);
      FloatVector v0 = FloatVector.broadcast(FLOAT, a[ao + k * 6]);
      c0x = v0.fma(bx, c0x);
      c0y = v0.fma(by, c0y);
      FloatVector v1 = FloatVector.broadcast(FLOAT, a[ao + k * 6 + 1]);
      c1x = v1.fma(bx, c1x);
      c1y = v1.fma(by, c1y);
      FloatVector v2 = FloatVector.broadcast(FLOAT, a[ao + k * 6 + 2]);
      c2x = v2.fma(bx, c2x);
      c2y = v2.fma(by, c2y);
      FloatVector v3 = FloatVector.broadcast(FLOAT, a[ao + k * 6 + 3]);
      c3x = v3.fma(bx, c3x);
      c3y = v3.fma(by, c3y);
      FloatVector v4 = FloatVector.broadcast(FLOAT, a[ao + k * 6 + 4]);
      c4x = v4.fma(bx, c4x);
      c4y = v4.fma(by, c4y);
      FloatVector v5 = FloatVector.broadcast(FLOAT, a[ao + k * 6 + 5]);
      c5x = v5.fma(bx, c5x);
      c5y = v5.fma(by, c5y);
    }
    FloatVector start = FloatVector.broadcast(FLOAT, zero);
    int at = co;
    c0x.add(start).intoArray(c, at);
    c0y.add(start).intoArray(c, at + COUNT);
    at += cRow;
    c1x.add(start).intoArray(c, at);
    c1y.add(start).intoArray(c, at + COUNT);
    at += cRow;
    c2x.add(start).intoArray(c, at);
    c2y.add(start).intoArray(c, at + COUNT);
    at += cRow;
    c3x.add(start).intoArray(c, at);
    c3y.add(start).intoArray(c, at + COUNT);
    at += cRow;
    c4x.add(start).intoArray(c, at);
    c4y.add(start).intoArray(c, at + COUNT);
    at += cRow;
    c5x.add(start).intoArray(c, at);
    c5y.add(start).intoArray(c, at + COUNT);
  }

  private static void tile4x2(
      int depth, float[] a, int ao, float[] b, int bo, float zero, float[] c, int co, int cRow) {
    FloatVector c0x = FloatVector.zero(FLOAT);
    FloatVector c0y = FloatVector.zero(FLOAT);
    FloatVector c1x = FloatVector.zero(FLOAT);
    FloatVector c1y = FloatVector.zero(FLOAT);
    FloatVector c2x = FloatVector.zero(FLOAT);
    FloatVector c2y = FloatVector.zero(FLOAT);
    FloatVector c3x = FloatVector.zero(FLOAT);
    FloatVector c3y = FloatVector.zero(FLOAT);
    for (int k = 0; k < depth; k++) {
      FloatVector bx = FloatVector.fromArray(FLOAT, b, bo + k * COLUMNS);
      FloatVector by = FloatVector.fromArray(FLOAT, b, bo + k * COLUMNS + COUNT);
      FloatVector v0 = FloatVector.broadcast(FLOAT, a[ao + k * 4]);
      c0x = v0.fma(bx, c0x);
      c0y = v0.fma(by, c0y);
      FloatVector v1 = FloatVector.broadcast(FLOAT, a[ao + k * 4 + 1]);
      c1x = v1.fma(bx, c1x);
      c1y = v1.fma(by, c1y);
      FloatVector v2 = FloatVector.broadcast(FLOAT, a[ao + k * 4 + 2]);
      c2x = v2.fma(bx, c2x);
      c2y = v2.fma(by, c2y);
      FloatVector v3 = FloatVector.broadcast(FLOAT, a[ao + k * 4 + 3]);
      c3x = v3.fma(bx, c3x);
      c3y = v3.fma(by, c3y);
    }
    FloatVector start = FloatVector.broadcast(FLOAT, zero);
    int at = co;
    c0x.add(start).intoArray(c, at);
    c0y.add(start).intoArray(c, at + COUNT);
    at += cRow;
    c1x.add(start).intoArray(c, at);
    c1y.add(start).intoArray(c, at + COUNT);
    at += cRow;
    c2x.add(start).intoArray(c, at);
    c2y.add(start).intoArray(c, at + COUNT);
    at += cRow;
    c3x.add(start).intoArray(c, at);
    c3y.add(start).intoArray(c, at + COUNT);
  }

  private static void tile6x1(
      int depth, float[] a, int ao, float[] b, int bo, float zero, float[] c, int co, int cRow) {
    FloatVector c0x = FloatVector.zero(FLOAT);
    FloatVector c1x = FloatVector.zero(FLOAT);
    FloatVector c2x = FloatVector.zero(FLOAT);
    FloatVector c3x = FloatVector.zero(FLOAT);
    FloatVector c4x = FloatVector.zero(FLOAT);
    FloatVector c5x = FloatVector.zero(FLOAT);
    for (int k = 0; k < depth; k++) {
      FloatVector bx = FloatVector.fromArray(FLOAT, b, bo + k * COUNT);
      c0x = FloatVector.broadcast(FLOAT, a[ao + k * 6]).fma(bx, c0x);
      c1x = FloatVector.broadcast(FLOAT, a[ao + k * 6 + 1]).fma(bx, c1x);
      c2x = FloatVector.broadcast(FLOAT, a[ao + k * 6 + 2]).fma(bx, c2x);
      c3x = FloatVector.broadcast(FLOAT, a[ao + k * 6 + 3]).fma(bx, c3x);
      c4x = FloatVector.broadcast(FLOAT, a[ao + k * 6 + 4]).fma(bx, c4x);
      c5x = FloatVector.broadcast(FLOAT, a[ao + k * 6 + 5]).fma(bx, c5x);
    }
    FloatVector start = FloatVector.broadcast(FLOAT, zero);
    int at = co;
    c0x.add(start).intoArray(c, at);
    at += cRow;
    c1x.add(start).intoArray(c, at);
    at += cRow;
    c2x.add(start).intoArray(c, at);
    at += cRow;
    c3x.add(start).intoArray(c, at);
    at += cRow;
    c4x.add(start).intoArray(c, at);
    at += cRow;
    c5x.add(start).intoArray(c, at);
  }

  private static void tile4x1(
      int depth, float[] a, int ao, float[] b, int bo, float zero, float[] c, int co, int cRow) {
    FloatVector c0x = FloatVector.zero(FLOAT);
    FloatVector c1x = FloatVector.zero(FLOAT);
    FloatVector c2x = FloatVector.zero(FLOAT);
    FloatVector c3x = FloatVector.zero(FLOAT);
    for (int k = 0; k < depth; k++) {
      FloatVector bx = FloatVector.fromArray(FLOAT, b, bo + k * COUNT);
      c0x = FloatVector.broadcast(FLOAT, a[ao + k * 4]).fma(bx, c0x);
      c1x = FloatVector.broadcast(FLOAT, a[ao + k * 4 + 1]).fma(bx, c1x);
      c2x = FloatVector.broadcast(FLOAT, a[ao + k * 4 + 2]).fma(bx, c2x);
      c3x = FloatVector.broadcast(FLOAT, a[ao + k * 4 + 3]).fma(bx, c3x);
    }
    FloatVector start = FloatVector.broadcast(FLOAT, zero);
    int at = co;
    c0x.add(start).intoArray(c, at);
    at += cRow;
    c1x.add(start).intoArray(c, at);
    at += cRow;
    c2x.add(start).intoArray(c, at);
    at += cRow;
    c3x.add(start).intoArray(c, at);
  }
}
