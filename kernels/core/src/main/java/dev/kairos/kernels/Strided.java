// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import java.util.Arrays;

/**
 * A view of a buffer: element {@code (i0, i1, ..)} lies at {@code offset + i0 * strides[0] + i1 *
 * strides[1] + ..}. A stride may be 0 (one element repeated) and rows may overlap (a convolution's
 * windows); an output must not, except where a primitive says so.
 */
public final class Strided {
  private final Buffer buffer;
  private final int offset;
  private final int[] sizes;
  private final int[] strides;

  /**
   * A view. The arrays are kept, not copied: the caller must not change them afterwards.
   *
   * @param sizes elements along each axis
   * @param strides elements to skip for one step along each axis
   */
  public Strided(Buffer buffer, int offset, int[] sizes, int[] strides) {
    assert sizes.length == strides.length;
    this.buffer = buffer;
    this.offset = offset;
    this.sizes = sizes;
    this.strides = strides;
  }

  /** The whole of a buffer from its start, in rows without gaps. */
  public static Strided contiguous(Buffer buffer, int... sizes) {
    return new Strided(buffer, 0, sizes.clone(), contiguousStrides(sizes));
  }

  /** The strides of rows without gaps, last axis fastest. */
  public static int[] contiguousStrides(int[] sizes) {
    int[] strides = new int[sizes.length];
    int step = 1;
    for (int i = sizes.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= sizes[i];
    }
    return strides;
  }

  /** The buffer that holds the elements. */
  public Buffer buffer() {
    return buffer;
  }

  /** Position of the first element in the buffer. */
  public int offset() {
    return offset;
  }

  /** Number of axes. */
  public int rank() {
    return sizes.length;
  }

  /** Elements along an axis. */
  public int size(int axis) {
    return sizes[axis];
  }

  /** Elements along each axis, in an array of its own. */
  public int[] sizes() {
    return sizes.clone();
  }

  /** Elements to skip for one step along an axis. */
  public int stride(int axis) {
    return strides[axis];
  }

  /**
   * Another view of the same buffer. The arrays are kept, not copied.
   *
   * @param start position of the first element
   */
  public Strided view(int start, int[] otherSizes, int[] otherStrides) {
    return new Strided(buffer, start, otherSizes, otherStrides);
  }

  /** Whether both are views of one buffer. */
  public boolean sharesBuffer(Strided other) {
    return buffer == other.buffer;
  }

  /**
   * Some neighbouring axes by themselves.
   *
   * @param from first axis kept
   * @param to one past the last axis kept
   * @param start position of their first element in the buffer
   */
  public Strided axes(int from, int to, int start) {
    return new Strided(
        buffer, start, Arrays.copyOfRange(sizes, from, to), Arrays.copyOfRange(strides, from, to));
  }

  /** Number of elements seen through this view. */
  public int count() {
    int n = 1;
    for (int s : sizes) {
      n *= s;
    }
    return n;
  }

  /** Whether the elements lie in rows without gaps, so that a flat loop visits them in order. */
  public boolean isContiguous() {
    int step = 1;
    for (int i = sizes.length - 1; i >= 0; i--) {
      if (sizes[i] != 1 && strides[i] != step) {
        return false;
      }
      step *= sizes[i];
    }
    return true;
  }

  /**
   * Whether no element is seen twice, as far as sizes and strides tell: each axis steps over all
   * that the shorter ones reach.
   */
  public boolean isDistinct() {
    int[][] axes = new int[sizes.length][];
    Arrays.setAll(axes, i -> new int[] {strides[i], sizes[i]});
    Arrays.sort(axes, (s, t) -> Integer.compare(s[0], t[0]));
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

  @Override
  public String toString() {
    return "sizes "
        + Arrays.toString(sizes)
        + " strides "
        + Arrays.toString(strides)
        + " + "
        + offset;
  }
}
