// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import dev.kairos.kernels.ReduceFunction;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.ZipFunction;
import dev.kairos.kernels.host.HostFloats;
import dev.kairos.kernels.host.MergedAxes;
import java.util.Arrays;

/**
 * Sums and extremes over trailing axes, in orders that no thread count changes:
 *
 * <ul>
 *   <li>rows that lie together: each as {@link FloatLoops#sum} adds it, several of one result in
 *       double, in row order;
 *   <li>one long row: blocks of {@link FloatLoops#BLOCK}, their sums in double, in order;
 *   <li>rows below each other: whole rows in order, in blocks of {@link #ROWS} whose sums are added
 *       in order;
 *   <li>anything else: element by element in double, in row order.
 * </ul>
 */
final class Reductions {
  /** Rows that are added into one partial sum before the partial sums are added up. */
  private static final int ROWS = 128;

  /** Columns of one task, where rows lie below each other. */
  private static final int COLUMNS = 4096;

  /** Partial sums, in elements, that are kept at a time unless one is larger. */
  private static final int PARTIAL = 1 << 16;

  private final FloatLoops loops;
  private final WorkerPool pool;
  private final MergedAxes results = new MergedAxes();
  private final MergedAxes reduced = new MergedAxes();
  private float[] partial = new float[0];

  Reductions(FloatLoops loops, WorkerPool pool) {
    this.loops = loops;
    this.pool = pool;
  }

  void reduce(ReduceFunction f, Strided in, Strided out) {
    int kept = out.rank();
    int count = out.count();
    if (count == 0) {
      return;
    }
    float[] x = HostFloats.values(in);
    float[] o = HostFloats.values(out);
    reduced.set(in, in, in, kept, in.rank(), Integer.MAX_VALUE);
    int width = reduced.runs() * reduced.length();
    boolean below =
        kept > 0
            && in.stride(kept - 1) == 1
            && in.size(kept - 1) > 1
            && out.stride(kept - 1) == 1
            && reduced.firstStep() != 1;
    if (below) {
      results.set(in, out, out, 0, kept - 1, 1);
      for (int i = 0; i < results.pieces(); i++) {
        reduceRows(f, x, results.first(i), o, results.second(i), in.size(kept - 1), width);
      }
      return;
    }
    if (count == 1 && f == ReduceFunction.SUM && reduced.runs() == 1 && reduced.firstStep() == 1) {
      o[out.offset()] = sumLong(x, in.offset(), width);
      return;
    }
    int perTask = Blocks.perTask(width);
    results.set(in, out, out, 0, kept, perTask);
    int pieces = results.pieces();
    int piecesPerTask = Math.max(1, perTask / results.length());
    if (pool.threads() == 1 || pieces <= piecesPerTask) {
      reduceEach(f, x, in.offset(), o, 0, pieces);
    } else {
      pool.run(
          Blocks.count(pieces, piecesPerTask),
          task -> {
            int end = Math.min(pieces, (task + 1) * piecesPerTask);
            reduceEach(f, x, in.offset(), o, task * piecesPerTask, end);
          });
    }
  }

  /** The results of pieces {@code [from, to)}, each by itself. */
  private void reduceEach(ReduceFunction f, float[] x, int offset, float[] o, int from, int to) {
    int xs = results.firstStep();
    int os = results.secondStep();
    for (int piece = from; piece < to; piece++) {
      int p = results.first(piece) - offset;
      int q = results.second(piece);
      int n = results.length(piece);
      for (int i = 0; i < n; i++) {
        o[q + i * os] = one(f, x, p + i * xs);
      }
    }
  }

  /** One result; {@code shift} is where its elements lie, seen from those of the first. */
  private float one(ReduceFunction f, float[] x, int shift) {
    double result =
        switch (f) {
          case SUM -> 0;
          case MAX -> Float.NEGATIVE_INFINITY;
          case MIN -> Float.POSITIVE_INFINITY;
        };
    int n = reduced.length();
    int step = reduced.firstStep();
    int runs = reduced.runs();
    for (int run = 0; run < runs; run++) {
      int at = reduced.first(run) + shift;
      result =
          switch (f) {
            case SUM -> step == 1 ? result + loops.sum(x, at, n) : addApart(result, x, at, step, n);
            case MAX ->
                Math.max(result, step == 1 ? loops.max(x, at, n) : maxApart(x, at, step, n));
            case MIN ->
                Math.min(result, step == 1 ? loops.min(x, at, n) : minApart(x, at, step, n));
          };
    }
    return (float) result;
  }

