// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.aparapi;

import dev.kairos.kernels.Conv1dGeometry;
import dev.kairos.kernels.Strided;
import java.util.Arrays;

/**
 * Whether views lie in their buffers and belong together. On the host an array says so itself; a
 * device reads and writes what lies beside it.
 */
final class ViewCheck {
  private ViewCheck() {}

  /** {@code [batch.., M, K] x [batch.., K, N] -> [batch.., M, N]}. */
  static void product(Strided a, Strided b, Strided out) {
    int axes = out.rank() - 2;
    boolean fit = axes >= 0 && a.rank() == out.rank() && b.rank() == out.rank();
    for (int axis = 0; fit && axis < axes; axis++) {
      fit = a.size(axis) == out.size(axis) && b.size(axis) == out.size(axis);
    }
    if (!fit
        || a.size(axes) != out.size(axes)
        || b.size(axes + 1) != out.size(axes + 1)
        || a.size(axes + 1) != b.size(axes)
        || (out.size(axes + 1) > 1 && out.stride(axes + 1) != 1)) {
      throw new IllegalArgumentException(
          "matmul: sizes must be [.., M, K], [.., K, N] and [.., M, N] with last stride 1: a %s, b %s, out %s"
              .formatted(a, b, out));
    }
    inside("matmul", "a", a);
    inside("matmul", "b", b);
    inside("matmul", "out", out);
  }

  /** {@code [N,T,Cin]} and {@code [K,Cin,Cout] -> [N,Tout,Cout]}, each without gaps. */
  static void convolution(String name, Conv1dGeometry g, Strided x, Strided w, Strided y) {
    dense(name, "input", x, g.batch(), g.time(), g.inputChannels());
    dense(name, "weight", w, g.kernel(), g.inputChannels(), g.outputChannels());
    dense(name, "output", y, g.batch(), g.outputTime(), g.outputChannels());
  }

  private static void dense(String name, String what, Strided view, int... sizes) {
    long count = 1;
    for (int size : sizes) {
      count *= size;
    }
    // Axes may be joined: only the order of the elements matters.
    if (view.count() != count || !view.isContiguous()) {
      throw new IllegalArgumentException(
          "%s: %s must be %s without gaps: %s".formatted(name, what, Arrays.toString(sizes), view));
    }
    inside(name, what, view);
  }

  private static void inside(String name, String what, Strided view) {
    long first = view.offset();
    long last = first;
    for (int axis = 0; axis < view.rank(); axis++) {
      long reach = (long) view.stride(axis) * (view.size(axis) - 1);
      first += Math.min(0, reach);
      last += Math.max(0, reach);
    }
    int length = view.buffer().length();
    if (first < 0 || last >= length) {
      throw new IllegalArgumentException(
          "%s: %s reaches from element %d to %d of a buffer of %d: %s"
              .formatted(name, what, first, last, length, view));
    }
  }
}
