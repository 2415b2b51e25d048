// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import java.util.Arrays;
import java.util.Objects;

/**
 * The definition of right: every primitive as its formula says, in {@code double}, in plain loops,
 * on one thread. Slow on purpose; gradient checks run here, and every other backend is held against
 * it.
 */
public final class ReferenceBackend implements Backend {

  private static final class Doubles implements Buffer {
    final double[] values;

    Doubles(int length) {
      values = new double[length];
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

  /** Visits the elements of views of equal sizes, in row order. */
  private interface Visit {
    void at(int i, int first, int second, int third);
  }

  private static double[] reals(Strided view) {
    return ((Doubles) view.buffer()).values;
  }

  private static int[] indices(Strided view) {
    return ((Ints) view.buffer()).values;
  }

  private static void walk(Strided first, Strided second, Strided third, Visit visit) {
    int rank = first.rank();
    int count = first.count();
    int[] at = new int[rank];
    int p = first.offset();
    int q = second.offset();
    int r = third.offset();
    for (int i = 0; i < count; i++) {
      visit.at(i, p, q, r);
      for (int axis = rank - 1; axis >= 0; axis--) {
        p += first.stride(axis);
        q += second.stride(axis);
        r += third.stride(axis);
        if (++at[axis] < first.size(axis)) {
          break;
        }
        p -= first.stride(axis) * first.size(axis);
        q -= second.stride(axis) * first.size(axis);
        r -= third.stride(axis) * first.size(axis);
        at[axis] = 0;
      }
    }
  }

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public Precision precision() {
    return Precision.DOUBLE;
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public int threads() {
    return 1;
  }

  @Override
  public Buffer allocate(int length) {
    return new Doubles(length);
  }

  @Override
  public Buffer allocateIndices(int length) {
    return new Ints(length);
  }

  @Override
  public void write(Buffer target, int offset, double[] source, int from, int length) {
    System.arraycopy(source, from, ((Doubles) target).values, offset, length);
  }

  @Override
  public void write(Buffer target, int offset, float[] source, int from, int length) {
    double[] values = ((Doubles) target).values;
    for (int i = 0; i < length; i++) {
      values[offset + i] = source[from + i];
    }
  }

  @Override
  public void write(Buffer target, int offset, int[] source, int from, int length) {
    System.arraycopy(source, from, ((Ints) target).values, offset, length);
  }

  @Override
  public void read(Buffer source, int offset, double[] target, int from, int length) {
    System.arraycopy(((Doubles) source).values, offset, target, from, length);
  }

  @Override
  public void read(Buffer source, int offset, float[] target, int from, int length) {
    double[] values = ((Doubles) source).values;
    for (int i = 0; i < length; i++) {
      target[from + i] = (float) values[offset + i];
    }
  }

  @Override
  public void read(Buffer source, int offset, int[] target, int from, int length) {
    System.arraycopy(((Ints) source).values, offset, target, from, length);
  }

  @Override
  public void fill(Strided out, double value) {
    double[] o = reals(out);
    walk(out, out, out, (i, p, q, r) -> o[p] = value);
  }

  @Override
  public void copy(Strided in, Strided out) {
    if (in.buffer().isIndices()) {
      int[] x = indices(in);
      int[] o = indices(out);
      walk(in, out, out, (i, p, q, r) -> o[q] = x[p]);
    } else {
      double[] x = reals(in);
      double[] o = reals(out);
      walk(in, out, out, (i, p, q, r) -> o[q] = x[p]);
    }
  }

  @Override
  public void accumulate(Strided in, Strided out) {
    double[] x = reals(in);
    double[] o = reals(out);
    walk(in, out, out, (i, p, q, r) -> o[q] += x[p]);
  }

  @Override
  public void map(MapFunction f, double a, double b, Strided in, Strided out) {
    double[] x = reals(in);
    double[] o = reals(out);
    walk(in, out, out, (i, p, q, r) -> o[q] = f.apply(x[p], a, b));
  }

  @Override
  public void mapMultiply(MapFunction f, double a, double b, Strided in, Strided by, Strided out) {
    double[] x = reals(in);
    double[] y = reals(by);
    double[] o = reals(out);
    walk(in, by, out, (i, p, q, r) -> o[r] = f.apply(x[p], a, b) * y[q]);
  }

  @Override
  public void zip(ZipFunction f, Strided left, Strided right, Strided out) {
    double[] x = reals(left);
    double[] y = reals(right);
    double[] o = reals(out);
    walk(left, right, out, (i, p, q, r) -> o[r] = f.apply(x[p], y[q]));
  }

  @Override
  public void reduce(ReduceFunction f, Strided in, Strided out) {
    double[] x = reals(in);
    double[] o = reals(out);
    walk(
        in.axes(0, out.rank(), in.offset()),
        out,
        out,
        (i, p, q, r) -> {
          double[] result = {
            switch (f) {
              case SUM -> 0;
              case MAX -> Double.NEGATIVE_INFINITY;
              case MIN -> Double.POSITIVE_INFINITY;
            }
          };
          Strided run = in.axes(out.rank(), in.rank(), p);
          walk(
              run,
              run,
              run,
              (j, at, s, t) ->
                  result[0] =
                      switch (f) {
                        case SUM -> result[0] + x[at];
                        case MAX -> Math.max(result[0], x[at]);
                        case MIN -> Math.min(result[0], x[at]);
                      });
          o[q] = result[0];
        });
  }

  @Override
  public void rows(RowFunction f, double epsilon, Strided in, Strided out) {
    int last = in.rank() - 1;
    double[] row = new double[in.size(last)];
    walk(
        in.axes(0, last, in.offset()),
        out.axes(0, last, out.offset()),
        out.axes(0, last, out.offset()),
        (i, p, q, r) -> {
          load(in, p, row);
          ReferenceRows.apply(f, epsilon, row);
          store(row, out, q);
        });
  }

  @Override
  public void layerNorm(double epsilon, Strided in, Strided factor, Strided addend, Strided out) {
    int last = in.rank() - 1;
    double[] row = new double[in.size(last)];
    double[] w = new double[row.length];
    double[] b = new double[row.length];
    load(factor, factor.offset(), w);
    load(addend, addend.offset(), b);
    walk(
        in.axes(0, last, in.offset()),
        out.axes(0, last, out.offset()),
        out.axes(0, last, out.offset()),
        (i, p, q, r) -> {
          load(in, p, row);
          ReferenceRows.apply(RowFunction.NORMALIZE, epsilon, row);
          for (int j = 0; j < row.length; j++) {
            row[j] = row[j] * w[j] + b[j];
          }
          store(row, out, q);
        });
  }

  @Override
  public void rowsGradient(RowFunction f, double epsilon, Strided at, Strided dy, Strided dx) {
    int last = at.rank() - 1;
    double[] row = new double[at.size(last)];
    double[] gradient = new double[row.length];
    walk(
        at.axes(0, last, at.offset()),
        dy.axes(0, last, dy.offset()),
        dx.axes(0, last, dx.offset()),
        (i, p, q, r) -> {
          load(at, p, row);
          load(dy, q, gradient);
          ReferenceRows.gradient(f, epsilon, row, gradient);
          store(gradient, dx, r);
        });
  }

  private static void load(Strided view, int first, double[] row) {
    int step = view.stride(view.rank() - 1);
    for (int i = 0; i < row.length; i++) {
      row[i] = reals(view)[first + i * step];
    }
  }

  private static void store(double[] row, Strided view, int first) {
    int step = view.stride(view.rank() - 1);
    for (int i = 0; i < row.length; i++) {
      reals(view)[first + i * step] = row[i];
    }
  }

  @Override
  public void topK(Strided in, int k, Strided out) {
    double[] x = reals(in);
    int[] o = indices(out);
    int last = in.rank() - 1;
    int n = in.size(last);
    int xs = in.stride(last);
    int os = out.stride(last);
    walk(
        in.axes(0, last, in.offset()),
        out.axes(0, last, out.offset()),
        out.axes(0, last, out.offset()),
        (i, p, q, r) -> {
          Integer[] order = new Integer[n];
          Arrays.setAll(order, j -> j);
          // Double.compare puts NaN above everything; the sort is stable, so lower positions lead.
          // Adding 0.0 turns -0.0 into 0.0: equal numbers must tie.
          Arrays.sort(order, (s, t) -> Double.compare(x[p + t * xs] + 0.0, x[p + s * xs] + 0.0));
          for (int j = 0; j < k; j++) {
            o[q + j * os] = order[j];
          }
        });
  }

  @Override
  public void gather(Strided in, Strided indices, Strided out) {
    double[] x = reals(in);
    int[] at = indices(indices);
    double[] o = reals(out);
    for (int a = 0; a < out.size(0); a++) {
      for (int j = 0; j < out.size(1); j++) {
        int row =
            Objects.checkIndex(
                at[indices.offset() + a * indices.stride(0) + j * indices.stride(1)], in.size(1));
        int from = in.offset() + a * in.stride(0) + row * in.stride(1);
        int to = out.offset() + a * out.stride(0) + j * out.stride(1);
        for (int c = 0; c < out.size(2); c++) {
          o[to + c * out.stride(2)] = x[from + c * in.stride(2)];
        }
      }
    }
  }

  @Override
  public void scatterAdd(Strided in, Strided indices, Strided out) {
    double[] x = reals(in);
    int[] at = indices(indices);
    double[] o = reals(out);
    for (int a = 0; a < in.size(0); a++) {
      for (int j = 0; j < in.size(1); j++) {
        int row =
            Objects.checkIndex(
                at[indices.offset() + a * indices.stride(0) + j * indices.stride(1)], out.size(1));
        int from = in.offset() + a * in.stride(0) + j * in.stride(1);
        int to = out.offset() + a * out.stride(0) + row * out.stride(1);
        for (int c = 0; c < in.size(2); c++) {
          o[to + c * out.stride(2)] += x[from + c * in.stride(2)];
        }
      }
    }
  }

  @Override
  public void matmul(Strided a, Strided b, boolean accumulate, Strided out) {
    double[] x = reals(a);
    double[] y = reals(b);
    double[] o = reals(out);
    int axes = out.rank() - 2;
    int rows = out.size(axes);
    int columns = out.size(axes + 1);
    int depth = a.size(axes + 1);
    walk(
        a.axes(0, axes, a.offset()),
        b.axes(0, axes, b.offset()),
        out.axes(0, axes, out.offset()),
        (batch, p, q, r) -> {
          for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
              int to = r + i * out.stride(axes) + j * out.stride(axes + 1);
              double sum = accumulate ? o[to] : 0;
              for (int k = 0; k < depth; k++) {
                sum +=
                    x[p + i * a.stride(axes) + k * a.stride(axes + 1)]
                        * y[q + k * b.stride(axes) + j * b.stride(axes + 1)];
              }
              o[to] = sum;
            }
          }
        });
  }

