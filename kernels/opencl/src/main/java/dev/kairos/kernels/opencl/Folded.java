// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import dev.kairos.kernels.Strided;
import java.util.ArrayList;
import java.util.List;

/**
 * Two views of equal sizes with the axes along which the second stands still moved behind the
 * others: what falls on one of its elements is then the sum over trailing axes.
 *
 * @param in {@code [kept.., folded..]}
 * @param out {@code [kept..]}
 */
record Folded(Strided in, Strided out) {
  static Folded of(Strided in, Strided out) {
    List<Integer> kept = new ArrayList<>();
    List<Integer> folded = new ArrayList<>();
    for (int axis = 0; axis < out.rank(); axis++) {
      (out.stride(axis) == 0 && out.size(axis) > 1 ? folded : kept).add(axis);
    }
    Strided target = axes(out, kept);
    kept.addAll(folded);
    return new Folded(axes(in, kept), target);
  }

  private static Strided axes(Strided view, List<Integer> axes) {
    int[] sizes = axes.stream().mapToInt(view::size).toArray();
    int[] strides = axes.stream().mapToInt(view::stride).toArray();
    return view.view(view.offset(), sizes, strides);
  }

  /** Whether several elements fall on one. */
  boolean hasTerms() {
    return in.rank() > out.rank();
  }
}
