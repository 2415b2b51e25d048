// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import dev.kairos.kernels.Conv1dGeometry;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.host.HostFloats;
import dev.kairos.kernels.host.MergedAxes;

/** Matrix products and convolutions, all as {@link Gemm}s. */
final class Contractions {
  private final FloatLoops loops;
  private final Tasks tasks;

  Contractions(FloatLoops loops, Tasks tasks) {
    this.loops = loops;
    this.tasks = tasks;
  }

  void matmul(Strided a, Strided b, boolean accumulate, Strided out) {
    int axes = out.rank() - 2;
    if (axes == 0) {
      matmul(tasks, a, a.offset(), 0, b, b.offset(), 0, accumulate, out, out.offset(), 0, 1);
      return;
    }
    if (axes == 1) {
      matmul(
          tasks,
          a,
          a.offset(),
          a.stride(0),
          b,
          b.offset(),
          b.stride(0),
          accumulate,
          out,
          out.offset(),
          out.stride(0),
          out.size(0));
      return;
    }
    MergedAxes batches =
        new MergedAxes(
            a.axes(0, axes, a.offset()),
            b.axes(0, axes, b.offset()),
            out.axes(0, axes, out.offset()));
    int aStep = batches.firstStep();
    int bStep = batches.secondStep();
    int outStep = batches.thirdStep();
    int runs = batches.runs();
    // Many small products are shared by the run, a few large ones by the block.
    boolean many = runs >= 4 * tasks.threads();
    int parts = many ? 4 * tasks.threads() : 1;
    Tasks within = many ? Tasks.ALONE : tasks;
    MergedAxes.Run run =
        (p, q, r, n) -> matmul(within, a, p, aStep, b, q, bStep, accumulate, out, r, outStep, n);
    (many ? tasks : Tasks.ALONE)
        .run(
            parts,
            part ->
                batches.runs(
                    (int) ((long) runs * part / parts),
                    (int) ((long) runs * (part + 1) / parts),
                    run));
  }

  /** Products [0, batch) of matrices that begin at p, q and r and follow each other in steps. */
  private void matmul(
      Tasks team,
      Strided a,
      int p,
      int aStep,
      Strided b,
      int q,
      int bStep,
      boolean accumulate,
      Strided out,
      int r,
      int outStep,
      int batch) {
    int row = out.rank() - 2;
    int column = row + 1;
    loops.gemm(
        new Gemm(
            batch,
            out.size(row),
            out.size(column),
            1,
            a.size(column),
            HostFloats.values(a),
            p,
            aStep,
            0,
            a.stride(row),
            a.stride(column),
            HostFloats.values(b),
            q,
            bStep,
            0,
            b.stride(row),
            b.stride(column),
            HostFloats.values(out),
            r,
            outStep,
            out.stride(row),
            accumulate),
        team);
  }

  /** Adds for each output the taps in order, and for each tap the channels in runs, in order. */
  void conv1d(Conv1dGeometry g, Strided x, Strided w, Strided out) {
    int in = g.inputChannels();
    int of = g.outputChannels();
    new Windows(g, x, w, w.offset(), in * of, of, 1, out).run(loops, tasks);
  }

  /**
   * With stride 1 a convolution of dy with the taps in reverse order: adds for each input the taps
   * from last to first, and for each tap the channels in runs. With a larger stride each tap, last
   * to first, sends its part of dy back to the input steps it read.
   */
  void conv1dInputGradient(Conv1dGeometry g, Strided dy, Strided w, Strided dx) {
    int in = g.inputChannels();
    int of = g.outputChannels();
    int last = w.offset() + (g.kernel() - 1) * in * of;
    if (g.stride() == 1) {
      int padding = g.span() - 1 - g.padding();
      Conv1dGeometry back =
          new Conv1dGeometry(
              g.batch(), g.outputTime(), of, in, g.kernel(), 1, padding, g.dilation());
      if (back.outputTime() == g.time()) {
        new Windows(back, dy, w, last, -in * of, 1, of, dx).run(loops, tasks);
        return;
      }
    }
    for (int k = g.kernel() - 1; k >= 0; k--) {
      int t = g.firstValid(k);
      loops.gemm(
          new Gemm(
              g.batch(),
              g.endValid(k) - t,
              in,
              1,
              of,
              HostFloats.values(dy),
              dy.offset() + t * of,
              g.outputTime() * of,
              0,
              of,
              1,
              HostFloats.values(w),
              w.offset() + k * in * of,
              0,
              0,
              1,
              of,
              HostFloats.values(dx),
              dx.offset() + g.inputStep(t, k) * in,
              g.time() * in,
              g.stride() * in,
              true),
          tasks);
    }
  }

