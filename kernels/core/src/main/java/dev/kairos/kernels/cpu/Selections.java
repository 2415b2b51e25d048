// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import dev.kairos.kernels.DenseSolve;
import dev.kairos.kernels.Resampling;
import dev.kairos.kernels.Strided;
import java.util.Arrays;
import java.util.Objects;

/** Primitives that pick, place or blend whole rows, and the small solve. */
final class Selections {
  private Selections() {}

  /** Sorts number and position together as one {@code long} a row element. */
  static void topK(Strided in, int k, Strided out, WorkerPool pool) {
    int last = in.rank() - 1;
    int n = in.size(last);
    int rows = out.count() / Math.max(1, k);
    float[] x = CpuBackend.reals(in);
    int[] o = CpuBackend.indices(out);
    int perTask = Blocks.perTask(n);
    pool.run(
        Blocks.count(rows, perTask),
        task -> {
          long[] keys = new long[n];
          int end = Math.min(rows, (task + 1) * perTask);
          for (int row = task * perTask; row < end; row++) {
            int from = offset(in, last, row);
            int to = offset(out, last, row);
            for (int j = 0; j < n; j++) {
              // Descending numbers, then ascending positions; NaN is the largest number.
              keys[j] = ((long) ~ordered(x[from + j * in.stride(last)]) << 32) | j;
            }
            Arrays.sort(keys);
            for (int j = 0; j < k; j++) {
              o[to + j * out.stride(last)] = (int) keys[j];
            }
          }
        });
  }

  /** An int that sorts as the float does. */
  private static int ordered(float value) {
    int bits = Float.floatToIntBits(value + 0f);
    return bits ^ ((bits >> 31) & 0x7fffffff);
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

  static void gather(Strided in, Strided indices, Strided out) {
    float[] x = CpuBackend.reals(in);
    int[] at = CpuBackend.indices(indices);
    float[] o = CpuBackend.reals(out);
    int inner = out.size(2);
    if (inner == 0) {
      return;
    }
    boolean together = inner == 1 || (in.stride(2) == 1 && out.stride(2) == 1);
    for (int a = 0; a < out.size(0); a++) {
      for (int j = 0; j < out.size(1); j++) {
        int row =
            Objects.checkIndex(
                at[indices.offset() + a * indices.stride(0) + j * indices.stride(1)], in.size(1));
        int from = in.offset() + a * in.stride(0) + row * in.stride(1);
        int to = out.offset() + a * out.stride(0) + j * out.stride(1);
        if (together) {
          System.arraycopy(x, from, o, to, inner);
        } else {
          for (int c = 0; c < inner; c++) {
            o[to + c * out.stride(2)] = x[from + c * in.stride(2)];
          }
        }
      }
    }
  }

  static void scatterAdd(Strided in, Strided indices, Strided out, FloatLoops loops) {
    float[] x = CpuBackend.reals(in);
    int[] at = CpuBackend.indices(indices);
    float[] o = CpuBackend.reals(out);
    int inner = in.size(2);
    boolean together = in.stride(2) == 1 && out.stride(2) == 1;
    for (int a = 0; a < in.size(0); a++) {
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
            o[to + c * out.stride(2)] += x[from + c * in.stride(2)];
          }
        }
      }
    }
  }

  static void resample(Strided in, Strided out, WorkerPool pool) {
    float[] x = CpuBackend.reals(in);
    float[] o = CpuBackend.reals(out);
    int rows = out.size(1);
    Resampling r = new Resampling(in.size(1), rows);
    int perTask = Blocks.perTask(out.size(2));
    int total = out.size(0) * rows;
    pool.run(
        Blocks.count(total, perTask),
        task -> {
          int end = Math.min(total, (task + 1) * perTask);
          for (int at = task * perTask; at < end; at++) {
            int a = at / rows;
            int i = at % rows;
            float upper = (float) r.fraction(i);
            float lower = (float) (1 - r.fraction(i));
            int p = in.offset() + a * in.stride(0) + r.lower(i) * in.stride(1);
            int q = in.offset() + a * in.stride(0) + r.upper(i) * in.stride(1);
            int to = out.offset() + a * out.stride(0) + i * out.stride(1);
            for (int c = 0; c < out.size(2); c++) {
              o[to + c * out.stride(2)] =
                  lower * x[p + c * in.stride(2)] + upper * x[q + c * in.stride(2)];
            }
          }
        });
  }

  static void resampleTranspose(Strided in, Strided out, WorkerPool pool) {
    float[] x = CpuBackend.reals(in);
    float[] o = CpuBackend.reals(out);
    Resampling r = new Resampling(out.size(1), in.size(1));
    // Neighbouring input rows add to the same output row, so a task is a whole stretch of time.
    pool.run(
        in.size(0),
        a -> {
          for (int i = 0; i < in.size(1); i++) {
            float upper = (float) r.fraction(i);
            float lower = (float) (1 - r.fraction(i));
            int p = out.offset() + a * out.stride(0) + r.lower(i) * out.stride(1);
            int q = out.offset() + a * out.stride(0) + r.upper(i) * out.stride(1);
            int from = in.offset() + a * in.stride(0) + i * in.stride(1);
            for (int c = 0; c < in.size(2); c++) {
              float value = x[from + c * in.stride(2)];
              o[p + c * out.stride(2)] += lower * value;
              o[q + c * out.stride(2)] += upper * value;
            }
          }
        });
  }

  /** In double precision: the systems are small, and their solution is where accuracy is lost. */
  static void solve(Strided a, Strided b, Strided out) {
    int n = a.size(1);
    int m = b.size(2);
    double[] matrix = new double[n * n];
    double[] right = new double[n * m];
    for (int batch = 0; batch < a.size(0); batch++) {
      read(a, batch, matrix);
      read(b, batch, right);
      DenseSolve.solveInPlace(n, m, matrix, right);
      float[] o = CpuBackend.reals(out);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < m; j++) {
          o[out.offset() + batch * out.stride(0) + i * out.stride(1) + j * out.stride(2)] =
              (float) right[i * m + j];
        }
      }
    }
  }

  private static void read(Strided view, int batch, double[] target) {
    float[] x = CpuBackend.reals(view);
    int at = 0;
    for (int i = 0; i < view.size(1); i++) {
      for (int j = 0; j < view.size(2); j++) {
        target[at++] =
            x[view.offset() + batch * view.stride(0) + i * view.stride(1) + j * view.stride(2)];
      }
    }
  }
}
