// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.Lanes.COUNT;
import static dev.kairos.kernels.simd.Lanes.FLOAT;

import dev.kairos.kernels.cpu.Gemm;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The matrix product after Goto and van de Geijn (Anatomy of High-Performance Matrix
 * Multiplication): blocks of B and A are packed into panels in the order in which {@link GemmTiles}
 * reads them, B's panel staying in the first-level cache and A's block in the second. Strides,
 * transposes and overlapping rows end in the packing; panels at the edge are filled up with zeros,
 * so that there is one kind of inner loop.
 */
final class VectorGemm {
  /** Rows of a tile: 12 where there are 32 registers, else 6. */
  private static final int ROWS = COUNT == 16 ? 12 : 6;

  private static final int COLUMNS = 2 * COUNT;

  /** Steps of k in a block: a panel of B (depth by columns) takes half the first-level cache. */
  private static final int DEPTH = 256;

  /** Rows in a block of A: with DEPTH an eighth of a second-level cache of 2 MB. */
  private static final int BLOCK_ROWS = 240;

  /** Columns in a block of B. */
  private static final int BLOCK_COLUMNS = 1024;

  /** Up to this many rows, packing B costs more than reading it once a row. */
  private static final int FEW_ROWS = 3;

  /** The packed blocks of one thread; they grow to what is needed and stay. */
  private static final class Scratch {
    float[] a = {};
    float[] b = {};
    final float[] edge = new float[ROWS * COLUMNS];

    void reserve(int aLength, int bLength) {
      if (a.length < aLength) {
        a = new float[aLength];
      }
      if (b.length < bLength) {
        b = new float[bLength];
      }
    }
  }

  private final ThreadLocal<Scratch> scratches = ThreadLocal.withInitial(Scratch::new);

  void multiply(
      Gemm g, int batchFrom, int batchTo, int rowFrom, int rowTo, int columnFrom, int columnTo) {
    int rows = rowTo - rowFrom;
    int columns = columnTo - columnFrom;
    int batch = batchTo - batchFrom;
    if (rows <= 0 || columns <= 0 || batch <= 0) {
      return;
    }
    int a = g.aOffset() + batchFrom * g.aBatch() + rowFrom * g.aRow();
    int b = g.bOffset() + batchFrom * g.bBatch() + columnFrom * g.bColumn();
    int c = g.cOffset() + batchFrom * g.cBatch() + rowFrom * g.cRow() + columnFrom;
    if (!g.accumulate()) {
      clear(g, batch, rows, columns, c);
    }
    if (g.bBatch() == 0 && g.cBatch() != 0) {
      // Products whose rows follow each other are one product with more rows.
      boolean joined = g.aBatch() == rows * g.aRow() && g.cBatch() == rows * g.cRow();
      product(g, joined ? 1 : batch, joined ? batch * rows : rows, columns, a, b, c);
    } else {
      for (int i = 0; i < batch; i++) {
        product(g, 1, rows, columns, a + i * g.aBatch(), b + i * g.bBatch(), c + i * g.cBatch());
      }
    }
  }

  private static void clear(Gemm g, int batch, int rows, int columns, int c) {
    for (int i = 0; i < batch; i++) {
      for (int row = 0; row < rows; row++) {
        int at = c + i * g.cBatch() + row * g.cRow();
        Arrays.fill(g.c(), at, at + columns, 0f);
      }
    }
  }

  /** Adds {@code A_i B} to {@code C_i} for each i in [0, batch); a, b, c are the first elements. */
  private void product(Gemm g, int batch, int rows, int columns, int a, int b, int c) {
    if (rows * batch <= FEW_ROWS && g.bColumn() == 1) {
      for (int i = 0; i < batch; i++) {
        for (int row = 0; row < rows; row++) {
          int ao = a + i * g.aBatch() + row * g.aRow();
          int co = c + i * g.cBatch() + row * g.cRow();
          row(g, ao, b, co, columns);
        }
      }
      return;
    }
    Scratch scratch = scratches.get();
    int blocks = (g.k() + DEPTH - 1) / DEPTH;
    for (int j = 0; j < columns; j += BLOCK_COLUMNS) {
      int width = Math.min(BLOCK_COLUMNS, columns - j);
      for (int block = 0; block < blocks; block++) {
        // Even blocks: 300 is 150 and 150, not 256 and 44.
        int from = (int) ((long) g.k() * block / blocks);
        int depth = (int) ((long) g.k() * (block + 1) / blocks) - from;
        scratch.reserve(depth * (Math.min(rows, BLOCK_ROWS) + ROWS), depth * (width + COLUMNS));
        Panels.pack(
            COLUMNS,
            COUNT,
            width,
            depth,
            g.b(),
            b + j * g.bColumn() + from * g.bRow(),
            g.bColumn(),
            g.bRow(),
            scratch.b);
        for (int i = 0; i < batch; i++) {
          int ao = a + i * g.aBatch() + from * g.aColumn();
          rowBlocks(g, scratch, rows, width, depth, ao, c + i * g.cBatch() + j);
        }
      }
    }
  }