  /** Visits every product of a convolution: input row, weight row, output row. */
  private interface Tap {
    void at(int inputRow, int tap, int outputRow);
  }

  private static void taps(Conv1dGeometry g, Tap visit) {
    for (int n = 0; n < g.batch(); n++) {
      for (int t = 0; t < g.outputTime(); t++) {
        for (int k = 0; k < g.kernel(); k++) {
          int u = g.inputStep(t, k);
          if (u >= 0 && u < g.time()) {
            visit.at(n * g.time() + u, k, n * g.outputTime() + t);
          }
        }
      }
    }
  }

  @Override
  public void conv1d(Conv1dGeometry g, Strided x, Strided w, Strided out) {
    double[] xs = reals(x);
    double[] ws = reals(w);
    double[] os = reals(out);
    int in = g.inputChannels();
    int of = g.outputChannels();
    taps(
        g,
        (row, k, to) -> {
          for (int c = 0; c < in; c++) {
            double value = xs[x.offset() + row * in + c];
            for (int o = 0; o < of; o++) {
              os[out.offset() + to * of + o] += value * ws[w.offset() + (k * in + c) * of + o];
            }
          }
        });
  }

  @Override
  public void conv1dInputGradient(Conv1dGeometry g, Strided dy, Strided w, Strided dx) {
    double[] ys = reals(dy);
    double[] ws = reals(w);
    double[] xs = reals(dx);
    int in = g.inputChannels();
    int of = g.outputChannels();
    taps(
        g,
        (row, k, from) -> {
          for (int c = 0; c < in; c++) {
            double sum = 0;
            for (int o = 0; o < of; o++) {
              sum += ys[dy.offset() + from * of + o] * ws[w.offset() + (k * in + c) * of + o];
            }
            xs[dx.offset() + row * in + c] += sum;
          }
        });
  }

