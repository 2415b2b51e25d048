// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.reference;

import static dev.kairos.kernels.reference.ReferenceBackend.indices;
import static dev.kairos.kernels.reference.ReferenceBackend.reals;

import dev.kairos.kernels.MapFunction;
import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.ZipFunction;

/** The definitions of what handles each element by itself. */
final class ReferenceElementwise {
  private ReferenceElementwise() {}

  static void fill(Strided out, double value) {
    double[] o = reals(out);
    ReferenceWalk.over(out, out, out, (i, p, q, r) -> o[p] = value);
  }

  static void copy(Strided in, Strided out) {
    if (in.buffer().isIndices()) {
      int[] x = indices(in);
      int[] o = indices(out);
      ReferenceWalk.over(in, out, out, (i, p, q, r) -> o[q] = x[p]);
    } else {
      double[] x = reals(in);
      double[] o = reals(out);
      ReferenceWalk.over(in, out, out, (i, p, q, r) -> o[q] = x[p]);
    }
  }

  static void accumulate(Strided in, Strided out) {
    double[] x = reals(in);
    double[] o = reals(out);
    ReferenceWalk.over(in, out, out, (i, p, q, r) -> o[q] += x[p]);
  }

  static void map(MapFunction f, double a, double b, Strided in, Strided out) {
    double[] x = reals(in);
    double[] o = reals(out);
    ReferenceWalk.over(in, out, out, (i, p, q, r) -> o[q] = f.apply(x[p], a, b));
  }

  static void mapMultiply(MapFunction f, double a, double b, Strided in, Strided by, Strided out) {
    double[] x = reals(in);
    double[] y = reals(by);
    double[] o = reals(out);
    ZipFunction times = f.isGate() ? ZipFunction.GATE : ZipFunction.MULTIPLY;
    ReferenceWalk.over(in, by, out, (i, p, q, r) -> o[r] = times.apply(f.apply(x[p], a, b), y[q]));
  }

  static void zip(ZipFunction f, Strided left, Strided right, Strided out) {
    double[] x = reals(left);
    double[] y = reals(right);
    double[] o = reals(out);
    ReferenceWalk.over(left, right, out, (i, p, q, r) -> o[r] = f.apply(x[p], y[q]));
  }

  static void dropout(Strided in, double p, RandomKey key, Strided out) {
    double[] x = reals(in);
    double[] o = reals(out);
    int[] words = new int[4];
    double scale = 1 / (1 - p);
    ReferenceWalk.over(
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
}