  /**
   * A convolution over windows of x.
   *
   * @param w holds the weight
   * @param first its element for tap 0, input channel 0, output channel 0
   * @param tap from one tap to the next
   * @param inputChannel from one input channel to the next
   * @param outputChannel from one output channel to the next
   */
  private record Windows(
      Conv1dGeometry g,
      Strided x,
      Strided w,
      int first,
      int tap,
      int inputChannel,
      int outputChannel,
      Strided out) {

    /**
     * All output rows whose windows lie inside are one product, of overlapping rows where dilation
     * is 1; a row that reaches into the padding takes the taps that are inside. Where there are
     * fewer rows than channels these few rows would cost more than a product for each tap does. A
     * recording's bits do not depend on how many others are in the batch: either way a tap of many
     * channels has runs of its own, and taps of few are never taken apart.
     */
    void run(FloatLoops loops, Tasks tasks) {
      int in = g.inputChannels();
      boolean few = g.batch() * g.outputTime() <= in && Gemm.isTermLong(in);
      if (g.kernel() == 1 || few) {
        for (int k = 0; k < g.kernel(); k++) {
          int from = g.firstValid(k);
          loops.gemm(rows(from, g.endValid(k) - from, k, k + 1, false), tasks);
        }
        return;
      }
      int inside = g.firstValid(0);
      int end = Math.max(inside, g.endValid(g.kernel() - 1));
      loops.gemm(rows(inside, end - inside, 0, g.kernel(), false), tasks);
      for (int t = 0; t < g.outputTime(); t++) {
        if (t < inside || t >= end) {
          int from = 0;
          while (from < g.kernel() && g.inputStep(t, from) < 0) {
            from++;
          }
          int to = from;
          while (to < g.kernel() && g.inputStep(t, to) < g.time()) {
            to++;
          }
          loops.gemm(rows(t, 1, from, to, true), tasks);
        }
      }
    }

    /**
     * Output rows [t, t + rows) with taps [from, to).
     *
     * @param acrossBatch whether the one row of every recording is a row of a single product
     */
    private Gemm rows(int t, int rows, int from, int to, boolean acrossBatch) {
      int in = g.inputChannels();
      int of = g.outputChannels();
      int nextInput = g.time() * in;
      int nextOutput = g.outputTime() * of;
      return new Gemm(
          acrossBatch ? 1 : g.batch(),
          acrossBatch ? g.batch() : rows,
          of,
          to - from,
          in,
          HostFloats.values(x),
          x.offset() + g.inputStep(t, from) * in,
          nextInput,
          g.dilation() * in,
          acrossBatch ? nextInput : g.stride() * in,
          1,
          HostFloats.values(w),
          first + from * tap,
          0,
          tap,
          inputChannel,
          outputChannel,
          HostFloats.values(out),
          out.offset() + t * of,
          nextOutput,
          acrossBatch ? nextOutput : of,
          true);
    }
  }

  /**
   * For each tap the transposed view of what it read times dy: each element adds the recordings in
   * order, and for each the steps in runs, in order.
   */
  void conv1dWeightGradient(Conv1dGeometry g, Strided x, Strided dy, Strided dw) {
    int in = g.inputChannels();
    int of = g.outputChannels();
    for (int k = 0; k < g.kernel(); k++) {
      int t = g.firstValid(k);
      loops.gemm(
          new Gemm(
              1,
              in,
              of,
              g.batch(),
              g.endValid(k) - t,
              HostFloats.values(x),
              x.offset() + g.inputStep(t, k) * in,
              0,
              g.time() * in,
              1,
              g.stride() * in,
              HostFloats.values(dy),
              dy.offset() + t * of,
              0,
              g.outputTime() * of,
              of,
              1,
              HostFloats.values(dw),
              dw.offset() + k * in * of,
              0,
              of,
              true),
          tasks);
    }
  }
}
