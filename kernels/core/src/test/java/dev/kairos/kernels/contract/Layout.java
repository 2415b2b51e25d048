// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.Strided;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Where the elements of a view lie in a buffer, before there is a buffer. */
final class Layout {
  private static final int[] SIZES = {1, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 24, 33, 64, 100};

  private final int offset;
  private final int[] sizes;
  private final int[] strides;
  private final int length;

  private Layout(int offset, int[] sizes, int[] strides, int length) {
    this.offset = offset;
    this.sizes = sizes;
    this.strides = strides;
    this.length = length;
  }

  /** Random sizes of at most so many elements together; one in twelve is empty. */
  static int[] sizes(SplittableRandom random, int rank, int limit) {
    int[] sizes = new int[rank];
    int count = 1;
    for (int i = 0; i < rank; i++) {
      sizes[i] = SIZES[random.nextInt(SIZES.length)];
      if (count * sizes[i] > limit) {
        sizes[i] = 1 + random.nextInt(2);
      }
      count *= sizes[i];
    }
    for (int i = rank - 1; i > 0; i--) {
      swap(sizes, i, random.nextInt(i + 1));
    }
    if (rank > 0 && random.nextInt(12) == 0) {
      sizes[random.nextInt(rank)] = 0;
    }
    return sizes;
  }

  /** Rows without gaps, from the start. */
  static Layout plain(int... sizes) {
    return new Layout(0, sizes, Strided.contiguousStrides(sizes), product(sizes));
  }

  /** Rows without gaps, from somewhere. */
  static Layout contiguous(SplittableRandom random, int... sizes) {
    int offset = random.nextInt(4);
    return new Layout(
        offset,
        sizes,
        Strided.contiguousStrides(sizes),
        offset + product(sizes) + random.nextInt(3));
  }

  /** Any view: one in three without gaps, else permuted, with gaps, repeated or overlapping. */
  static Layout input(SplittableRandom random, int... sizes) {
    if (random.nextInt(3) == 0) {
      return contiguous(random, sizes);
    }
    return strided(random, order(random, sizes.length), random.nextInt(2) == 0, sizes);
  }

  /** Any view without repetition. */
  static Layout output(SplittableRandom random, int... sizes) {
    if (random.nextInt(3) == 0) {
      return contiguous(random, sizes);
    }
    return strided(random, order(random, sizes.length), false, sizes);
  }

  /** Any view without repetition whose last stride is 1. */
  static Layout rows(SplittableRandom random, int... sizes) {
    int[] order = order(random, sizes.length);
    for (int i = 0; i < order.length; i++) {
      if (order[i] == sizes.length - 1) {
        swap(order, i, order.length - 1);
      }
    }
    return strided(random, order, false, sizes);
  }

  /** A view with the strides as they are given. */
  static Layout of(int offset, int[] sizes, int... strides) {
    return new Layout(offset, sizes, strides, offset + reach(sizes, strides));
  }

  /** Axes from slowest to fastest. */
  private static int[] order(SplittableRandom random, int rank) {
    int[] order = new int[rank];
    Arrays.setAll(order, i -> i);
    if (random.nextBoolean()) {
      for (int i = rank - 1; i > 0; i--) {
        swap(order, i, random.nextInt(i + 1));
      }
    }
    return order;
  }

  private static Layout strided(
      SplittableRandom random, int[] order, boolean shared, int... sizes) {
    int[] strides = new int[sizes.length];
    int step = 1;
    for (int i = order.length - 1; i >= 0; i--) {
      int axis = order[i];
      int choice = shared ? random.nextInt(4) : 3;
      strides[axis] =
          switch (choice) {
            case 0 -> 0;
            case 1 -> 1 + random.nextInt(step);
            default -> step;
          };
      int room = sizes[axis] + (random.nextInt(3) == 0 ? random.nextInt(3) : 0);
      step = Math.max(step, strides[axis] * Math.max(1, room));
    }
    int offset = random.nextInt(5);
    return new Layout(offset, sizes, strides, offset + reach(sizes, strides) + random.nextInt(3));
  }

  private static int reach(int[] sizes, int[] strides) {
    if (product(sizes) == 0) {
      return 0;
    }
    int last = 0;
    for (int i = 0; i < sizes.length; i++) {
      last += (sizes[i] - 1) * strides[i];
    }
    return last + 1;
  }

  static int product(int... sizes) {
    int n = 1;
    for (int s : sizes) {
      n *= s;
    }
    return n;
  }

  private static void swap(int[] values, int i, int j) {
    int kept = values[i];
    values[i] = values[j];
    values[j] = kept;
  }

  /** Elements that a buffer needs for this view, and perhaps a few more. */
  int length() {
    return length;
  }

  /** The view of a buffer. */
  Strided of(Buffer buffer) {
    return new Strided(buffer, offset, sizes, strides);
  }

  /** Positions of the elements in the buffer, in row order. */
  int[] positions() {
    int[] positions = new int[product(sizes)];
    for (int i = 0; i < positions.length; i++) {
      int at = offset;
      int rest = i;
      for (int axis = sizes.length - 1; axis >= 0; axis--) {
        at += rest % sizes[axis] * strides[axis];
        rest /= sizes[axis];
      }
      positions[i] = at;
    }
    return positions;
  }

  @Override
  public String toString() {
    return Arrays.toString(sizes) + " strides " + Arrays.toString(strides) + " + " + offset;
  }
}
