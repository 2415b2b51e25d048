// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import dev.kairos.kernels.MapFunction;
import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.ZipFunction;
import dev.kairos.kernels.host.HostFloats;
import dev.kairos.kernels.host.HostInts;
import dev.kairos.kernels.host.MergedAxes;
import java.util.Arrays;

/**
 * Primitives that handle each element by itself, so that any split among threads gives the same
 * bits. A piece whose elements do not lie together passes through a short stretch of a thread's
 * own; little work, or one thread, allocates nothing.
 */
final class Elementwise {
  /** Elements that are brought together at a time. */
  private static final int STRETCH = FloatLoops.BLOCK;

  /** A thread's places for elements that are brought together. */
  private static final class Stage {
    final float[] x = new float[STRETCH];
    final float[] y = new float[STRETCH];
    final float[] out = new float[STRETCH];
  }

  private final FloatLoops loops;
  private final WorkerPool pool;
  private final MergedAxes axes = new MergedAxes();
  private final ThreadLocal<Stage> stages = ThreadLocal.withInitial(Stage::new);

  Elementwise(FloatLoops loops, WorkerPool pool) {
    this.loops = loops;
    this.pool = pool;
  }

  /** Lets go of the calling thread's places. */
  void leave() {
    stages.remove();
  }

  /** Handles the pieces {@code [from, to)} of the axes. */
  private interface Pieces {
    void handle(int from, int to);
  }

  /** Whether to do all pieces at once here. */
  private boolean alone() {
    return pool.threads() == 1 || axes.pieces() <= perTask();
  }

  private int perTask() {
    return Blocks.perTask(axes.length());
  }

  private void share(Pieces work) {
    int pieces = axes.pieces();
    int step = perTask();
    pool.run(
        Blocks.count(pieces, step),
        task -> work.handle(task * step, Math.min(pieces, (task + 1) * step)));
  }

  void fill(Strided out, float value) {
    float[] o = HostFloats.values(out);
    axes.set(out, out, out, Blocks.ELEMENTS);
    if (alone()) {
      fill(value, o, 0, axes.pieces());
    } else {
      share((from, to) -> fill(value, o, from, to));
    }
  }

  private void fill(float value, float[] o, int from, int to) {
    int step = axes.firstStep();
    for (int piece = from; piece < to; piece++) {
      int at = axes.first(piece);
      int n = axes.length(piece);
      if (step == 1) {
        Arrays.fill(o, at, at + n, value);
      } else {
        for (int i = 0; i < n; i++) {
          o[at + i * step] = value;
        }
      }
    }
  }

  void copy(Strided in, Strided out) {
    axes.set(in, out, out, Blocks.ELEMENTS);
    if (in.buffer().isIndices()) {
      copy(HostInts.values(in), HostInts.values(out));
      return;
    }
    float[] x = HostFloats.values(in);
    float[] o = HostFloats.values(out);
    if (alone()) {
      copy(x, o, 0, axes.pieces());
    } else {
      share((from, to) -> copy(x, o, from, to));
    }
  }

  private void copy(int[] x, int[] o) {
    int xs = axes.firstStep();
    int os = axes.secondStep();
    for (int piece = 0; piece < axes.pieces(); piece++) {
      int p = axes.first(piece);
      int q = axes.second(piece);
      int n = axes.length(piece);
      for (int i = 0; i < n; i++) {
        o[q + i * os] = x[p + i * xs];
      }
    }
  }

  private void copy(float[] x, float[] o, int from, int to) {
    int xs = axes.firstStep();
    int os = axes.secondStep();
    for (int piece = from; piece < to; piece++) {
      move(x, axes.first(piece), xs, o, axes.second(piece), os, axes.length(piece));
    }
  }

  /** {@code o[i * os] = x[i * xs]}. */
  static void move(float[] x, int p, int xs, float[] o, int q, int os, int n) {
    if (xs == 1 && os == 1) {
      System.arraycopy(x, p, o, q, n);
    } else if (xs == 0 && os == 1) {
      Arrays.fill(o, q, q + n, x[p]);
    } else if (os == 1) {
      for (int i = 0; i < n; i++) {
        o[q + i] = x[p + i * xs];
      }
    } else {
      for (int i = 0; i < n; i++) {
        o[q + i * os] = x[p + i * xs];
      }
    }
  }

  void accumulate(Strided in, Strided out) {
    float[] x = HostFloats.values(in);
    float[] o = HostFloats.values(out);
    axes.set(in, out, out, Blocks.ELEMENTS);
    // Elements that fall on the same place are added in order, and so by one thread.
    if (alone() || !out.isContiguous()) {
      accumulate(x, o, 0, axes.pieces());
    } else {
      share((from, to) -> accumulate(x, o, from, to));
    }
  }

  private void accumulate(float[] x, float[] o, int from, int to) {
    int xs = axes.firstStep();
    int os = axes.secondStep();
    for (int piece = from; piece < to; piece++) {
      int p = axes.first(piece);
      int q = axes.second(piece);
      int n = axes.length(piece);
      if (xs == 1 && os == 1) {
        loops.add(x, p, o, q, n);
      } else {
        for (int i = 0; i < n; i++) {
          o[q + i * os] += x[p + i * xs];
        }
      }
    }
  }

  void map(MapFunction f, float a, float b, Strided in, Strided out) {
    float[] x = HostFloats.values(in);
    float[] o = HostFloats.values(out);
    axes.set(in, out, out, Blocks.ELEMENTS);
    if (alone()) {
      map(f, a, b, x, o, 0, axes.pieces());
    } else {
      share((from, to) -> map(f, a, b, x, o, from, to));
    }
  }

