// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.Lanes.COUNT;
import static dev.kairos.kernels.simd.Lanes.FLOAT;

import jdk.incubator.vector.FloatVector;

/**
 * The innermost products: {@code C += A B} for one tile of C held in registers while k runs. A is
 * packed by k, its rows adjacent; B is packed by k, its columns adjacent. Each element of C takes
 * one fused multiply-add for every k, in order.
 *
 * <p>A tile of R rows and V vectors needs {@code R V + V + 1} registers, and at least ten
 * independent sums to hide the latency of two multiply-add units: 12 by 2 fills the 32 registers of
 * AVX-512, 6 by 2 the 16 of AVX and SSE. The sums are local variables: in an array they would be
 * boxed and stored at each step.
 */
final class GemmTiles {
  private GemmTiles() {}

  /** Runs the tile with this many rows and vectors, one of the four that exist. */
  static void run(
      int rows,
      int vectors,
      int depth,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co,
      int cRow) {
    if (rows == 12 && vectors == 2) {
      tile12x2(depth, a, ao, b, bo, c, co, cRow);
    } else if (rows == 12) {
      tile12x1(depth, a, ao, b, bo, c, co, cRow);
    } else if (vectors == 2) {
      tile6x2(depth, a, ao, b, bo, c, co, cRow);
    } else {
      tile6x1(depth, a, ao, b, bo, c, co, cRow);
    }
  }

