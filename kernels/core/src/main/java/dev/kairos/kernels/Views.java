// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import java.util.Arrays;

/** Other views of the elements that a view shows. */
final class Views {
  private Views() {}

  /** All axes but the last: {@code [..]} of {@code [.., n]}, at the first element of each row. */
  static Strided heads(Strided rows) {
    return rows.axes(0, rows.rank() - 1, rows.offset());
  }

  /** Each element n times, along a new last axis. */
  static Strided repeated(Strided view, int n) {
    int[] sizes = Arrays.copyOf(view.sizes(), view.rank() + 1);
    int[] strides = new int[sizes.length];
    for (int axis = 0; axis < view.rank(); axis++) {
      strides[axis] = view.stride(axis);
    }
    sizes[view.rank()] = n;
    return view.view(view.offset(), sizes, strides);
  }

  /** One row for each of the rows of another view: {@code [.., n]} of {@code [n]}. */
  static Strided asRows(Strided row, Strided other) {
    int last = other.rank() - 1;
    int[] strides = new int[last + 1];
    strides[last] = row.stride(0);
    return row.view(row.offset(), other.sizes(), strides);
  }

  /** The first axis moved behind all others. */
  static Strided firstAxisLast(Strided view) {
    int last = view.rank() - 1;
    int[] sizes = new int[last + 1];
    int[] strides = new int[last + 1];
    for (int axis = 0; axis <= last; axis++) {
      int from = axis == last ? 0 : axis + 1;
      sizes[axis] = view.size(from);
      strides[axis] = view.stride(from);
    }
    return view.view(view.offset(), sizes, strides);
  }

  /** The elements of a buffer from its start. */
  static Strided flat(Buffer buffer, int length) {
    return Strided.contiguous(buffer, length);
  }
}
