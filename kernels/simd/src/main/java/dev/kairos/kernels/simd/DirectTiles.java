// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.GemmTiles.COLUMNS;
import static dev.kairos.kernels.simd.Lanes.COUNT;
import static dev.kairos.kernels.simd.Lanes.FLOAT;

import jdk.incubator.vector.FloatVector;

/**
 * The tiles of {@link GemmTiles} with A as it lies: its columns adjacent, its rows {@code aRow}
 * apart. Where a row of A meets only a few panels of B, packing it would cost more than it saves.
 */
final class DirectTiles {
  private DirectTiles() {}

  /**
   * Runs a tile.
   *
   * @param height rows of the tile: 14, 6 or 4
   * @param vectors its width: 2 or 1
   * @param rows how many rows of A there are; the last one stands for those missing
   * @param zero added to each sum: 0, or -0, which leaves it as it is
   */
  static void run(
      int height,
      int vectors,
      int depth,
      float[] a,
      int ao,
      int aRow,
      int rows,
      float[] b,
      int bo,
      float zero,
      float[] c,
      int co,
      int cRow) {
    boolean wide = vectors == 2;
    switch (height) {
      case 14 -> {
        if (wide) {
          tile14x2(depth, a, ao, aRow, rows, b, bo, zero, c, co, cRow);
        } else {
          tile14x1(depth, a, ao, aRow, rows, b, bo, zero, c, co, cRow);
        }
      }
      case 6 -> {
        if (wide) {
          tile6x2(depth, a, ao, aRow, rows, b, bo, zero, c, co, cRow);
        } else {
          tile6x1(depth, a, ao, aRow, rows, b, bo, zero, c, co, cRow);
        }
      }
      default -> {
        if (wide) {
          tile4x2(depth, a, ao, aRow, rows, b, bo, zero, c, co, cRow);
        } else {
          tile4x1(depth, a, ao, aRow, rows, b, bo, zero, c, co, cRow);
        }
      }
    }
  }