  private static void tile12x2(
      int depth, float[] a, int ao, float[] b, int bo, float[] c, int co, int cRow) {
    int r1 = co + cRow;
    int r2 = r1 + cRow;
    int r3 = r2 + cRow;
    int r4 = r3 + cRow;
    int r5 = r4 + cRow;
    int r6 = r5 + cRow;
    int r7 = r6 + cRow;
    int r8 = r7 + cRow;
    int r9 = r8 + cRow;
    int r10 = r9 + cRow;
    int r11 = r10 + cRow;
    FloatVector c0x = FloatVector.fromArray(FLOAT, c, co);
    FloatVector c0y = FloatVector.fromArray(FLOAT, c, co + COUNT);
    FloatVector c1x = FloatVector.fromArray(FLOAT, c, r1);
    FloatVector c1y = FloatVector.fromArray(FLOAT, c, r1 + COUNT);
    FloatVector c2x = FloatVector.fromArray(FLOAT, c, r2);
    FloatVector c2y = FloatVector.fromArray(FLOAT, c, r2 + COUNT);
    FloatVector c3x = FloatVector.fromArray(FLOAT, c, r3);
    FloatVector c3y = FloatVector.fromArray(FLOAT, c, r3 + COUNT);
    FloatVector c4x = FloatVector.fromArray(FLOAT, c, r4);
    FloatVector c4y = FloatVector.fromArray(FLOAT, c, r4 + COUNT);
    FloatVector c5x = FloatVector.fromArray(FLOAT, c, r5);
    FloatVector c5y = FloatVector.fromArray(FLOAT, c, r5 + COUNT);
    FloatVector c6x = FloatVector.fromArray(FLOAT, c, r6);
    FloatVector c6y = FloatVector.fromArray(FLOAT, c, r6 + COUNT);
    FloatVector c7x = FloatVector.fromArray(FLOAT, c, r7);
    FloatVector c7y = FloatVector.fromArray(FLOAT, c, r7 + COUNT);
    FloatVector c8x = FloatVector.fromArray(FLOAT, c, r8);
    FloatVector c8y = FloatVector.fromArray(FLOAT, c, r8 + COUNT);
    FloatVector c9x = FloatVector.fromArray(FLOAT, c, r9);
    FloatVector c9y = FloatVector.fromArray(FLOAT, c, r9 + COUNT);
    FloatVector c10x = FloatVector.fromArray(FLOAT, c, r10);
    FloatVector c10y = FloatVector.fromArray(FLOAT, c, r10 + COUNT);
    FloatVector c11x = FloatVector.fromArray(FLOAT, c, r11);
    FloatVector c11y = FloatVector.fromArray(FLOAT, c, r11 + COUNT);
    for (int k = 0; k < depth; k++) {
      FloatVector bx = FloatVector.fromArray(FLOAT, b, bo + k * 2 * COUNT);
      FloatVector by = FloatVector.fromArray(FLOAT, b, bo + k * 2 * COUNT + COUNT);
      FloatVector a0 = FloatVector.broadcast(FLOAT, a[ao + k * 12]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      FloatVector a1 = FloatVector.broadcast(FLOAT, a[ao + k * 12 + 1]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      FloatVector a2 = FloatVector.broadcast(FLOAT, a[ao + k * 12 + 2]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      FloatVector a3 = FloatVector.broadcast(FLOAT, a[ao + k * 12 + 3]);
      c3x = a3.fma(bx, c3x);
      c3y = a3.fma(by, c3y);
      FloatVector a4 = FloatVector.broadcast(FLOAT, a[ao + k * 12 + 4]);
      c4x = a4.fma(bx, c4x);
      c4y = a4.fma(by, c4y);
      FloatVector a5 = FloatVector.broadcast(FLOAT, a[ao + k * 12 + 5]);
      c5x = a5.fma(bx, c5x);
      c5y = a5.fma(by, c5y);
      FloatVector a6 = FloatVector.broadcast(FLOAT, a[ao + k * 12 + 6]);
      c6x = a6.fma(bx, c6x);
      c6y = a6.fma(by, c6y);
      FloatVector a7 = FloatVector.broadcast(FLOAT, a[ao + k * 12 + 7]);
      c7x = a7.fma(bx, c7x);
      c7y = a7.fma(by, c7y);
      FloatVector a8 = FloatVector.broadcast(FLOAT, a[ao + k * 12 + 8]);
      c8x = a8.fma(bx, c8x);
      c8y = a8.fma(by, c8y);
      FloatVector a9 = FloatVector.broadcast(FLOAT, a[ao + k * 12 + 9]);
      c9x = a9.fma(bx, c9x);
      c9y = a9.fma(by, c9y);
      FloatVector a10 = FloatVector.broadcast(FLOAT, a[ao + k * 12 + 10]);
      c10x = a10.fma(bx, c10x);
      c10y = a10.fma(by, c10y);
      FloatVector a11 = FloatVector.broadcast(FLOAT, a[ao + k * 12 + 11]);
      c11x = a11.fma(bx, c11x);
      c11y = a11.fma(by, c11y);
    }
    c0x.intoArray(c, co);
    c0y.intoArray(c, co + COUNT);
    c1x.intoArray(c, r1);
    c1y.intoArray(c, r1 + COUNT);
    c2x.intoArray(c, r2);
    c2y.intoArray(c, r2 + COUNT);
    c3x.intoArray(c, r3);
    c3y.intoArray(c, r3 + COUNT);
    c4x.intoArray(c, r4);
    c4y.intoArray(c, r4 + COUNT);
    c5x.intoArray(c, r5);
    c5y.intoArray(c, r5 + COUNT);
    c6x.intoArray(c, r6);
    c6y.intoArray(c, r6 + COUNT);
    c7x.intoArray(c, r7);
    c7y.intoArray(c, r7 + COUNT);
    c8x.intoArray(c, r8);
    c8y.intoArray(c, r8 + COUNT);
    c9x.intoArray(c, r9);
    c9y.intoArray(c, r9 + COUNT);
    c10x.intoArray(c, r10);
    c10y.intoArray(c, r10 + COUNT);
    c11x.intoArray(c, r11);
    c11y.intoArray(c, r11 + COUNT);
  }

  private static void tile6x2(
      int depth, float[] a, int ao, float[] b, int bo, float[] c, int co, int cRow) {
    int r1 = co + cRow;
    int r2 = r1 + cRow;
    int r3 = r2 + cRow;
    int r4 = r3 + cRow;
    int r5 = r4 + cRow;
    FloatVector c0x = FloatVector.fromArray(FLOAT, c, co);
    FloatVector c0y = FloatVector.fromArray(FLOAT, c, co + COUNT);
    FloatVector c1x = FloatVector.fromArray(FLOAT, c, r1);
    FloatVector c1y = FloatVector.fromArray(FLOAT, c, r1 + COUNT);
    FloatVector c2x = FloatVector.fromArray(FLOAT, c, r2);
    FloatVector c2y = FloatVector.fromArray(FLOAT, c, r2 + COUNT);
    FloatVector c3x = FloatVector.fromArray(FLOAT, c, r3);
    FloatVector c3y = FloatVector.fromArray(FLOAT, c, r3 + COUNT);
    FloatVector c4x = FloatVector.fromArray(FLOAT, c, r4);
    FloatVector c4y = FloatVector.fromArray(FLOAT, c, r4 + COUNT);
    FloatVector c5x = FloatVector.fromArray(FLOAT, c, r5);
    FloatVector c5y = FloatVector.fromArray(FLOAT, c, r5 + COUNT);
    for (int k = 0; k < depth; k++) {
      FloatVector bx = FloatVector.fromArray(FLOAT, b, bo + k * 2 * COUNT);
      FloatVector by = FloatVector.fromArray(FLOAT, b, bo + k * 2 * COUNT + COUNT);
      FloatVector a0 = FloatVector.broadcast(FLOAT, a[ao + k * 6]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      FloatVector a1 = FloatVector.broadcast(FLOAT, a[ao + k * 6 + 1]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      FloatVector a2 = FloatVector.broadcast(FLOAT, a[ao + k * 6 + 2]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      FloatVector a3 = FloatVector.broadcast(FLOAT, a[ao + k * 6 + 3]);
      c3x = a3.fma(bx, c3x);
      c3y = a3.fma(by, c3y);
      FloatVector a4 = FloatVector.broadcast(FLOAT, a[ao + k * 6 + 4]);
      c4x = a4.fma(bx, c4x);
      c4y = a4.fma(by, c4y);
      FloatVector a5 = FloatVector.broadcast(FLOAT, a[ao + k * 6 + 5]);
      c5x = a5.fma(bx, c5x);
      c5y = a5.fma(by, c5y);
    }
    c0x.intoArray(c, co);
    c0y.intoArray(c, co + COUNT);
    c1x.intoArray(c, r1);
    c1y.intoArray(c, r1 + COUNT);
    c2x.intoArray(c, r2);
    c2y.intoArray(c, r2 + COUNT);
    c3x.intoArray(c, r3);
    c3y.intoArray(c, r3 + COUNT);
    c4x.intoArray(c, r4);
    c4y.intoArray(c, r4 + COUNT);
    c5x.intoArray(c, r5);
    c5y.intoArray(c, r5 + COUNT);
  }

  private static void tile12x1(
      int depth, float[] a, int ao, float[] b, int bo, float[] c, int co, int cRow) {
    int r1 = co + cRow;
    int r2 = r1 + cRow;
    int r3 = r2 + cRow;
    int r4 = r3 + cRow;
    int r5 = r4 + cRow;
    int r6 = r5 + cRow;
    int r7 = r6 + cRow;
    int r8 = r7 + cRow;
    int r9 = r8 + cRow;
    int r10 = r9 + cRow;
    int r11 = r10 + cRow;
    FloatVector c0 = FloatVector.fromArray(FLOAT, c, co);
    FloatVector c1 = FloatVector.fromArray(FLOAT, c, r1);
    FloatVector c2 = FloatVector.fromArray(FLOAT, c, r2);
    FloatVector c3 = FloatVector.fromArray(FLOAT, c, r3);
    FloatVector c4 = FloatVector.fromArray(FLOAT, c, r4);
    FloatVector c5 = FloatVector.fromArray(FLOAT, c, r5);
    FloatVector c6 = FloatVector.fromArray(FLOAT, c, r6);
    FloatVector c7 = FloatVector.fromArray(FLOAT, c, r7);
    FloatVector c8 = FloatVector.fromArray(FLOAT, c, r8);
    FloatVector c9 = FloatVector.fromArray(FLOAT, c, r9);
    FloatVector c10 = FloatVector.fromArray(FLOAT, c, r10);
    FloatVector c11 = FloatVector.fromArray(FLOAT, c, r11);
    for (int k = 0; k < depth; k++) {
      FloatVector bx = FloatVector.fromArray(FLOAT, b, bo + k * COUNT);
      FloatVector a0 = FloatVector.broadcast(FLOAT, a[ao + k * 12]);
      c0 = a0.fma(bx, c0);
      FloatVector a1 = FloatVector.broadcast(FLOAT, a[ao + k * 12 + 1]);
      c1 = a1.fma(bx, c1);
      FloatVector a2 = FloatVector.broadcast(FLOAT, a[ao + k * 12 + 2]);
      c2 = a2.fma(bx, c2);
      FloatVector a3 = FloatVector.broadcast(FLOAT, a[ao + k * 12 + 3]);
      c3 = a3.fma(bx, c3);
      FloatVector a4 = FloatVector.broadcast(FLOAT, a[ao + k * 12 + 4]);
      c4 = a4.fma(bx, c4);
      FloatVector a5 = FloatVector.broadcast(FLOAT, a[ao + k * 12 + 5]);
      c5 = a5.fma(bx, c5);
      FloatVector a6 = FloatVector.broadcast(FLOAT, a[ao + k * 12 + 6]);
      c6 = a6.fma(bx, c6);
      FloatVector a7 = FloatVector.broadcast(FLOAT, a[ao + k * 12 + 7]);
      c7 = a7.fma(bx, c7);
      FloatVector a8 = FloatVector.broadcast(FLOAT, a[ao + k * 12 + 8]);
      c8 = a8.fma(bx, c8);
      FloatVector a9 = FloatVector.broadcast(FLOAT, a[ao + k * 12 + 9]);
      c9 = a9.fma(bx, c9);
      FloatVector a10 = FloatVector.broadcast(FLOAT, a[ao + k * 12 + 10]);
      c10 = a10.fma(bx, c10);
      FloatVector a11 = FloatVector.broadcast(FLOAT, a[ao + k * 12 + 11]);
      c11 = a11.fma(bx, c11);
    }
    c0.intoArray(c, co);
    c1.intoArray(c, r1);
    c2.intoArray(c, r2);
    c3.intoArray(c, r3);
    c4.intoArray(c, r4);
    c5.intoArray(c, r5);
    c6.intoArray(c, r6);
    c7.intoArray(c, r7);
    c8.intoArray(c, r8);
    c9.intoArray(c, r9);
    c10.intoArray(c, r10);
    c11.intoArray(c, r11);
  }

  private static void tile6x1(
      int depth, float[] a, int ao, float[] b, int bo, float[] c, int co, int cRow) {
    int r1 = co + cRow;
    int r2 = r1 + cRow;
    int r3 = r2 + cRow;
    int r4 = r3 + cRow;
    int r5 = r4 + cRow;
    FloatVector c0 = FloatVector.fromArray(FLOAT, c, co);
    FloatVector c1 = FloatVector.fromArray(FLOAT, c, r1);
    FloatVector c2 = FloatVector.fromArray(FLOAT, c, r2);
    FloatVector c3 = FloatVector.fromArray(FLOAT, c, r3);
    FloatVector c4 = FloatVector.fromArray(FLOAT, c, r4);
    FloatVector c5 = FloatVector.fromArray(FLOAT, c, r5);
    for (int k = 0; k < depth; k++) {
      FloatVector bx = FloatVector.fromArray(FLOAT, b, bo + k * COUNT);
      FloatVector a0 = FloatVector.broadcast(FLOAT, a[ao + k * 6]);
      c0 = a0.fma(bx, c0);
      FloatVector a1 = FloatVector.broadcast(FLOAT, a[ao + k * 6 + 1]);
      c1 = a1.fma(bx, c1);
      FloatVector a2 = FloatVector.broadcast(FLOAT, a[ao + k * 6 + 2]);
      c2 = a2.fma(bx, c2);
      FloatVector a3 = FloatVector.broadcast(FLOAT, a[ao + k * 6 + 3]);
      c3 = a3.fma(bx, c3);
      FloatVector a4 = FloatVector.broadcast(FLOAT, a[ao + k * 6 + 4]);
      c4 = a4.fma(bx, c4);
      FloatVector a5 = FloatVector.broadcast(FLOAT, a[ao + k * 6 + 5]);
      c5 = a5.fma(bx, c5);
    }
    c0.intoArray(c, co);
    c1.intoArray(c, r1);
    c2.intoArray(c, r2);
    c3.intoArray(c, r3);
    c4.intoArray(c, r4);
    c5.intoArray(c, r5);
  }
}
