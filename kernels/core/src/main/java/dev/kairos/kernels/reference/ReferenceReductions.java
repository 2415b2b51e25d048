// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.reference;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.ReduceFunction;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.host.HostDoubles;

/** The definition of {@link Backend#reduce}. */
final class ReferenceReductions {
  private ReferenceReductions() {}

  static void reduce(ReduceFunction f, Strided in, Strided out) {
    double[] x = HostDoubles.values(in);
    double[] o = HostDoubles.values(out);
    ReferenceWalk.over(
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
          ReferenceWalk.over(
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
}
