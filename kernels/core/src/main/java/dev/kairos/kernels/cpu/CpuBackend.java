// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import dev.kairos.kernels.AdamStep;
import dev.kairos.kernels.Backend;
import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.Conv1dGeometry;
import dev.kairos.kernels.MapFunction;
import dev.kairos.kernels.Philox;
import dev.kairos.kernels.Precision;
import dev.kairos.kernels.RandomKey;
import dev.kairos.kernels.ReduceFunction;
import dev.kairos.kernels.SgdStep;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.ZipFunction;
import java.util.Arrays;

/**
 * Single precision on the host: cuts each primitive into runs and blocks, shares them among threads
 * and leaves the innermost loops to a {@link FloatLoops}.
 */
public final class CpuBackend implements Backend {
  private final String name;
  private final FloatLoops loops;
  private final WorkerPool pool;
  private final Contractions contractions;
  private final Reductions reductions;
  private final Taps taps;

  /**
   * A backend.
   *
   * @param name the name users type
   * @param loops the innermost loops
   * @param threads how many threads to use, at least 1
   */
  public CpuBackend(String name, FloatLoops loops, int threads) {
    this.name = name;
    this.loops = loops;
    this.pool = new WorkerPool(threads);
    this.contractions = new Contractions(loops, pool);
    this.reductions = new Reductions(loops, pool);
    this.taps = new Taps(loops, pool);
  }

  /** Reals in a plain array. */
  private static final class Floats implements Buffer {
    final float[] values;

    Floats(int length) {
      values = new float[length];
    }

    @Override
    public int length() {
      return values.length;
    }

    @Override
    public boolean isIndices() {
      return false;
    }
  }

  /** Whole numbers in a plain array. */
  private static final class Ints implements Buffer {
    final int[] values;

    Ints(int length) {
      values = new int[length];
    }

    @Override
    public int length() {
      return values.length;
    }

    @Override
    public boolean isIndices() {
      return true;
    }
  }

  static float[] reals(Strided view) {
    return ((Floats) view.buffer()).values;
  }

