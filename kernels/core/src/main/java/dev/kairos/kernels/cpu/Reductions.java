// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import dev.kairos.kernels.MapFunction;
import dev.kairos.kernels.ReduceFunction;
import dev.kairos.kernels.Strided;
import java.util.Arrays;

/**
 * Sums, maxima and the row-wise functions built on them, in orders that no thread count changes.
 */
final class Reductions {
  /** Rows that are added into one partial sum before the partial sums are added up. */
  private static final int ROWS = 128;

  private final FloatLoops loops;
  private final WorkerPool pool;

  Reductions(FloatLoops loops, WorkerPool pool) {
    this.loops = loops;
    this.pool = pool;
  }

  void reduce(ReduceFunction f, Strided in, Strided out) {
    int kept = out.rank();
    Strided runs = in.axes(kept, in.rank(), in.offset());
    int results = out.count();
    if (results == 0) {
      return;
    }
    boolean rowsBelow =
        f == ReduceFunction.SUM
            && kept > 0
            && in.stride(kept - 1) == 1
            && in.size(kept - 1) > 1
            && out.stride(kept - 1) == 1
            && innermostStep(runs) != 1;
    if (rowsBelow) {
      sumRows(in, out, runs);
      return;
    }
    Walk each = new Walk(in.axes(0, kept, in.offset()), out, out);
    int width = runs.count();
    if (results == 1 && f == ReduceFunction.SUM && runs.isContiguous()) {
      CpuBackend.reals(out)[out.offset()] = sumLong(CpuBackend.reals(in), in.offset(), width);
      return;
    }
    int perTask = Math.max(1, Blocks.perTask(width * each.length()));
    pool.run(
        Blocks.count(each.runs(), perTask),
        task ->
            each.runs(
                task * perTask,
                Math.min(each.runs(), (task + 1) * perTask),
                (p, q, r, n) -> {
                  for (int i = 0; i < n; i++) {
                    Strided run = in.axes(kept, in.rank(), p + i * each.firstStep());
                    CpuBackend.reals(out)[q + i * each.secondStep()] = one(f, run);
                  }
                }));
  }

  private static int innermostStep(Strided view) {
    for (int axis = view.rank() - 1; axis >= 0; axis--) {
      if (view.size(axis) != 1) {
        return view.stride(axis);
      }
    }
    return 1;
  }

  /** All elements of a view as one; runs are added up in double, in row order. */
  private float one(ReduceFunction f, Strided view) {
    float[] x = CpuBackend.reals(view);
    Walk walk = new Walk(view, view, view);
    int step = walk.firstStep();
    double[] result = {
      switch (f) {
        case SUM -> 0;
        case MAX -> Float.NEGATIVE_INFINITY;
        case MIN -> Float.POSITIVE_INFINITY;
      }
    };
    walk.runs(
        0,
        walk.runs(),
        (p, q, r, n) -> {
          if (step == 1 && f == ReduceFunction.SUM) {
            result[0] += loops.sum(x, p, n);
          } else if (step == 1 && f == ReduceFunction.MAX) {
            result[0] = Math.max(result[0], loops.max(x, p, n));
          } else {
            for (int i = 0; i < n; i++) {
              float value = x[p + i * step];
              result[0] =
                  switch (f) {
                    case SUM -> result[0] + value;
                    case MAX -> Math.max(result[0], value);
                    case MIN -> Math.min(result[0], value);
                  };
            }
          }
        });
    return (float) result[0];
  }

  /** A long contiguous sum: blocks on any thread, added up in order. */
  private float sumLong(float[] x, int from, int n) {
    int block = FloatLoops.BLOCK;
    float[] partial = new float[Blocks.count(n, block)];
    int perTask = Blocks.ELEMENTS / block;
    pool.run(
        Blocks.count(partial.length, perTask),
        task -> {
          int end = Math.min(partial.length, (task + 1) * perTask);
          for (int i = task * perTask; i < end; i++) {
            partial[i] = loops.sum(x, from + i * block, Math.min(block, n - i * block));
          }
        });
    double sum = 0;
    for (float part : partial) {
      sum += part;
    }
    return (float) sum;
  }

