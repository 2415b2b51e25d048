// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.Lanes.COUNT;
import static dev.kairos.kernels.simd.Lanes.FLOAT;

import jdk.incubator.vector.FloatVector;

/**
 * The innermost products: {@code C = F + A B} for one tile of C held in registers while k runs. A
 * is packed by k, its rows adjacent; B is packed by k, its columns adjacent. Each element of C
 * takes one fused multiply-add for every k, in order, starting from 0; their sum is added to F: the
 * tile of C itself, or zeros that all rows share.
 *
 * <p>A tile of R rows and V vectors needs {@code R V + V + 1} registers, and at least ten
 * independent sums to hide the latency of two multiply-add units: 14 by 2 fills the 32 registers of
 * AVX-512, 6 by 2 the 16 of AVX and SSE. The lower ones are for the last rows. The sums are local
 * variables: in an array they would be boxed and stored at each step. Where B is read, k has one
 * factor: JDK 17 sees no even steps in a product of two, and checks the range of each.
 */
final class GemmTiles {
  /** Rows of the tallest tile that the registers hold. */
  static final int ROWS = COUNT == 16 ? 14 : 6;

  /** Rows of the lower tile. */
  static final int LOW = 6;

  /** Columns of the widest tile. */
  static final int COLUMNS = 2 * COUNT;

  private GemmTiles() {}

  /** The height of the next tile where so many rows are left. */
  static int height(int left) {
    return left > LOW ? ROWS : LOW;
  }

  /** Runs the tile with this many rows (14 or 6) and vectors (2 or 1). */
  static void run(
      int rows,
      int vectors,
      int depth,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] from,
      int fo,
      int fRow,
      float[] c,
      int co,
      int cRow) {
    if (rows == 14) {
      if (vectors == 2) {
        tile14x2(depth, a, ao, b, bo, from, fo, fRow, c, co, cRow);
      } else {
        tile14x1(depth, a, ao, b, bo, from, fo, fRow, c, co, cRow);
      }
    } else if (vectors == 2) {
      tile6x2(depth, a, ao, b, bo, from, fo, fRow, c, co, cRow);
    } else {
      tile6x1(depth, a, ao, b, bo, from, fo, fRow, c, co, cRow);
    }
  }

  private static void tile14x2(
      int depth,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] from,
      int fo,
      int fRow,
      float[] c,
      int co,
      int cRow) {
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
    int at = co;
    int start = fo;
    c0x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    c0y.add(FloatVector.fromArray(FLOAT, from, start + COUNT)).intoArray(c, at + COUNT);
    at += cRow;
    start += fRow;
    c1x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    c1y.add(FloatVector.fromArray(FLOAT, from, start + COUNT)).intoArray(c, at + COUNT);
    at += cRow;
    start += fRow;
    c2x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    c2y.add(FloatVector.fromArray(FLOAT, from, start + COUNT)).intoArray(c, at + COUNT);
    at += cRow;
    start += fRow;
    c3x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    c3y.add(FloatVector.fromArray(FLOAT, from, start + COUNT)).intoArray(c, at + COUNT);
    at += cRow;
    start += fRow;
    c4x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    c4y.add(FloatVector.fromArray(FLOAT, from, start + COUNT)).intoArray(c, at + COUNT);
    at += cRow;
    start += fRow;
    c5x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    c5y.add(FloatVector.fromArray(FLOAT, from, start + COUNT)).intoArray(c, at + COUNT);
    at += cRow;
    start += fRow;
    c6x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    c6y.add(FloatVector.fromArray(FLOAT, from, start + COUNT)).intoArray(c, at + COUNT);
    at += cRow;
    start += fRow;
    c7x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    c7y.add(FloatVector.fromArray(FLOAT, from, start + COUNT)).intoArray(c, at + COUNT);
    at += cRow;
    start += fRow;
    c8x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    c8y.add(FloatVector.fromArray(FLOAT, from, start + COUNT)).intoArray(c, at + COUNT);
    at += cRow;
    start += fRow;
    c9x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    c9y.add(FloatVector.fromArray(FLOAT, from, start + COUNT)).intoArray(c, at + COUNT);
    at += cRow;
    start += fRow;
    c10x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    c10y.add(FloatVector.fromArray(FLOAT, from, start + COUNT)).intoArray(c, at + COUNT);
    at += cRow;
    start += fRow;
    c11x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    c11y.add(FloatVector.fromArray(FLOAT, from, start + COUNT)).intoArray(c, at + COUNT);
    at += cRow;
    start += fRow;
    c12x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    c12y.add(FloatVector.fromArray(FLOAT, from, start + COUNT)).intoArray(c, at + COUNT);
    at += cRow;
    start += fRow;
    c13x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    c13y.add(FloatVector.fromArray(FLOAT, from, start + COUNT)).intoArray(c, at + COUNT);
  }

  private static void tile14x1(
      int depth,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] from,
      int fo,
      int fRow,
      float[] c,
      int co,
      int cRow) {
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
    int at = co;
    int start = fo;
    c0x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    at += cRow;
    start += fRow;
    c1x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    at += cRow;
    start += fRow;
    c2x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    at += cRow;
    start += fRow;
    c3x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    at += cRow;
    start += fRow;
    c4x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    at += cRow;
    start += fRow;
    c5x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    at += cRow;
    start += fRow;
    c6x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    at += cRow;
    start += fRow;
    c7x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    at += cRow;
    start += fRow;
    c8x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    at += cRow;
    start += fRow;
    c9x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    at += cRow;
    start += fRow;
    c10x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    at += cRow;
    start += fRow;
    c11x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    at += cRow;
    start += fRow;
    c12x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    at += cRow;
    start += fRow;
    c13x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
  }

  private static void tile6x2(
      int depth,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] from,
      int fo,
      int fRow,
      float[] c,
      int co,
      int cRow) {
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
    int at = co;
    int start = fo;
    c0x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    c0y.add(FloatVector.fromArray(FLOAT, from, start + COUNT)).intoArray(c, at + COUNT);
    at += cRow;
    start += fRow;
    c1x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    c1y.add(FloatVector.fromArray(FLOAT, from, start + COUNT)).intoArray(c, at + COUNT);
    at += cRow;
    start += fRow;
    c2x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    c2y.add(FloatVector.fromArray(FLOAT, from, start + COUNT)).intoArray(c, at + COUNT);
    at += cRow;
    start += fRow;
    c3x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    c3y.add(FloatVector.fromArray(FLOAT, from, start + COUNT)).intoArray(c, at + COUNT);
    at += cRow;
    start += fRow;
    c4x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    c4y.add(FloatVector.fromArray(FLOAT, from, start + COUNT)).intoArray(c, at + COUNT);
    at += cRow;
    start += fRow;
    c5x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    c5y.add(FloatVector.fromArray(FLOAT, from, start + COUNT)).intoArray(c, at + COUNT);
  }

  private static void tile6x1(
      int depth,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] from,
      int fo,
      int fRow,
      float[] c,
      int co,
      int cRow) {
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
    int at = co;
    int start = fo;
    c0x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    at += cRow;
    start += fRow;
    c1x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    at += cRow;
    start += fRow;
    c2x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    at += cRow;
    start += fRow;
    c3x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    at += cRow;
    start += fRow;
    c4x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
    at += cRow;
    start += fRow;
    c5x.add(FloatVector.fromArray(FLOAT, from, start)).intoArray(c, at);
  }
}