  private void map(MapFunction f, float a, float b, float[] x, float[] o, int from, int to) {
    int xs = axes.firstStep();
    int os = axes.secondStep();
    for (int piece = from; piece < to; piece++) {
      int p = axes.first(piece);
      int q = axes.second(piece);
      int n = axes.length(piece);
      if (xs == 1 && os == 1) {
        loops.map(f, a, b, x, p, o, q, n);
        continue;
      }
      float[] together = stages.get().x;
      for (int i = 0; i < n; i += STRETCH) {
        int length = Math.min(STRETCH, n - i);
        move(x, p + i * xs, xs, together, 0, 1, length);
        loops.map(f, a, b, together, 0, together, 0, length);
        move(together, 0, 1, o, q + i * os, os, length);
      }
    }
  }

  /** Each stretch is mapped into the cache, and multiplied from there. */
  void mapMultiply(MapFunction f, float a, float b, Strided in, Strided by, Strided out) {
    float[] x = HostFloats.values(in);
    float[] y = HostFloats.values(by);
    float[] o = HostFloats.values(out);
    axes.set(in, by, out, Blocks.ELEMENTS);
    if (alone()) {
      mapMultiply(f, a, b, x, y, o, 0, axes.pieces());
    } else {
      share((from, to) -> mapMultiply(f, a, b, x, y, o, from, to));
    }
  }

  private void mapMultiply(
      MapFunction f, float a, float b, float[] x, float[] y, float[] o, int from, int to) {
    int xs = axes.firstStep();
    int ys = axes.secondStep();
    int os = axes.thirdStep();
    Stage stage = stages.get();
    ZipFunction times = f.isGate() ? ZipFunction.GATE : ZipFunction.MULTIPLY;
    for (int piece = from; piece < to; piece++) {
      int n = axes.length(piece);
      for (int i = 0; i < n; i += STRETCH) {
        int length = Math.min(STRETCH, n - i);
        int p = axes.first(piece) + i * xs;
        if (xs == 1) {
          loops.map(f, a, b, x, p, stage.x, 0, length);
        } else {
          move(x, p, xs, stage.x, 0, 1, length);
          loops.map(f, a, b, stage.x, 0, stage.x, 0, length);
        }
        int q = axes.second(piece) + i * ys;
        int r = axes.third(piece) + i * os;
        if (ys == 1 && os == 1) {
          loops.zip(times, stage.x, 0, 1, y, q, 1, o, r, length);
          continue;
        }
        move(y, q, ys, stage.y, 0, 1, length);
        loops.zip(times, stage.x, 0, 1, stage.y, 0, 1, stage.out, 0, length);
        move(stage.out, 0, 1, o, r, os, length);
      }
    }
  }

  void zip(ZipFunction f, Strided left, Strided right, Strided out) {
    float[] x = HostFloats.values(left);
    float[] y = HostFloats.values(right);
    float[] o = HostFloats.values(out);
    axes.set(left, right, out, Blocks.ELEMENTS);
    if (alone()) {
      zip(f, x, y, o, 0, axes.pieces());
    } else {
      share((from, to) -> zip(f, x, y, o, from, to));
    }
  }

  private void zip(ZipFunction f, float[] x, float[] y, float[] o, int from, int to) {
    int xs = axes.firstStep();
    int ys = axes.secondStep();
    int os = axes.thirdStep();
    boolean simple = os == 1 && (xs == 0 || xs == 1) && (ys == 0 || ys == 1);
    for (int piece = from; piece < to; piece++) {
      int p = axes.first(piece);
      int q = axes.second(piece);
      int r = axes.third(piece);
      int n = axes.length(piece);
      if (simple) {
        loops.zip(f, x, p, xs, y, q, ys, o, r, n);
        continue;
      }
      Stage stage = stages.get();
      for (int i = 0; i < n; i += STRETCH) {
        int length = Math.min(STRETCH, n - i);
        move(x, p + i * xs, xs, stage.x, 0, 1, length);
        move(y, q + i * ys, ys, stage.y, 0, 1, length);
        loops.zip(f, stage.x, 0, 1, stage.y, 0, 1, stage.out, 0, length);
        move(stage.out, 0, 1, o, r + i * os, os, length);
      }
    }
  }

  void dropout(Strided in, double p, RandomKey key, Strided out) {
    float[] x = HostFloats.values(in);
    float[] o = HostFloats.values(out);
    float scale = (float) (1 / (1 - p));
    int threshold = Philox.threshold(p);
    axes.set(in, out, out, Blocks.ELEMENTS);
    if (alone()) {
      dropout(threshold, scale, key, x, o, 0, axes.pieces());
    } else {
      share((from, to) -> dropout(threshold, scale, key, x, o, from, to));
    }
  }

  private void dropout(
      int threshold, float scale, RandomKey key, float[] x, float[] o, int from, int to) {
    int xs = axes.firstStep();
    int os = axes.secondStep();
    for (int piece = from; piece < to; piece++) {
      int p = axes.first(piece);
      int q = axes.second(piece);
      int n = axes.length(piece);
      int first = axes.number(piece);
      if (xs == 1 && os == 1) {
        loops.dropout(threshold, scale, key, first, x, p, o, q, n);
        continue;
      }
      float[] together = stages.get().x;
      for (int i = 0; i < n; i += STRETCH) {
        int length = Math.min(STRETCH, n - i);
        move(x, p + i * xs, xs, together, 0, 1, length);
        loops.dropout(threshold, scale, key, first + i, together, 0, together, 0, length);
        move(together, 0, 1, o, q + i * os, os, length);
      }
    }
  }
}