  /**
   * Sums over rows that lie below each other, {@code out[.., c] = sum_r in[.., c, r]} with adjacent
   * c: whole rows are added, in blocks of rows, and the blocks' sums in order.
   */
  private void sumRows(Strided in, Strided out, Strided reduced) {
    int kept = out.rank();
    int width = in.size(kept - 1);
    float[] x = CpuBackend.reals(in);
    float[] o = CpuBackend.reals(out);
    int rows = reduced.count();
    int blocks = Math.max(1, Blocks.count(rows, ROWS));
    Walk outer =
        new Walk(
            in.axes(0, kept - 1, in.offset()),
            out.axes(0, kept - 1, out.offset()),
            out.axes(0, kept - 1, out.offset()));
    outer.runs(
        0,
        outer.runs(),
        (p, q, r, n) -> {
          for (int i = 0; i < n; i++) {
            int from = p + i * outer.firstStep();
            int to = q + i * outer.secondStep();
            float[] partial = new float[blocks * width];
            Strided at = in.axes(kept, in.rank(), from);
            int perTask = Math.max(1, Blocks.ELEMENTS / (ROWS * width));
            pool.run(
                Blocks.count(blocks, perTask),
                task -> {
                  int end = Math.min(blocks, (task + 1) * perTask);
                  for (int b = task * perTask; b < end; b++) {
                    addRows(x, at, b * ROWS, Math.min(rows, (b + 1) * ROWS), width, partial, b);
                  }
                });
            Arrays.fill(o, to, to + width, 0f);
            for (int b = 0; b < blocks; b++) {
              loops.add(partial, b * width, o, to, width);
            }
          }
        });
  }

  private void addRows(
      float[] x, Strided rows, int from, int to, int width, float[] partial, int block) {
    for (int row = from; row < to; row++) {
      int at = rows.offset();
      int rest = row;
      for (int axis = rows.rank() - 1; axis >= 0; axis--) {
        at += rest % rows.size(axis) * rows.stride(axis);
        rest /= rows.size(axis);
      }
      loops.add(x, at, partial, block * width, width);
    }
  }

  /** Handles one row that lies together: its first element in the array, and in the output. */
  private interface Row {
    void at(float[] x, int from, float[] out, int to);
  }

  /** Rows along the last axis, brought together where they are not. */
  private void rows(Strided in, Strided out, Row row) {
    int last = in.rank() - 1;
    int n = in.size(last);
    int xs = in.stride(last);
    int os = out.stride(last);
    float[] x = CpuBackend.reals(in);
    float[] o = CpuBackend.reals(out);
    boolean together = (xs == 1 || n == 1) && (os == 1 || n == 1);
    Walk walk =
        new Walk(
            in.axes(0, last, in.offset()),
            out.axes(0, last, out.offset()),
            out.axes(0, last, out.offset()));
    int length = walk.length();
    int total = walk.runs() * length;
    int perTask = Blocks.perTask(n);
    // One task is a number of rows, wherever the runs of the walk begin and end.
    pool.run(
        Blocks.count(total, perTask),
        task -> {
          float[] source = together ? x : new float[n];
          float[] target = together ? o : new float[n];
          int end = Math.min(total, (task + 1) * perTask);
          int first = task * perTask / length;
          int[] at = {first * length};
          walk.runs(
              first,
              Blocks.count(end, length),
              (p, q, r, count) -> {
                for (int i = 0; i < count; i++) {
                  int number = at[0]++;
                  if (number < task * perTask || number >= end) {
                    continue;
                  }
                  int from = p + i * walk.firstStep();
                  int to = q + i * walk.secondStep();
                  if (together) {
                    row.at(x, from, o, to);
                    continue;
                  }
                  for (int j = 0; j < n; j++) {
                    source[j] = x[from + j * xs];
                  }
                  row.at(source, 0, target, 0);
                  for (int j = 0; j < n; j++) {
                    o[to + j * os] = target[j];
                  }
                }
              });
        });
  }

  void softmax(Strided in, boolean log, Strided out) {
    int n = in.size(in.rank() - 1);
    rows(
        in,
        out,
        (x, from, o, to) -> {
          float max = loops.max(x, from, n);
          loops.map(MapFunction.AFFINE, 1, -max, x, from, o, to, n);
          if (log) {
            float[] e = new float[n];
            loops.map(MapFunction.EXP, 0, 0, o, to, e, 0, n);
            float logSum = (float) Math.log(loops.sum(e, 0, n));
            loops.map(MapFunction.AFFINE, 1, -logSum, o, to, o, to, n);
          } else {
            loops.map(MapFunction.EXP, 0, 0, o, to, o, to, n);
            loops.map(MapFunction.AFFINE, 1 / loops.sum(o, to, n), 0, o, to, o, to, n);
          }
        });
  }

  void normalize(Strided in, float epsilon, Strided out) {
    int n = in.size(in.rank() - 1);
    rows(
        in,
        out,
        (x, from, o, to) -> {
          float mean = loops.sum(x, from, n) / n;
          float scale = (float) (1 / Math.sqrt(loops.sumSquares(x, from, mean, n) / n + epsilon));
          loops.map(MapFunction.AFFINE, 1, -mean, x, from, o, to, n);
          loops.map(MapFunction.AFFINE, scale, 0, o, to, o, to, n);
        });
  }
}