  @Override
  public void conv1dWeightGradient(Conv1dGeometry g, Strided x, Strided dy, Strided dw) {
    double[] xs = reals(x);
    double[] ys = reals(dy);
    double[] ws = reals(dw);
    int in = g.inputChannels();
    int of = g.outputChannels();
    taps(
        g,
        (row, k, from) -> {
          for (int c = 0; c < in; c++) {
            double value = xs[x.offset() + row * in + c];
            for (int o = 0; o < of; o++) {
              ws[dw.offset() + (k * in + c) * of + o] += value * ys[dy.offset() + from * of + o];
            }
          }
        });
  }

  /** Handles an output step t of weighing m that tap k reads at step s of recording n. */
  private interface WeighedTap {
    /** The rows of taps, weights and outputs. */
    void at(int tapRow, int weight, int outRow);
  }

  private static void weighedTaps(Conv1dGeometry g, int weighings, WeighedTap each) {
    int steps = g.batch() * g.time();
    for (int m = 0; m < weighings; m++) {
      int first = m * steps;
      int firstOut = m * g.batch() * g.outputTime();
      taps(g, (row, k, to) -> each.at(k * steps + row, first + row, firstOut + to));
    }
  }

  @Override
  public void tapSum(Conv1dGeometry g, Strided taps, Strided f, Strided out) {
    double[] ps = reals(taps);
    double[] fs = reals(f);
    double[] os = reals(out);
    int of = g.outputChannels();
    weighedTaps(
        g,
        f.size(0),
        (row, weight, to) -> {
          for (int o = 0; o < of; o++) {
            os[out.offset() + to * of + o] +=
                fs[f.offset() + weight] * ps[taps.offset() + row * of + o];
          }
        });
  }

