// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.reference;

import dev.kairos.kernels.Resampling;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.host.HostDoubles;
import dev.kairos.kernels.host.HostInts;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;

/** The definitions of what picks, places or blends whole rows. */
final class ReferenceSelections {
  private ReferenceSelections() {}

  static void topK(Strided in, int k, Strided out) {
    first(in, true, k, out);
  }

  static void sortIndices(Strided in, boolean descending, Strided out) {
    first(in, descending, in.size(in.rank() - 1), out);
  }

  /** Positions of the first elements of each row in order. */
  private static void first(Strided in, boolean descending, int count, Strided out) {
    double[] x = HostDoubles.values(in);
    int[] o = HostInts.values(out);
    int last = in.rank() - 1;
    int n = in.size(last);
    int xs = in.stride(last);
    int os = out.stride(last);
    ReferenceWalk.over(
        in.axes(0, last, in.offset()),
        out.axes(0, last, out.offset()),
        out.axes(0, last, out.offset()),
        (i, p, q, r) -> {
          // Doubles compare with NaN above everything; the sort is stable, so lower positions lead.
          // Adding 0.0 turns -0.0 into 0.0: equal numbers must tie.
          Comparator<Integer> ascending = Comparator.comparingDouble(j -> x[p + j * xs] + 0.0);
          Integer[] order = new Integer[n];
          Arrays.setAll(order, j -> j);
          Arrays.sort(order, descending ? ascending.reversed() : ascending);
          for (int j = 0; j < count; j++) {
            o[q + j * os] = order[j];
          }
        });
  }

  static void gather(Strided in, Strided indices, Strided out) {
    double[] x = HostDoubles.values(in);
    int[] at = HostInts.values(indices);
    double[] o = HostDoubles.values(out);
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

  static void scatterAdd(Strided in, Strided indices, Strided out) {
    double[] x = HostDoubles.values(in);
    int[] at = HostInts.values(indices);
    double[] o = HostDoubles.values(out);
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

  static void resample(Strided in, Strided out) {
    double[] x = HostDoubles.values(in);
    double[] o = HostDoubles.values(out);
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

  static void resampleTranspose(Strided in, Strided out) {
    double[] x = HostDoubles.values(in);
    double[] o = HostDoubles.values(out);
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
}