  /** All rows times one packed block of B. */
  private static void rowBlocks(
      Gemm g, Scratch scratch, int rows, int width, int depth, int a, int c) {
    for (int i = 0; i < rows; i += BLOCK_ROWS) {
      int height = Math.min(BLOCK_ROWS, rows - i);
      Panels.pack(
          ROWS, 6, height, depth, g.a(), a + i * g.aRow(), g.aRow(), g.aColumn(), scratch.a);
      for (int j = 0; j < width; j += COLUMNS) {
        tiles(g, scratch, height, width, j, depth, c + i * g.cRow() + j);
      }
    }
  }

  /** All tiles of a block of A times the panel of B at column j. */
  private static void tiles(
      Gemm g, Scratch scratch, int height, int width, int j, int depth, int c) {
    int columns = Math.min(COLUMNS, width - j);
    int vectors = columns <= COUNT ? 1 : 2;
    for (int i = 0; i < height; i += ROWS) {
      int rows = Math.min(ROWS, height - i);
      int tall = rows <= 6 ? 6 : ROWS;
      int co = c + i * g.cRow();
      if (rows == tall && columns == vectors * COUNT) {
        GemmTiles.run(
            tall, vectors, depth, scratch.a, i * depth, scratch.b, j * depth, g.c(), co, g.cRow());
        continue;
      }
      int wide = vectors * COUNT;
      for (int row = 0; row < rows; row++) {
        System.arraycopy(g.c(), co + row * g.cRow(), scratch.edge, row * wide, columns);
      }
      GemmTiles.run(
          tall, vectors, depth, scratch.a, i * depth, scratch.b, j * depth, scratch.edge, 0, wide);
      for (int row = 0; row < rows; row++) {
        System.arraycopy(scratch.edge, row * wide, g.c(), co + row * g.cRow(), columns);
      }
    }
  }

  /** One row of C, which stays in the first-level cache while the rows of B stream past. */
  private static void row(Gemm g, int ao, int bo, int co, int n) {
    float[] a = g.a();
    int step = g.aColumn();
    int k = 0;
    for (; k + 4 <= g.k(); k += 4) {
      int at = ao + k * step;
      addFour(
          a[at],
          a[at + step],
          a[at + 2 * step],
          a[at + 3 * step],
          g.b(),
          bo + k * g.bRow(),
          g.bRow(),
          g.c(),
          co,
          n);
    }
    for (; k < g.k(); k++) {
      addOne(a[ao + k * step], g.b(), bo + k * g.bRow(), g.c(), co, n);
    }
  }

  private static void addFour(
      float a0,
      float a1,
      float a2,
      float a3,
      float[] b,
      int bo,
      int bRow,
      float[] c,
      int co,
      int n) {
    int b1 = bo + bRow;
    int b2 = b1 + bRow;
    int b3 = b2 + bRow;
    FloatVector v0 = FloatVector.broadcast(FLOAT, a0);
    FloatVector v1 = FloatVector.broadcast(FLOAT, a1);
    FloatVector v2 = FloatVector.broadcast(FLOAT, a2);
    FloatVector v3 = FloatVector.broadcast(FLOAT, a3);
    int bound = FLOAT.loopBound(n);
    for (int j = 0; j < bound; j += COUNT) {
      FloatVector sum = FloatVector.fromArray(FLOAT, c, co + j);
      sum = v0.fma(FloatVector.fromArray(FLOAT, b, bo + j), sum);
      sum = v1.fma(FloatVector.fromArray(FLOAT, b, b1 + j), sum);
      sum = v2.fma(FloatVector.fromArray(FLOAT, b, b2 + j), sum);
      sum = v3.fma(FloatVector.fromArray(FLOAT, b, b3 + j), sum);
      sum.intoArray(c, co + j);
    }
    for (int j = bound; j < n; j++) {
      float sum = Math.fma(a0, b[bo + j], c[co + j]);
      sum = Math.fma(a1, b[b1 + j], sum);
      sum = Math.fma(a2, b[b2 + j], sum);
      c[co + j] = Math.fma(a3, b[b3 + j], sum);
    }
  }

  private static void addOne(float a, float[] b, int bo, float[] c, int co, int n) {
    FloatVector v = FloatVector.broadcast(FLOAT, a);
    int bound = FLOAT.loopBound(n);
    for (int j = 0; j < bound; j += COUNT) {
      FloatVector sum = FloatVector.fromArray(FLOAT, c, co + j);
      v.fma(FloatVector.fromArray(FLOAT, b, bo + j), sum).intoArray(c, co + j);
    }
    for (int j = bound; j < n; j++) {
      c[co + j] = Math.fma(a, b[bo + j], c[co + j]);
    }
  }
}