  private static double addApart(double before, float[] x, int at, int step, int n) {
    double sum = before;
    for (int i = 0; i < n; i++) {
      sum += x[at + i * step];
    }
    return sum;
  }

  private static float maxApart(float[] x, int at, int step, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, x[at + i * step]);
    }
    return max;
  }

  private static float minApart(float[] x, int at, int step, int n) {
    float min = Float.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      min = Math.min(min, x[at + i * step]);
    }
    return min;
  }

  private float[] partial(int length) {
    if (partial.length < length) {
      partial = new float[length];
    }
    return partial;
  }

  /** A long contiguous sum: blocks on any thread, added up in order. */
  private float sumLong(float[] x, int from, int n) {
    int block = FloatLoops.BLOCK;
    int blocks = Blocks.count(n, block);
    double sum = 0;
    if (pool.threads() == 1 || n <= Blocks.ELEMENTS) {
      for (int i = 0; i < blocks; i++) {
        sum += loops.sum(x, from + i * block, Math.min(block, n - i * block));
      }
      return (float) sum;
    }
    float[] sums = partial(blocks);
    int perTask = Blocks.ELEMENTS / block;
    pool.run(
        Blocks.count(blocks, perTask),
        task -> {
          int end = Math.min(blocks, (task + 1) * perTask);
          for (int i = task * perTask; i < end; i++) {
            sums[i] = loops.sum(x, from + i * block, Math.min(block, n - i * block));
          }
        });
    for (int i = 0; i < blocks; i++) {
      sum += sums[i];
    }
    return (float) sum;
  }

  /**
   * Rows that lie below each other, {@code out[c] = f over r of in[c, r]} with adjacent c: whole
   * rows at a time. Blocks of rows have partial results, made by any thread and joined in order;
   * only so many at a time that they need little memory.
   */
  private void reduceRows(
      ReduceFunction f, float[] x, int from, float[] o, int to, int width, int rows) {
    float start =
        switch (f) {
          case SUM -> 0;
          case MAX -> Float.NEGATIVE_INFINITY;
          case MIN -> Float.POSITIVE_INFINITY;
        };
    Arrays.fill(o, to, to + width, start);
    int shift = from - reduced.first(0);
    int blocks = Blocks.count(rows, ROWS);
    int columns = Blocks.count(width, COLUMNS);
    int wave = Math.min(blocks, Math.max(1, PARTIAL / width));
    float[] joined = partial(wave * width);
    for (int first = 0; first < blocks; first += wave) {
      int begin = first;
      int now = Math.min(wave, blocks - first);
      if (pool.threads() == 1 || (long) now * ROWS * width <= Blocks.ELEMENTS) {
        for (int task = 0; task < now * columns; task++) {
          reduceBlock(f, x, shift, begin, task, joined, width, rows, start);
        }
      } else {
        pool.run(
            now * columns,
            task -> reduceBlock(f, x, shift, begin, task, joined, width, rows, start));
      }
      for (int b = 0; b < now; b++) {
        join(f, joined, b * width, o, to, width);
      }
    }
  }

  /** Some columns of one block of rows, the task's of those that begin at block {@code first}. */
  private void reduceBlock(
      ReduceFunction f,
      float[] x,
      int shift,
      int first,
      int task,
      float[] joined,
      int width,
      int rows,
      float start) {
    int columns = Blocks.count(width, COLUMNS);
    int block = task / columns;
    int column = task % columns * COLUMNS;
    int n = Math.min(COLUMNS, width - column);
    int at = block * width + column;
    Arrays.fill(joined, at, at + n, start);
    int end = Math.min(rows, (first + block + 1) * ROWS);
    int length = reduced.length();
    int step = reduced.firstStep();
    for (int row = (first + block) * ROWS; row < end; ) {
      int run = row / length;
      int inRun = row - run * length;
      int count = Math.min(end - row, length - inRun);
      int p = reduced.first(run) + shift + inRun * step + column;
      if (f == ReduceFunction.SUM) {
        loops.addRows(x, p, step, count, joined, at, n);
      } else {
        for (int i = 0; i < count; i++) {
          join(f, x, p + i * step, joined, at, n);
        }
      }
      row += count;
    }
  }

  private void join(ReduceFunction f, float[] x, int at, float[] out, int to, int n) {
    switch (f) {
      case SUM -> loops.add(x, at, out, to, n);
      case MAX -> loops.zip(ZipFunction.MAXIMUM, x, at, 1, out, to, 1, out, to, n);
      case MIN -> loops.zip(ZipFunction.MINIMUM, x, at, 1, out, to, 1, out, to, n);
    }
  }
}
