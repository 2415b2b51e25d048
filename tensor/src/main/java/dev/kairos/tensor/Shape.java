// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.Strided;
import java.util.Arrays;
import java.util.function.Supplier;

/** The sizes of a tensor's axes; no axis is a scalar, and an axis may be empty. */
public final class Shape {
  private final int[] sizes;
  private final int[] strides;

  private Shape(int[] sizes) {
    this.sizes = sizes;
    this.strides = Strided.contiguousStrides(sizes);
  }

  /**
   * A shape.
   *
   * @throws ShapeException if a size is negative or the elements are more than an {@code int}
   *     counts
   */
  public static Shape of(int... sizes) {
    return checked(sizes.clone());
  }

  /** A shape that keeps the array. */
  static Shape checked(int[] sizes) {
    boolean empty = false;
    for (int size : sizes) {
      if (size < 0) {
        throw new ShapeException("shape: sizes must not be negative: " + Arrays.toString(sizes));
      }
      empty |= size == 0;
    }
    long count = empty ? 0 : 1; // of (65536, 65536, 0) too there is nothing to count
    for (int size : sizes) {
      count *= size;
      if (count > Integer.MAX_VALUE) {
        throw new ShapeException("shape: more than 2^31 - 1 elements: " + Arrays.toString(sizes));
      }
    }
    return new Shape(sizes);
  }

  /** This shape's elements in the memory of a view, from an offset, in rows without gaps. */
  Strided in(Strided memory, int offset) {
    return memory.view(offset, sizes, strides);
  }

  /** This shape's elements in the memory of a view at other strides, which are kept. */
  Strided in(Strided memory, int offset, int[] otherStrides) {
    return memory.view(offset, sizes, otherStrides);
  }

  /** Number of axes. */
  public int rank() {
    return sizes.length;
  }

  /** Elements along an axis; negative axes count from the end. */
  public int size(int axis) {
    return sizes[axis(axis)];
  }

  /** Number of elements. */
  public int count() {
    long n = 1;
    for (int size : sizes) {
      n *= size;
      if (n > Integer.MAX_VALUE) {
        return 0; // sizes beside a 0, or a slice of such: no other shape has as many
      }
    }
    return (int) n;
  }

  /** The sizes, as a copy. */
  public int[] sizes() {
    return sizes.clone();
  }

  /**
   * The axis counted from the front.
   *
   * @param axis in [-rank, rank)
   */
  public int axis(int axis) {
    return axis("shape", axis);
  }

  /** The axis counted from the front, for an operation of that name. */
  int axis(String name, int axis) {
    int front = axis < 0 ? axis + sizes.length : axis;
    if (front < 0 || front >= sizes.length) {
      throw new ShapeException(name + ": axis " + axis + " is not an axis of " + this);
    }
    return front;
  }

  /** This shape with one size replaced. */
  public Shape with(int axis, int size) {
    int[] changed = sizes.clone();
    changed[axis(axis)] = size;
    return checked(changed);
  }

  /**
   * This shape with an axis put in before the given one.
   *
   * @param axis in [0, rank]
   */
  public Shape insert(int axis, int size) {
    if (axis < 0 || axis > sizes.length) {
      throw new ShapeException("shape: nothing can be put in before axis " + axis + " of " + this);
    }
    int[] longer = new int[sizes.length + 1];
    System.arraycopy(sizes, 0, longer, 0, axis);
    longer[axis] = size;
    System.arraycopy(sizes, axis, longer, axis + 1, sizes.length - axis);
    return checked(longer);
  }

  /** This shape without an axis. */
  public Shape remove(int axis) {
    int gone = axis(axis);
    int[] shorter = new int[sizes.length - 1];
    System.arraycopy(sizes, 0, shorter, 0, gone);
    System.arraycopy(sizes, gone + 1, shorter, gone, shorter.length - gone);
    return checked(shorter);
  }

  /** The axes [from, to). */
  public Shape slice(int from, int to) {
    return new Shape(Arrays.copyOfRange(sizes, from, to));
  }

  /** These axes followed by others. */
  public Shape then(Shape more) {
    int[] joined = Arrays.copyOf(sizes, sizes.length + more.sizes.length);
    System.arraycopy(more.sizes, 0, joined, sizes.length, more.sizes.length);
    return checked(joined);
  }

  /**
   * The shape that both broadcast to: axes are matched from the last, and an axis of size 1
   * repeats.
   *
   * @param name the operation, for the message
   */
  public static Shape broadcast(String name, Shape left, Shape right) {
    if (left.equals(right)) {
      return left;
    }
    return broadcast(name, () -> left + " and " + right, left, right);
  }

  /** As above, for axes of larger shapes that {@code where} names. */
  static Shape broadcast(String name, Supplier<String> where, Shape left, Shape right) {
    if (left.equals(right)) {
      return left;
    }
    int rank = Math.max(left.rank(), right.rank());
    int[] sizes = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int a = i <= left.rank() ? left.size(-i) : 1;
      int b = i <= right.rank() ? right.size(-i) : 1;
      if (a != b && a != 1 && b != 1) {
        throw new ShapeException(
            name + ": shapes do not broadcast: " + where.get() + ": " + a + " != " + b);
      }
      sizes[rank - i] = a == 1 ? b : a;
    }
    return checked(sizes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  @Override
  public String toString() {
    return Arrays.toString(sizes);
  }
}
