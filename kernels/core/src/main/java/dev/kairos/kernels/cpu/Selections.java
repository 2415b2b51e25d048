// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import dev.kairos.kernels.Resampling;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.host.HostFloats;
import dev.kairos.kernels.host.HostInts;
import java.util.Objects;

/** Primitives that pick, place or blend whole rows. */
final class Selections {
  /** Rows shorter than this are added here: a call of a loop costs more. */
  private static final int SHORT = 16;

  /** Columns of one task where rows depend on each other. */
  private static final int COLUMNS = 256;

  private final FloatLoops loops;
  private final WorkerPool pool;
  private final ThreadLocal<QuickSelect> selections = ThreadLocal.withInitial(QuickSelect::new);

  Selections(FloatLoops loops, WorkerPool pool) {
    this.loops = loops;
    this.pool = pool;
  }

  /** Lets go of the calling thread's places. */
  void leave() {
    selections.remove();
  }

  void topK(Strided in, int k, Strided out) {
    int rows = out.count() / Math.max(1, k);
    int perTask = Blocks.perTask(in.size(in.rank() - 1));
    if (pool.threads() == 1 || rows <= perTask) {
      topK(in, k, out, 0, rows);
    } else {
      pool.run(
          Blocks.count(rows, perTask),
          task -> topK(in, k, out, task * perTask, Math.min(rows, (task + 1) * perTask)));
    }
  }

  private void topK(Strided in, int k, Strided out, int first, int end) {
    QuickSelect largest = selections.get();
    int last = in.rank() - 1;
    float[] x = HostFloats.values(in);
    int[] o = HostInts.values(out);
    for (int row = first; row < end; row++) {
      int from = offset(in, last, row);
      int to = offset(out, last, row);
      largest.find(x, from, in.stride(last), in.size(last), k, o, to, out.stride(last));
    }
  }

  /** The first element of a row, counted over all axes before the last. */
  private static int offset(Strided view, int last, int row) {
    int at = view.offset();
    int rest = row;
    for (int axis = last - 1; axis >= 0; axis--) {
      at += rest % view.size(axis) * view.stride(axis);
      rest /= view.size(axis);
    }
    return at;
  }

  void gather(Strided in, Strided indices, Strided out) {
    int inner = out.size(2);
    int rows = inner == 0 ? 0 : out.size(0) * out.size(1);
    int perTask = Blocks.perTask(inner);
    if (pool.threads() == 1 || rows <= perTask) {
      gather(in, indices, out, 0, rows);
    } else {
      pool.run(
          Blocks.count(rows, perTask),
          task -> gather(in, indices, out, task * perTask, Math.min(rows, (task + 1) * perTask)));
    }
  }

  private static void gather(Strided in, Strided indices, Strided out, int first, int end) {
    float[] x = HostFloats.values(in);
    float[] o = HostFloats.values(out);
    int[] at = HostInts.values(indices);
    int rows = out.size(1);
    int inner = out.size(2);
    for (int i = first; i < end; i++) {
      int a = i / rows;
      int j = i - a * rows;
      int row =
          Objects.checkIndex(
              at[indices.offset() + a * indices.stride(0) + j * indices.stride(1)], in.size(1));
      int from = in.offset() + a * in.stride(0) + row * in.stride(1);
      int to = out.offset() + a * out.stride(0) + j * out.stride(1);
      if (inner == 1) {
        o[to] = x[from];
      } else {
        Elementwise.move(x, from, in.stride(2), o, to, out.stride(2), inner);
      }
    }
  }

  void scatterAdd(Strided in, Strided indices, Strided out) {
    // Rows that fall on the same place are added in order, and so by one thread.
    int outer = in.size(0);
    int perTask = Blocks.perTask(in.size(1) * in.size(2));
    if (pool.threads() == 1 || outer <= perTask) {
      scatterAdd(in, indices, out, 0, outer);
    } else {
      pool.run(
          Blocks.count(outer, perTask),
          task ->
              scatterAdd(in, indices, out, task * perTask, Math.min(outer, (task + 1) * perTask)));
    }
  }