  @Override
  public void tapSpread(Conv1dGeometry g, Strided f, Strided dy, Strided dtaps) {
    double[] fs = reals(f);
    double[] ys = reals(dy);
    double[] ps = reals(dtaps);
    int of = g.outputChannels();
    Arrays.fill(ps, dtaps.offset(), dtaps.offset() + dtaps.count(), 0);
    weighedTaps(
        g,
        f.size(0),
        (row, weight, from) -> {
          for (int o = 0; o < of; o++) {
            ps[dtaps.offset() + row * of + o] +=
                fs[f.offset() + weight] * ys[dy.offset() + from * of + o];
          }
        });
  }

  @Override
  public void tapDot(Conv1dGeometry g, Strided taps, Strided dy, Strided df) {
    double[] ps = reals(taps);
    double[] ys = reals(dy);
    double[] fs = reals(df);
    int of = g.outputChannels();
    Arrays.fill(fs, df.offset(), df.offset() + df.count(), 0);
    weighedTaps(
        g,
        df.size(0),
        (row, weight, from) -> {
          for (int o = 0; o < of; o++) {
            fs[df.offset() + weight] +=
                ps[taps.offset() + row * of + o] * ys[dy.offset() + from * of + o];
          }
        });
  }

  @Override
  public void resample(Strided in, Strided out) {
    double[] x = reals(in);
    double[] o = reals(out);
    Resampling r = new Resampling(in.size(1), out.size(1));
    for (int a = 0; a < out.size(0); a++) {
      for (int i = 0; i < out.size(1); i++) {
        double f = r.fraction(i);
        int p = in.offset() + a * in.stride(0) + r.lower(i) * in.stride(1);
        int q = in.offset() + a * in.stride(0) + r.upper(i) * in.stride(1);
        int to = out.offset() + a * out.stride(0) + i * out.stride(1);
        for (int c = 0; c < out.size(2); c++) {
          o[to + c * out.stride(2)] =
              (1 - f) * x[p + c * in.stride(2)] + f * x[q + c * in.stride(2)];
        }
      }
    }
  }

