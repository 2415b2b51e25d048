// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.reference;

import dev.kairos.kernels.Conv1dGeometry;
import dev.kairos.kernels.DenseSolve;
import dev.kairos.kernels.SingularMatrixException;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.host.HostDoubles;
import java.util.Arrays;

/** The definitions of the sums of products, and of the solve that inverts one. */
final class ReferenceContractions {
  private ReferenceContractions() {}

  static void matmul(Strided a, Strided b, boolean accumulate, Strided out) {
    double[] x = HostDoubles.values(a);
    double[] y = HostDoubles.values(b);
    double[] o = HostDoubles.values(out);
    int axes = out.rank() - 2;
    int rows = out.size(axes);
    int columns = out.size(axes + 1);
    int depth = a.size(axes + 1);
    ReferenceWalk.over(
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

  static void conv1d(Conv1dGeometry g, Strided x, Strided w, Strided out) {
    double[] xs = HostDoubles.values(x);
    double[] ws = HostDoubles.values(w);
    double[] os = HostDoubles.values(out);
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

  static void conv1dInputGradient(Conv1dGeometry g, Strided dy, Strided w, Strided dx) {
    double[] ys = HostDoubles.values(dy);
    double[] ws = HostDoubles.values(w);
    double[] xs = HostDoubles.values(dx);
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

  static void conv1dWeightGradient(Conv1dGeometry g, Strided x, Strided dy, Strided dw) {
    double[] xs = HostDoubles.values(x);
    double[] ys = HostDoubles.values(dy);
    double[] ws = HostDoubles.values(dw);
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

  private static void weighedTaps(Conv1dGeometry g, int copies, WeighedTap each) {
    int steps = g.batch() * g.time();
    for (int m = 0; m < copies; m++) {
      int first = m * steps;
      int firstOut = m * g.batch() * g.outputTime();
      taps(g, (row, k, to) -> each.at(k * steps + row, first + row, firstOut + to));
    }
  }

  static void tapSum(Conv1dGeometry g, Strided taps, Strided f, Strided out) {
    double[] ps = HostDoubles.values(taps);
    double[] fs = HostDoubles.values(f);
    double[] os = HostDoubles.values(out);
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

  static void tapSpread(Conv1dGeometry g, Strided f, Strided dy, Strided dtaps) {
    double[] fs = HostDoubles.values(f);
    double[] ys = HostDoubles.values(dy);
    double[] ps = HostDoubles.values(dtaps);
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

  static void tapDot(Conv1dGeometry g, Strided taps, Strided dy, Strided df) {
    double[] ps = HostDoubles.values(taps);
    double[] ys = HostDoubles.values(dy);
    double[] fs = HostDoubles.values(df);
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

  static void solve(Strided a, Strided b, Strided out) {
    int n = a.size(1);
    int m = b.size(2);
    double[] matrix = new double[n * n];
    double[] right = new double[n * m];
    for (int batch = 0; batch < a.size(0); batch++) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          matrix[i * n + j] =
              HostDoubles.values(a)[
                  a.offset() + batch * a.stride(0) + i * a.stride(1) + j * a.stride(2)];
        }
        for (int j = 0; j < m; j++) {
          right[i * m + j] =
              HostDoubles.values(b)[
                  b.offset() + batch * b.stride(0) + i * b.stride(1) + j * b.stride(2)];
        }
      }
      int column = DenseSolve.solveInPlace(n, m, matrix, right);
      if (column >= 0) {
        throw new SingularMatrixException("solve: matrix " + batch, batch, column);
      }
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < m; j++) {
          HostDoubles.values(out)[
                  out.offset() + batch * out.stride(0) + i * out.stride(1) + j * out.stride(2)] =
              right[i * m + j];
        }
      }
    }
  }
}