  static int[] indices(Strided view) {
    return ((Ints) view.buffer()).values;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Precision precision() {
    return Precision.FLOAT;
  }

  @Override
  public int lanes() {
    return loops.lanes();
  }

  @Override
  public int threads() {
    return pool.threads();
  }

  @Override
  public Buffer allocate(int length) {
    return new Floats(length);
  }

  @Override
  public Buffer allocateIndices(int length) {
    return new Ints(length);
  }

  @Override
  public void write(Buffer target, int offset, double[] source, int from, int length) {
    float[] values = ((Floats) target).values;
    for (int i = 0; i < length; i++) {
      values[offset + i] = (float) source[from + i];
    }
  }

  @Override
  public void write(Buffer target, int offset, float[] source, int from, int length) {
    System.arraycopy(source, from, ((Floats) target).values, offset, length);
  }

  @Override
  public void write(Buffer target, int offset, int[] source, int from, int length) {
    System.arraycopy(source, from, ((Ints) target).values, offset, length);
  }

  @Override
  public void read(Buffer source, int offset, double[] target, int from, int length) {
    float[] values = ((Floats) source).values;
    for (int i = 0; i < length; i++) {
      target[from + i] = values[offset + i];
    }
  }

  @Override
  public void read(Buffer source, int offset, float[] target, int from, int length) {
    System.arraycopy(((Floats) source).values, offset, target, from, length);
  }

  @Override
  public void read(Buffer source, int offset, int[] target, int from, int length) {
    System.arraycopy(((Ints) source).values, offset, target, from, length);
  }

  /** Runs of an elementwise primitive, shared among threads; any split gives the same bits. */
  private void elementwise(Strided first, Strided second, Strided third, Walk.Run run) {
    Walk walk = new Walk(first, second, third);
    int runs = walk.runs();
    int length = walk.length();
    if (runs > 1) {
      pool.run(
          Blocks.count(runs, Blocks.perTask(length)),
          task -> {
            int step = Blocks.perTask(length);
            walk.runs(task * step, Math.min(runs, (task + 1) * step), run);
          });
    } else if (runs == 1) {
      int block = Blocks.ELEMENTS;
      pool.run(
          Blocks.count(length, block),
          task -> {
            int from = task * block;
            run.at(
                first.offset() + from * walk.firstStep(),
                second.offset() + from * walk.secondStep(),
                third.offset() + from * walk.thirdStep(),
                Math.min(block, length - from));
          });
    }
  }

  @Override
  public void fill(Strided out, double value) {
    float[] o = reals(out);
    Walk walk = new Walk(out, out, out);
    int step = walk.firstStep();
    walk.runs(
        0,
        walk.runs(),
        (p, q, r, n) -> {
          if (step == 1) {
            Arrays.fill(o, p, p + n, (float) value);
          } else {
            for (int i = 0; i < n; i++) {
              o[p + i * step] = (float) value;
            }
          }
        });
  }

  @Override
  public void copy(Strided in, Strided out) {
    Walk walk = new Walk(in, out, out);
    int xs = walk.firstStep();
    int os = walk.secondStep();
    if (in.buffer().isIndices()) {
      int[] x = indices(in);
      int[] o = indices(out);
      walk.runs(
          0,
          walk.runs(),
          (p, q, r, n) -> {
            for (int i = 0; i < n; i++) {
              o[q + i * os] = x[p + i * xs];
            }
          });
      return;
    }
    float[] x = reals(in);
    float[] o = reals(out);
    elementwise(
        in,
        out,
        out,
        (p, q, r, n) -> {
          if (xs == 1 && os == 1) {
            System.arraycopy(x, p, o, q, n);
          } else {
            for (int i = 0; i < n; i++) {
              o[q + i * os] = x[p + i * xs];
            }
          }
        });
  }

  @Override
  public void accumulate(Strided in, Strided out) {
    float[] x = reals(in);
    float[] o = reals(out);
    Walk walk = new Walk(in, out, out);
    int xs = walk.firstStep();
    int os = walk.secondStep();
    // On one thread: runs may fall on the same elements and must then be added in order.
    walk.runs(
        0,
        walk.runs(),
        (p, q, r, n) -> {
          if (xs == 1 && os == 1) {
            loops.add(x, p, o, q, n);
          } else {
            for (int i = 0; i < n; i++) {
              o[q + i * os] += x[p + i * xs];
            }
          }
        });
  }

  @Override
  public void map(MapFunction f, double a, double b, Strided in, Strided out) {
    float[] x = reals(in);
    float[] o = reals(out);
    Walk walk = new Walk(in, out, out);
    int xs = walk.firstStep();
    int os = walk.secondStep();
    elementwise(
        in,
        out,
        out,
        (p, q, r, n) -> {
          if (xs == 1 && os == 1) {
            loops.map(f, (float) a, (float) b, x, p, o, q, n);
          } else {
            for (int i = 0; i < n; i++) {
              loops.map(f, (float) a, (float) b, x, p + i * xs, o, q + i * os, 1);
            }
          }
        });
  }

  @Override
  public void zip(ZipFunction f, Strided left, Strided right, Strided out) {
    float[] x = reals(left);
    float[] y = reals(right);
    float[] o = reals(out);
    Walk walk = new Walk(left, right, out);
    int xs = walk.firstStep();
    int ys = walk.secondStep();
    int os = walk.thirdStep();
    boolean simple = os == 1 && (xs == 0 || xs == 1) && (ys == 0 || ys == 1);
    elementwise(
        left,
        right,
        out,
        (p, q, r, n) -> {
          if (simple) {
            loops.zip(f, x, p, xs, y, q, ys, o, r, n);
          } else {
            for (int i = 0; i < n; i++) {
              loops.zip(f, x, p + i * xs, 1, y, q + i * ys, 1, o, r + i * os, 1);
            }
          }
        });
  }

  @Override
  public void reduce(ReduceFunction f, Strided in, Strided out) {
    reductions.reduce(f, in, out);
  }

  @Override
  public void softmax(Strided in, boolean log, Strided out) {
    reductions.softmax(in, log, out);
  }

  @Override
  public void normalize(Strided in, double epsilon, Strided out) {
    reductions.normalize(in, (float) epsilon, out);
  }

  @Override
  public void topK(Strided in, int k, Strided out) {
    Selections.topK(in, k, out, pool);
  }

  @Override
  public void gather(Strided in, Strided indices, Strided out) {
    Selections.gather(in, indices, out);
  }

  @Override
  public void scatterAdd(Strided in, Strided indices, Strided out) {
    Selections.scatterAdd(in, indices, out, loops);
  }

  @Override
  public void matmul(Strided a, Strided b, boolean accumulate, Strided out) {
    contractions.matmul(a, b, accumulate, out);
  }

  @Override
  public void conv1d(Conv1dGeometry g, Strided x, Strided w, Strided out) {
    contractions.conv1d(g, x, w, out);
  }

  @Override
  public void conv1dInputGradient(Conv1dGeometry g, Strided dy, Strided w, Strided dx) {
    contractions.conv1dInputGradient(g, dy, w, dx);
  }

  @Override
  public void conv1dWeightGradient(Conv1dGeometry g, Strided x, Strided dy, Strided dw) {
    contractions.conv1dWeightGradient(g, x, dy, dw);
  }

  @Override
  public void tapSum(Conv1dGeometry g, Strided given, Strided f, Strided out) {
    taps.sum(g, given, f, out);
  }

  @Override
  public void tapSpread(Conv1dGeometry g, Strided f, Strided dy, Strided dtaps) {
    taps.spread(g, f, dy, dtaps);
  }

  @Override
  public void tapDot(Conv1dGeometry g, Strided given, Strided dy, Strided df) {
    taps.dot(g, given, dy, df);
  }

  @Override
  public void resample(Strided in, Strided out) {
    Selections.resample(in, out, pool);
  }

  @Override
  public void resampleTranspose(Strided in, Strided out) {
    Selections.resampleTranspose(in, out, pool);
  }

  @Override
  public void dropout(Strided in, double p, RandomKey key, Strided out) {
    float[] x = reals(in);
    float[] o = reals(out);
    float scale = (float) (1 / (1 - p));
    int threshold = Philox.threshold(p);
    if (in.isContiguous() && out.isContiguous()) {
      int count = in.count();
      int block = Blocks.ELEMENTS;
      pool.run(
          Blocks.count(count, block),
          task -> {
            int i = task * block;
            int n = Math.min(block, count - i);
            loops.dropout(threshold, scale, key, i, x, in.offset() + i, o, out.offset() + i, n);
          });
      return;
    }
    Walk walk = new Walk(in, out, out);
    int xs = walk.firstStep();
    int os = walk.secondStep();
    int[] first = {0};
    float[] row = new float[walk.length()];
    walk.runs(
        0,
        walk.runs(),
        (from, to, r, n) -> {
          for (int i = 0; i < n; i++) {
            row[i] = x[from + i * xs];
          }
          loops.dropout(threshold, scale, key, first[0], row, 0, row, 0, n);
          for (int i = 0; i < n; i++) {
            o[to + i * os] = row[i];
          }
          first[0] += n;
        });
  }

  @Override
  public void solve(Strided a, Strided b, Strided out) {
    Selections.solve(a, b, out);
  }

  @Override
  public void adam(AdamStep step, Buffer parameter, Buffer gradient, Buffer m, Buffer v) {
    float[] p = ((Floats) parameter).values;
    float[] g = ((Floats) gradient).values;
    float[] first = ((Floats) m).values;
    float[] second = ((Floats) v).values;
    int block = Blocks.ELEMENTS;
    pool.run(
        Blocks.count(p.length, block),
        task -> {
          int from = task * block;
          loops.adam(step, p, g, first, second, from, Math.min(block, p.length - from));
        });
  }

  @Override
  public void sgd(SgdStep step, Buffer parameter, Buffer gradient, Buffer velocity) {
    float[] p = ((Floats) parameter).values;
    float[] g = ((Floats) gradient).values;
    float[] v = ((Floats) velocity).values;
    loops.sgd(step, p, g, v, 0, p.length);
  }

  @Override
  public void close() {
    pool.close();
  }
}
