// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.reference;

import dev.kairos.kernels.MapFunction;
import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.ZipFunction;
import dev.kairos.kernels.host.HostDoubles;
import dev.kairos.kernels.host.HostInts;

/** The definitions of what handles each element by itself. */
final class ReferenceElementwise {
  private ReferenceElementwise() {}

  static void fill(Strided out, double value) {
    double[] o = HostDoubles.values(out);
    ReferenceWalk.over(out, out, out, (i, p, q, r) -> o[p] = value);
  }

  static void copy(Strided in, Strided out) {
    if (in.buffer().isIndices()) {
      int[] x = HostInts.values(in);
      int[] o = HostInts.values(out);
      ReferenceWalk.over(in, out, out, (i, p, q, r) -> o[q] = x[p]);
    } else {
      double[] x = HostDoubles.values(in);
      double[] o = HostDoubles.values(out);
      ReferenceWalk.over(in, out, out, (i, p, q, r) -> o[q] = x[p]);
    }
  }

  static void accumulate(Strided in, Strided out) {
    double[] x = HostDoubles.values(in);
    double[] o = HostDoubles.values(out);
    ReferenceWalk.over(in, out, out, (i, p, q, r) -> o[q] += x[p]);
  }

  static void map(MapFunction f, double a, double b, Strided in, Strided out) {
    double[] x = HostDoubles.values(in);
    double[] o = HostDoubles.values(out);
    ReferenceWalk.over(in, out, out, (i, p, q, r) -> o[q] = f.apply(x[p], a, b));
  }

  static void mapMultiply(MapFunction f, double a, double b, Strided in, Strided by, Strided out) {
    double[] x = HostDoubles.values(in);
    double[] y = HostDoubles.values(by);
    double[] o = HostDoubles.values(out);
    ZipFunction times = f.isGate() ? ZipFunction.GATE : ZipFunction.MULTIPLY;
    ReferenceWalk.over(in, by, out, (i, p, q, r) -> o[r] = times.apply(f.apply(x[p], a, b), y[q]));
  }

  static void zip(ZipFunction f, Strided left, Strided right, Strided out) {
    double[] x = HostDoubles.values(left);
    double[] y = HostDoubles.values(right);
    double[] o = HostDoubles.values(out);
    ReferenceWalk.over(left, right, out, (i, p, q, r) -> o[r] = f.apply(x[p], y[q]));
  }

  static void dropout(Strided in, double p, RandomKey key, Strided out) {
    double[] x = HostDoubles.values(in);
    double[] o = HostDoubles.values(out);
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
