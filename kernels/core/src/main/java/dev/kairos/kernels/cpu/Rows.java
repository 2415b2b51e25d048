// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import dev.kairos.kernels.RowFunction;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.host.HostFloats;
import dev.kairos.kernels.host.MergedAxes;

/**
 * Functions of each row along the last axis and their gradients; a row whose elements lie apart is
 * brought together.
 */
final class Rows {
  /** Some rows that lie together: of one operand, or of two. */
  private interface Loop {
    void run(float[] x, int xo, int xs, float[] y, int yo, int ys, int n, Place out, int rows);
  }

  /** Where rows go. */
  private static final class Place {
    float[] values = new float[0];
    int first;
    int step;

    Place at(float[] into, int from, int apart) {
      values = into;
      first = from;
      step = apart;
      return this;
    }
  }

  /** A thread's places for rows that are brought together. */
  private static final class Stage {
    float[] x = new float[0];
    float[] y = new float[0];
    float[] out = new float[0];
    final Place place = new Place();

    void reserve(int length) {
      if (x.length < length) {
        x = new float[length];
        y = new float[length];
        out = new float[length];
      }
    }
  }

  private final FloatLoops loops;
  private final WorkerPool pool;
  private final MergedAxes leading = new MergedAxes();
  private final ThreadLocal<Stage> stages = ThreadLocal.withInitial(Stage::new);

  Rows(FloatLoops loops, WorkerPool pool) {
    this.loops = loops;
    this.pool = pool;
  }

  /** Lets go of the calling thread's places. */
  void leave() {
    stages.remove();
  }

  void apply(RowFunction f, double epsilon, Strided in, Strided out) {
    run(
        (x, xo, xs, same, so, ss, n, o, rows) ->
            loops.rows(f, epsilon, x, xo, xs, n, o.values, o.first, o.step, rows),
        in,
        in,
        out);
  }

  /** Each row is finished while it is in the cache. */
  void layerNorm(double epsilon, Strided in, Strided factor, Strided addend, Strided out) {
    float[] w = HostFloats.values(factor);
    float[] b = HostFloats.values(addend);
    int wo = factor.offset();
    int bo = addend.offset();
    run(
        (x, xo, xs, same, so, ss, n, o, rows) -> {
          float[] y = o.values;
          for (int i = 0; i < rows; i++) {
            int yo = o.first + i * o.step;
            loops.rows(RowFunction.NORMALIZE, epsilon, x, xo + i * xs, xs, n, y, yo, o.step, 1);
            loops.multiplyThenAdd(w, wo, b, bo, y, yo, n);
          }
        },
        in,
        in,
        out);
  }

  void gradient(RowFunction f, double epsilon, Strided at, Strided dy, Strided dx) {
    run(
        (x, xo, xs, g, go, gs, n, o, rows) ->
            loops.rowsGradient(
                f, epsilon, x, xo, xs, g, go, gs, n, o.values, o.first, o.step, rows),
        at,
        dy,
        dx);
  }

  private void run(Loop loop, Strided left, Strided right, Strided out) {
    int last = left.rank() - 1;
    int n = left.size(last);
    int perTask = Blocks.perTask(n);
    leading.set(left, right, out, 0, last, perTask);
    int pieces = n == 0 ? 0 : leading.pieces();
    int step = Math.max(1, perTask / Math.max(1, leading.length()));
    if (pool.threads() == 1 || pieces <= step) {
      run(loop, left, right, out, 0, pieces);
    } else {
      pool.run(
          Blocks.count(pieces, step),
          task -> run(loop, left, right, out, task * step, Math.min(pieces, (task + 1) * step)));
    }
  }

  private void run(Loop loop, Strided left, Strided right, Strided out, int from, int to) {
    int last = left.rank() - 1;
    int n = left.size(last);
    boolean together =
        n == 1 || (left.stride(last) == 1 && right.stride(last) == 1 && out.stride(last) == 1);
    float[] x = HostFloats.values(left);
    float[] y = HostFloats.values(right);
    float[] o = HostFloats.values(out);
    Stage stage = stages.get();
    for (int piece = from; piece < to; piece++) {
      int p = leading.first(piece);
      int q = leading.second(piece);
      int r = leading.third(piece);
      int rows = leading.length(piece);
      if (together) {
        Place place = stage.place.at(o, r, leading.thirdStep());
        loop.run(x, p, leading.firstStep(), y, q, leading.secondStep(), n, place, rows);
        continue;
      }
      stage.reserve(n);
      for (int i = 0; i < rows; i++) {
        Elementwise.move(x, p + i * leading.firstStep(), left.stride(last), stage.x, 0, 1, n);
        Elementwise.move(y, q + i * leading.secondStep(), right.stride(last), stage.y, 0, 1, n);
        loop.run(stage.x, 0, n, stage.y, 0, n, n, stage.place.at(stage.out, 0, n), 1);
        Elementwise.move(stage.out, 0, 1, o, r + i * leading.thirdStep(), out.stride(last), n);
      }
    }
  }
}