  private static void tile14x2(
      int depth,
      float[] a,
      int ao,
      int aRow,
      int rows,
      float[] b,
      int bo,
      float zero,
      float[] c,
      int co,
      int cRow) {
    int a1 = ao + Math.min(1, rows - 1) * aRow;
    int a2 = ao + Math.min(2, rows - 1) * aRow;
    int a3 = ao + Math.min(3, rows - 1) * aRow;
    int a4 = ao + Math.min(4, rows - 1) * aRow;
    int a5 = ao + Math.min(5, rows - 1) * aRow;
    int a6 = ao + Math.min(6, rows - 1) * aRow;
    int a7 = ao + Math.min(7, rows - 1) * aRow;
    int a8 = ao + Math.min(8, rows - 1) * aRow;
    int a9 = ao + Math.min(9, rows - 1) * aRow;
    int a10 = ao + Math.min(10, rows - 1) * aRow;
    int a11 = ao + Math.min(11, rows - 1) * aRow;
    int a12 = ao + Math.min(12, rows - 1) * aRow;
    int a13 = ao + Math.min(13, rows - 1) * aRow;
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
      FloatVector v0 = FloatVector.broadcast(FLOAT, a[ao + k]);
      c0x = v0.fma(bx, c0x);
      c0y = v0.fma(by, c0y);
      FloatVector v1 = FloatVector.broadcast(FLOAT, a[a1 + k]);
      c1x = v1.fma(bx, c1x);
      c1y = v1.fma(by, c1y);
      FloatVector v2 = FloatVector.broadcast(FLOAT, a[a2 + k]);
      c2x = v2.fma(bx, c2x);
      c2y = v2.fma(by, c2y);
      FloatVector v3 = FloatVector.broadcast(FLOAT, a[a3 + k]);
      c3x = v3.fma(bx, c3x);
      c3y = v3.fma(by, c3y);
      FloatVector v4 = FloatVector.broadcast(FLOAT, a[a4 + k]);
      c4x = v4.fma(bx, c4x);
      c4y = v4.fma(by, c4y);
      FloatVector v5 = FloatVector.broadcast(FLOAT, a[a5 + k]);
      c5x = v5.fma(bx, c5x);
      c5y = v5.fma(by, c5y);
      FloatVector v6 = FloatVector.broadcast(FLOAT, a[a6 + k]);
      c6x = v6.fma(bx, c6x);
      c6y = v6.fma(by, c6y);
      FloatVector v7 = FloatVector.broadcast(FLOAT, a[a7 + k]);
      c7x = v7.fma(bx, c7x);
      c7y = v7.fma(by, c7y);
      FloatVector v8 = FloatVector.broadcast(FLOAT, a[a8 + k]);
      c8x = v8.fma(bx, c8x);
      c8y = v8.fma(by, c8y);
      FloatVector v9 = FloatVector.broadcast(FLOAT, a[a9 + k]);
      c9x = v9.fma(bx, c9x);
      c9y = v9.fma(by, c9y);
      FloatVector v10 = FloatVector.broadcast(FLOAT, a[a10 + k]);
      c10x = v10.fma(bx, c10x);
      c10y = v10.fma(by, c10y);
      FloatVector v11 = FloatVector.broadcast(FLOAT, a[a11 + k]);
      c11x = v11.fma(bx, c11x);
      c11y = v11.fma(by, c11y);
      FloatVector v12 = FloatVector.broadcast(FLOAT, a[a12 + k]);
      c12x = v12.fma(bx, c12x);
      c12y = v12.fma(by, c12y);
      FloatVector v13 = FloatVector.broadcast(FLOAT, a[a13 + k]);
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
      int depth,
      float[] a,
      int ao,
      int aRow,
      int rows,
      float[] b,
      int bo,
      float zero,
      float[] c,
      int co,
      int cRow) {
    int a1 = ao + Math.min(1, rows - 1) * aRow;
    int a2 = ao + Math.min(2, rows - 1) * aRow;
    int a3 = ao + Math.min(3, rows - 1) * aRow;
    int a4 = ao + Math.min(4, rows - 1) * aRow;
    int a5 = ao + Math.min(5, rows - 1) * aRow;
    int a6 = ao + Math.min(6, rows - 1) * aRow;
    int a7 = ao + Math.min(7, rows - 1) * aRow;
    int a8 = ao + Math.min(8, rows - 1) * aRow;
    int a9 = ao + Math.min(9, rows - 1) * aRow;
    int a10 = ao + Math.min(10, rows - 1) * aRow;
    int a11 = ao + Math.min(11, rows - 1) * aRow;
    int a12 = ao + Math.min(12, rows - 1) * aRow;
    int a13 = ao + Math.min(13, rows - 1) * aRow;
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
      c0x = FloatVector.broadcast(FLOAT, a[ao + k]).fma(bx, c0x);
      c1x = FloatVector.broadcast(FLOAT, a[a1 + k]).fma(bx, c1x);
      c2x = FloatVector.broadcast(FLOAT, a[a2 + k]).fma(bx, c2x);
      c3x = FloatVector.broadcast(FLOAT, a[a3 + k]).fma(bx, c3x);
      c4x = FloatVector.broadcast(FLOAT, a[a4 + k]).fma(bx, c4x);
      c5x = FloatVector.broadcast(FLOAT, a[a5 + k]).fma(bx, c5x);
      c6x = FloatVector.broadcast(FLOAT, a[a6 + k]).fma(bx, c6x);
      c7x = FloatVector.broadcast(FLOAT, a[a7 + k]).fma(bx, c7x);
      c8x = FloatVector.broadcast(FLOAT, a[a8 + k]).fma(bx, c8x);
      c9x = FloatVector.broadcast(FLOAT, a[a9 + k]).fma(bx, c9x);
      c10x = FloatVector.broadcast(FLOAT, a[a10 + k]).fma(bx, c10x);
      c11x = FloatVector.broadcast(FLOAT, a[a11 + k]).fma(bx, c11x);
      c12x = FloatVector.broadcast(FLOAT, a[a12 + k]).fma(bx, c12x);
      c13x = FloatVector.broadcast(FLOAT, a[a13 + k]).fma(bx, c13x);
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
      int depth,
      float[] a,
      int ao,
      int aRow,
      int rows,
      float[] b,
      int bo,
      float zero,
      float[] c,
      int co,
      int cRow) {
    int a1 = ao + Math.min(1, rows - 1) * aRow;
    int a2 = ao + Math.min(2, rows - 1) * aRow;
    int a3 = ao + Math.min(3, rows - 1) * aRow;
    int a4 = ao + Math.min(4, rows - 1) * aRow;
    int a5 = ao + Math.min(5, rows - 1) * aRow;
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
      FloatVector v0 = FloatVector.broadcast(FLOAT, a[ao + k]);
      c0x = v0.fma(bx, c0x);
      c0y = v0.fma(by, c0y);
      FloatVector v1 = FloatVector.broadcast(FLOAT, a[a1 + k]);
      c1x = v1.fma(bx, c1x);
      c1y = v1.fma(by, c1y);
      FloatVector v2 = FloatVector.broadcast(FLOAT, a[a2 + k]);
      c2x = v2.fma(bx, c2x);
      c2y = v2.fma(by, c2y);
      FloatVector v3 = FloatVector.broadcast(FLOAT, a[a3 + k]);
      c3x = v3.fma(bx, c3x);
      c3y = v3.fma(by, c3y);
      FloatVector v4 = FloatVector.broadcast(FLOAT, a[a4 + k]);
      c4x = v4.fma(bx, c4x);
      c4y = v4.fma(by, c4y);
      FloatVector v5 = FloatVector.broadcast(FLOAT, a[a5 + k]);
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
      int depth,
      float[] a,
      int ao,
      int aRow,
      int rows,
      float[] b,
      int bo,
      float zero,
      float[] c,
      int co,
      int cRow) {
    int a1 = ao + Math.min(1, rows - 1) * aRow;
    int a2 = ao + Math.min(2, rows - 1) * aRow;
    int a3 = ao + Math.min(3, rows - 1) * aRow;
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
      FloatVector v0 = FloatVector.broadcast(FLOAT, a[ao + k]);
      c0x = v0.fma(bx, c0x);
      c0y = v0.fma(by, c0y);
      FloatVector v1 = FloatVector.broadcast(FLOAT, a[a1 + k]);
      c1x = v1.fma(bx, c1x);
      c1y = v1.fma(by, c1y);
      FloatVector v2 = FloatVector.broadcast(FLOAT, a[a2 + k]);
      c2x = v2.fma(bx, c2x);
      c2y = v2.fma(by, c2y);
      FloatVector v3 = FloatVector.broadcast(FLOAT, a[a3 + k]);
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
      int depth,
      float[] a,
      int ao,
      int aRow,
      int rows,
      float[] b,
      int bo,
      float zero,
      float[] c,
      int co,
      int cRow) {
    int a1 = ao + Math.min(1, rows - 1) * aRow;
    int a2 = ao + Math.min(2, rows - 1) * aRow;
    int a3 = ao + Math.min(3, rows - 1) * aRow;
    int a4 = ao + Math.min(4, rows - 1) * aRow;
    int a5 = ao + Math.min(5, rows - 1) * aRow;
    FloatVector c0x = FloatVector.zero(FLOAT);
    FloatVector c1x = FloatVector.zero(FLOAT);
    FloatVector c2x = FloatVector.zero(FLOAT);
    FloatVector c3x = FloatVector.zero(FLOAT);
    FloatVector c4x = FloatVector.zero(FLOAT);
    FloatVector c5x = FloatVector.zero(FLOAT);
    for (int k = 0; k < depth; k++) {
      FloatVector bx = FloatVector.fromArray(FLOAT, b, bo + k * COUNT);
      c0x = FloatVector.broadcast(FLOAT, a[ao + k]).fma(bx, c0x);
      c1x = FloatVector.broadcast(FLOAT, a[a1 + k]).fma(bx, c1x);
      c2x = FloatVector.broadcast(FLOAT, a[a2 + k]).fma(bx, c2x);
      c3x = FloatVector.broadcast(FLOAT, a[a3 + k]).fma(bx, c3x);
      c4x = FloatVector.broadcast(FLOAT, a[a4 + k]).fma(bx, c4x);
      c5x = FloatVector.broadcast(FLOAT, a[a5 + k]).fma(bx, c5x);
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
      int depth,
      float[] a,
      int ao,
      int aRow,
      int rows,
      float[] b,
      int bo,
      float zero,
      float[] c,
      int co,
      int cRow) {
    int a1 = ao + Math.min(1, rows - 1) * aRow;
    int a2 = ao + Math.min(2, rows - 1) * aRow;
    int a3 = ao + Math.min(3, rows - 1) * aRow;
    FloatVector c0x = FloatVector.zero(FLOAT);
    FloatVector c1x = FloatVector.zero(FLOAT);
    FloatVector c2x = FloatVector.zero(FLOAT);
    FloatVector c3x = FloatVector.zero(FLOAT);
    for (int k = 0; k < depth; k++) {
      FloatVector bx = FloatVector.fromArray(FLOAT, b, bo + k * COUNT);
      c0x = FloatVector.broadcast(FLOAT, a[ao + k]).fma(bx, c0x);
      c1x = FloatVector.broadcast(FLOAT, a[a1 + k]).fma(bx, c1x);
      c2x = FloatVector.broadcast(FLOAT, a[a2 + k]).fma(bx, c2x);
      c3x = FloatVector.broadcast(FLOAT, a[a3 + k]).fma(bx, c3x);
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