  @Override
  public void resampleTranspose(Strided in, Strided out) {
    double[] x = reals(in);
    double[] o = reals(out);
    Resampling r = new Resampling(out.size(1), in.size(1));
    for (int a = 0; a < in.size(0); a++) {
      for (int i = 0; i < in.size(1); i++) {
        double f = r.fraction(i);
        int p = out.offset() + a * out.stride(0) + r.lower(i) * out.stride(1);
        int q = out.offset() + a * out.stride(0) + r.upper(i) * out.stride(1);
        int from = in.offset() + a * in.stride(0) + i * in.stride(1);
        for (int c = 0; c < in.size(2); c++) {
          double value = x[from + c * in.stride(2)];
          o[p + c * out.stride(2)] += (1 - f) * value;
          o[q + c * out.stride(2)] += f * value;
        }
      }
    }
  }

  @Override
  public void dropout(Strided in, double p, RandomKey key, Strided out) {
    double[] x = reals(in);
    double[] o = reals(out);
    int[] words = new int[4];
    double scale = 1 / (1 - p);
    walk(
        in,
        out,
        out,
        (i, from, to, r) -> {
          if (i % 4 == 0) {
            Philox.block(key, i / 4, words);
          }
          o[to] = Philox.unit(words[i % 4]) < p ? 0 : x[from] * scale;
        });
  }

  @Override
  public void solve(Strided a, Strided b, Strided out) {
    int n = a.size(1);
    int m = b.size(2);
    double[] matrix = new double[n * n];
    double[] right = new double[n * m];
    for (int batch = 0; batch < a.size(0); batch++) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          matrix[i * n + j] =
              reals(a)[a.offset() + batch * a.stride(0) + i * a.stride(1) + j * a.stride(2)];
        }
        for (int j = 0; j < m; j++) {
          right[i * m + j] =
              reals(b)[b.offset() + batch * b.stride(0) + i * b.stride(1) + j * b.stride(2)];
        }
      }
      DenseSolve.solveInPlace(n, m, matrix, right);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < m; j++) {
          reals(out)[out.offset() + batch * out.stride(0) + i * out.stride(1) + j * out.stride(2)] =
              right[i * m + j];
        }
      }
    }
  }

  @Override
  public void adam(AdamStep step, Buffer parameter, Buffer gradient, Buffer m, Buffer v) {
    double[] p = ((Doubles) parameter).values;
    double[] g = ((Doubles) gradient).values;
    double[] first = ((Doubles) m).values;
    double[] second = ((Doubles) v).values;
    for (int i = 0; i < p.length; i++) {
      double slope = g[i] + step.l2() * p[i];
      first[i] = step.beta1() * first[i] + (1 - step.beta1()) * slope;
      second[i] = step.beta2() * second[i] + (1 - step.beta2()) * slope * slope;
      double root = Math.sqrt(second[i] / step.correction2()) + step.epsilon();
      p[i] =
          p[i] * (1 - step.learningRate() * step.decay())
              - step.learningRate() * (first[i] / step.correction1()) / root;
    }
  }

  @Override
  public void sgd(SgdStep step, Buffer parameter, Buffer gradient, Buffer velocity) {
    double[] p = ((Doubles) parameter).values;
    double[] g = ((Doubles) gradient).values;
    double[] v = ((Doubles) velocity).values;
    for (int i = 0; i < p.length; i++) {
      double slope = g[i] + step.l2() * p[i];
      v[i] = step.momentum() * v[i] + slope;
      p[i] -= step.learningRate() * (step.nesterov() ? slope + step.momentum() * v[i] : v[i]);
    }
  }

  @Override
  public void close() {}
}
