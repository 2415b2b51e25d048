// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.Strided;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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

  /** Whether the output's elements lie apart: each axis steps over all that shorter ones reach. */
  boolean isDistinct() {
    List<int[]> axes = new ArrayList<>();
    for (int axis = 0; axis < out.rank(); axis++) {
      axes.add(new int[] {out.stride(axis), out.size(axis)});
    }
    axes.sort(Comparator.comparingInt(axis -> axis[0]));
    long reach = 1;
    for (int[] axis : axes) {
      if (axis[1] > 1) {
        if (axis[0] < reach) {
          return false;
        }
        reach += (long) axis[0] * (axis[1] - 1);
      }
    }
    return true;
  }

  /** A buffer in the sizes of the output, in rows without gaps. */
  Strided laidOut(Buffer buffer) {
    int[] sizes = new int[out.rank()];
    Arrays.setAll(sizes, out::size);
    return Strided.contiguous(buffer, sizes);
  }
}
