// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import dev.kairos.kernels.Conv1dGeometry;
import dev.kairos.kernels.Strided;

/** Matrix products and convolutions, all as {@link Gemm}s shared among threads. */
final class Contractions {
  /** Multiply-adds below which sharing costs more than it saves. */
  private static final long SMALL = 1 << 17;

  /** Parts are cut at multiples of these, so that register tiles stay whole. */
  private static final int ROWS = 24;

  private static final int COLUMNS = 64;

  private final FloatLoops loops;
  private final WorkerPool pool;

  Contractions(FloatLoops loops, WorkerPool pool) {
    this.loops = loops;
    this.pool = pool;
  }

  /** Cuts the output along its longest direction, one part a thread. */
  private void run(Gemm g) {
    if (g.batch() == 0 || g.m() == 0 || g.n() == 0) {
      return;
    }
    int threads = pool.threads();
    if (threads == 1 || g.work() < SMALL) {
      loops.gemm(g, 0, g.batch(), 0, g.m(), 0, g.n());
    } else if (g.cBatch() != 0 && g.batch() >= threads) {
      int step = Blocks.count(g.batch(), threads);
      pool.run(
          Blocks.count(g.batch(), step),
          i -> loops.gemm(g, i * step, Math.min(g.batch(), (i + 1) * step), 0, g.m(), 0, g.n()));
    } else if (g.m() >= g.n()) {
      int step = Blocks.count(Blocks.count(g.m(), threads), ROWS) * ROWS;
      pool.run(
          Blocks.count(g.m(), step),
          i -> loops.gemm(g, 0, g.batch(), i * step, Math.min(g.m(), (i + 1) * step), 0, g.n()));
    } else {
      int step = Blocks.count(Blocks.count(g.n(), threads), COLUMNS) * COLUMNS;
      pool.run(
          Blocks.count(g.n(), step),
          i -> loops.gemm(g, 0, g.batch(), 0, g.m(), i * step, Math.min(g.n(), (i + 1) * step)));
    }
  }

  void matmul(Strided a, Strided b, boolean accumulate, Strided out) {
    int axes = out.rank() - 2;
    int rows = out.size(axes);
    int columns = out.size(axes + 1);
    int depth = a.size(axes + 1);
    Walk batches =
        new Walk(
            a.axes(0, axes, a.offset()),
            b.axes(0, axes, b.offset()),
            out.axes(0, axes, out.offset()));
    batches.runs(
        0,
        batches.runs(),
        (p, q, r, n) ->
            run(
                new Gemm(
                    n,
                    rows,
                    columns,
                    depth,
                    CpuBackend.reals(a),
                    p,
                    batches.firstStep(),
                    a.stride(axes),
                    a.stride(axes + 1),
                    CpuBackend.reals(b),
                    q,
                    batches.secondStep(),
                    b.stride(axes),
                    b.stride(axes + 1),
                    CpuBackend.reals(out),
                    r,
                    batches.thirdStep(),
                    out.stride(axes),
                    accumulate)));
  }

  /**
   * With dilation 1 a window is one stretch of the input, so all output rows whose windows lie
   * inside are one product of overlapping rows with the weight; a row that reaches into the padding
   * takes the part of the window, and of the weight, that is inside. With dilation each tap is a
   * product.
   */
  void conv1d(Conv1dGeometry g, Strided x, Strided w, Strided out) {
    if (g.dilation() > 1) {
      for (int k = 0; k < g.kernel(); k++) {
        int from = g.firstValid(k);
        int to = g.endValid(k);
        run(forward(g, x, w, out, g.batch(), from, to - from, k, k + 1, false));
      }
      return;
    }
    if (g.kernel() == 1 && g.padding() == 0 && g.stride() == 1) {
      // Nothing overlaps: the whole batch is one matrix.
      Conv1dGeometry flat =
          new Conv1dGeometry(
              1, g.batch() * g.time(), g.inputChannels(), g.outputChannels(), 1, 1, 0, 1);
      run(forward(flat, x, w, out, 1, 0, flat.time(), 0, 1, false));
      return;
    }
    int inside = g.firstValid(0);
    int end = Math.max(inside, g.endValid(g.kernel() - 1));
    run(forward(g, x, w, out, g.batch(), inside, end - inside, 0, g.kernel(), false));
    for (int t = 0; t < g.outputTime(); t++) {
      if (t < inside || t >= end) {
        int first = Math.max(0, -g.inputStep(t, 0));
        int last = Math.min(g.kernel(), g.time() - g.inputStep(t, 0));
        if (first < last) {
          run(forward(g, x, w, out, g.batch(), t, 1, first, last, true));
        }
      }
    }
  }

  /**
   * Output rows [t, t + rows) with taps [first, last).
   *
   * @param acrossBatch whether the one row of every recording is a row of a single product
   */
  private static Gemm forward(
      Conv1dGeometry g,
      Strided x,
      Strided w,
      Strided out,
      int batch,
      int t,
      int rows,
      int first,
      int last,
      boolean acrossBatch) {
    int in = g.inputChannels();
    int of = g.outputChannels();
    int nextInput = g.time() * in;
    int nextOutput = g.outputTime() * of;
    return new Gemm(
        acrossBatch ? 1 : batch,
        acrossBatch ? batch : rows,
        of,
        (last - first) * in,
        CpuBackend.reals(x),
        x.offset() + g.inputStep(t, first) * in,
        nextInput,
        acrossBatch ? nextInput : g.stride() * in,
        1,
        CpuBackend.reals(w),
        w.offset() + first * in * of,
        0,
        of,
        1,
        CpuBackend.reals(out),
        out.offset() + t * of,
        nextOutput,
        acrossBatch ? nextOutput : of,
        true);
  }

  /** Each tap sends its part of dy back to the input steps it read. */
  void conv1dInputGradient(Conv1dGeometry g, Strided dy, Strided w, Strided dx) {
    int in = g.inputChannels();
    int of = g.outputChannels();
    for (int k = 0; k < g.kernel(); k++) {
      int t = g.firstValid(k);
      run(
          new Gemm(
              g.batch(),
              g.endValid(k) - t,
              in,
              of,
              CpuBackend.reals(dy),
              dy.offset() + t * of,
              g.outputTime() * of,
              of,
              1,
              CpuBackend.reals(w),
              w.offset() + k * in * of,
              0,
              1,
              of,
              CpuBackend.reals(dx),
              dx.offset() + g.inputStep(t, k) * in,
              g.time() * in,
              g.stride() * in,
              true));
    }
  }

  /** For each tap the transposed view of what it read times dy, added over the batch in order. */
  void conv1dWeightGradient(Conv1dGeometry g, Strided x, Strided dy, Strided dw) {
    int in = g.inputChannels();
    int of = g.outputChannels();
    boolean flat = g.kernel() == 1 && g.padding() == 0 && g.stride() == 1;
    for (int k = 0; k < g.kernel(); k++) {
      int t = g.firstValid(k);
      run(
          new Gemm(
              flat ? 1 : g.batch(),
              in,
              of,
              flat ? g.batch() * g.time() : g.endValid(k) - t,
              CpuBackend.reals(x),
              x.offset() + g.inputStep(t, k) * in,
              g.time() * in,
              1,
              g.stride() * in,
              CpuBackend.reals(dy),
              dy.offset() + t * of,
              g.outputTime() * of,
              of,
              1,
              CpuBackend.reals(dw),
              dw.offset() + k * in * of,
              0,
              of,
              true));
    }
  }
}