  private void scatterAdd(Strided in, Strided indices, Strided out, int first, int end) {
    float[] x = HostFloats.values(in);
    float[] o = HostFloats.values(out);
    int[] at = HostInts.values(indices);
    int inner = in.size(2);
    int xs = in.stride(2);
    int os = out.stride(2);
    boolean together = xs == 1 && os == 1 && inner >= SHORT;
    for (int a = first; a < end; a++) {
      for (int j = 0; j < in.size(1); j++) {
        int row =
            Objects.checkIndex(
                at[indices.offset() + a * indices.stride(0) + j * indices.stride(1)], out.size(1));
        int from = in.offset() + a * in.stride(0) + j * in.stride(1);
        int to = out.offset() + a * out.stride(0) + row * out.stride(1);
        if (together) {
          loops.add(x, from, o, to, inner);
        } else {
          for (int c = 0; c < inner; c++) {
            o[to + c * os] += x[from + c * xs];
          }
        }
      }
    }
  }

  void resample(Strided in, Strided out) {
    Resampling r = new Resampling(in.size(1), out.size(1));
    int perTask = Blocks.perTask(out.size(2));
    int rows = out.size(0) * out.size(1);
    if (pool.threads() == 1 || rows <= perTask) {
      resample(r, in, out, 0, rows);
    } else {
      pool.run(
          Blocks.count(rows, perTask),
          task -> resample(r, in, out, task * perTask, Math.min(rows, (task + 1) * perTask)));
    }
  }

  private static void resample(Resampling r, Strided in, Strided out, int first, int end) {
    float[] x = HostFloats.values(in);
    float[] o = HostFloats.values(out);
    int rows = out.size(1);
    int inner = out.size(2);
    int xs = in.stride(2);
    int os = out.stride(2);
    for (int row = first; row < end; row++) {
      int a = row / rows;
      int i = row - a * rows;
      float upper = (float) r.fraction(i);
      float lower = (float) (1 - r.fraction(i));
      int p = in.offset() + a * in.stride(0) + r.lower(i) * in.stride(1);
      int q = in.offset() + a * in.stride(0) + r.upper(i) * in.stride(1);
      int to = out.offset() + a * out.stride(0) + i * out.stride(1);
      if (xs == 1 && os == 1) {
        for (int c = 0; c < inner; c++) {
          o[to + c] = lower * x[p + c] + upper * x[q + c];
        }
      } else {
        for (int c = 0; c < inner; c++) {
          o[to + c * os] = lower * x[p + c * xs] + upper * x[q + c * xs];
        }
      }
    }
  }

  /** Neighbouring input rows add to the same output row, so a task is some columns of all time. */
  void resampleTranspose(Strided in, Strided out) {
    Resampling r = new Resampling(out.size(1), in.size(1));
    int parts = Blocks.count(in.size(2), COLUMNS);
    int tasks = in.size(0) * parts;
    if (pool.threads() == 1 || in.count() <= Blocks.ELEMENTS) {
      for (int task = 0; task < tasks; task++) {
        resampleTranspose(r, in, out, task / parts, task % parts * COLUMNS);
      }
    } else {
      pool.run(tasks, task -> resampleTranspose(r, in, out, task / parts, task % parts * COLUMNS));
    }
  }

  private static void resampleTranspose(Resampling r, Strided in, Strided out, int a, int column) {
    float[] x = HostFloats.values(in);
    float[] o = HostFloats.values(out);
    int xs = in.stride(2);
    int os = out.stride(2);
    int n = Math.min(COLUMNS, in.size(2) - column);
    int read = in.offset() + a * in.stride(0) + column * xs;
    int write = out.offset() + a * out.stride(0) + column * os;
    for (int i = 0; i < in.size(1); i++) {
      float upper = (float) r.fraction(i);
      float lower = (float) (1 - r.fraction(i));
      int from = read + i * in.stride(1);
      addScaled(lower, x, from, xs, o, write + r.lower(i) * out.stride(1), os, n);
      addScaled(upper, x, from, xs, o, write + r.upper(i) * out.stride(1), os, n);
    }
  }

  private static void addScaled(
      float scale, float[] x, int from, int xs, float[] o, int to, int os, int n) {
    if (xs == 1 && os == 1) {
      for (int c = 0; c < n; c++) {
        o[to + c] += scale * x[from + c];
      }
    } else {
      for (int c = 0; c < n; c++) {
        o[to + c * os] += scale * x[from + c * xs];
      }
    }
  }
}
