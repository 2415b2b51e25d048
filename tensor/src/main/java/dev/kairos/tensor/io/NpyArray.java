// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable array as a file holds it: an element type, a shape, and the elements in C order (the
 * last axis varies fastest). No axis at all, one value, is legal, and so is an axis of length 0.
 *
 * <p>Arrays that come in or go out are copied; {@link #copyFloats} takes a stretch out without a
 * copy of the rest.
 */
public final class NpyArray {
  private final ElementType type;
  private final int[] shape;
  private final Object elements;

  private NpyArray(ElementType type, int[] shape, Object elements) {
    this.type = type;
    this.shape = shape;
    this.elements = elements;
  }

  /**
   * Takes ownership of {@code elements}, which nobody may keep: byte[] for I8, U8 and BOOL (0 or
   * 1), short[] for I16, U16, F16 and BF16, int[] for I32 and U32, long[] for I64 and U64, float[],
   * double[] and String[].
   */
  static NpyArray adopt(ElementType type, Object elements, int... shape) {
    int size = Shapes.size(shape);
    int length = ElementCast.length(elements);
    if (size != length) {
      throw new IllegalArgumentException(
          "array: shape " + Arrays.toString(shape) + " has " + size + " elements, found " + length);
    }
    return new NpyArray(type, shape, elements);
  }

  /** An F32 array. {@code shape} must have as many elements as {@code values}. */
  public static NpyArray ofFloats(float[] values, int... shape) {
    return adopt(ElementType.F32, values.clone(), shape.clone());
  }

  /** An F64 array. {@code shape} must have as many elements as {@code values}. */
  public static NpyArray ofDoubles(double[] values, int... shape) {
    return adopt(ElementType.F64, values.clone(), shape.clone());
  }

  /** An I8 array. {@code shape} must have as many elements as {@code values}. */
  public static NpyArray ofBytes(byte[] values, int... shape) {
    return adopt(ElementType.I8, values.clone(), shape.clone());
  }

  /** An I16 array. {@code shape} must have as many elements as {@code values}. */
  public static NpyArray ofShorts(short[] values, int... shape) {
    return adopt(ElementType.I16, values.clone(), shape.clone());
  }

  /** An I32 array. {@code shape} must have as many elements as {@code values}. */
  public static NpyArray ofInts(int[] values, int... shape) {
    return adopt(ElementType.I32, values.clone(), shape.clone());
  }

  /** An I64 array. {@code shape} must have as many elements as {@code values}. */
  public static NpyArray ofLongs(long[] values, int... shape) {
    return adopt(ElementType.I64, values.clone(), shape.clone());
  }

  /** A BOOL array. {@code shape} must have as many elements as {@code values}. */
  public static NpyArray ofBooleans(boolean[] values, int... shape) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (values[i] ? 1 : 0);
    }
    return adopt(ElementType.BOOL, bytes, shape.clone());
  }

  /** A STRING array. {@code shape} must have as many elements as {@code values}. */
  public static NpyArray ofStrings(String[] values, int... shape) {
    return adopt(ElementType.STRING, values.clone(), shape.clone());
  }

  /**
   * An array out of the bytes of its elements, in C order.
   *
   * @param type any but STRING; of BOOL every byte but 0 is true
   * @throws IllegalArgumentException if there are not as many bytes as elements take
   */
  public static NpyArray ofRaw(ElementType type, ByteOrder order, byte[] bytes, int... shape) {
    int count = Shapes.size(shape);
    if (type == ElementType.STRING || (long) count * type.bytes() != bytes.length) {
      throw new IllegalArgumentException(
          "array: %d bytes for shape %s of %s"
              .formatted(bytes.length, Arrays.toString(shape), type));
    }
    Object elements = ElementCodec.newArray(type, count);
    ElementCodec.get(ByteBuffer.wrap(bytes).order(order), elements, 0, count);
    for (int i = 0; type == ElementType.BOOL && i < count; i++) {
      ((byte[]) elements)[i] = (byte) (bytes[i] == 0 ? 0 : 1);
    }
    return adopt(type, elements, shape.clone());
  }

  /** What an element is. */
  public ElementType type() {
    return type;
  }

  /** Lengths of the axes. */
  public int[] shape() {
    return shape.clone();
  }

  /** Number of axes. */
  public int rank() {
    return shape.length;
  }

  /**
   * Length of one axis.
   *
   * @param axis from 0, or from -1 for the last
   */
  public int dim(int axis) {
    if (axis < -shape.length || axis >= shape.length) {
      throw new IllegalArgumentException(
          "array: axis " + axis + " of an array with " + shape.length + " axes");
    }
    return shape[axis < 0 ? axis + shape.length : axis];
  }

  /** Number of elements. */
  public long size() {
    return Shapes.size(shape);
  }

  /**
   * The elements as floats, in C order. F64 and wide integers are rounded to the nearest float, a
   * value beyond the floats becomes infinite; BOOL gives 0 and 1.
   *
   * @throws IllegalArgumentException for STRING
   */
  public float[] toFloats() {
    return ElementCast.toFloats(type, elements, 0, (int) size());
  }

  /**
   * The elements as doubles, in C order, exact but for 64-bit integers beyond 2^53, which are
   * rounded; BOOL gives 0 and 1.
   *
   * @throws IllegalArgumentException for STRING
   */
  public double[] toDoubles() {
    return ElementCast.toDoubles(type, elements);
  }

  /**
   * The elements as ints, in C order; BOOL gives 0 and 1.
   *
   * @throws IllegalArgumentException naming the first element that is not an integer or does not
   *     fit, and for STRING
   */
  public int[] toInts() {
    return ElementCast.toInts(type, elements);
  }

  /**
   * The elements as longs, in C order; BOOL gives 0 and 1.
   *
   * @throws IllegalArgumentException naming the first element that is not an integer or does not
   *     fit, and for STRING
   */
  public long[] toLongs() {
    return ElementCast.toLongs(type, elements);
  }

  /**
   * The elements of a STRING array, in C order.
   *
   * @throws IllegalArgumentException for every other type
   */
  public String[] toStrings() {
    if (type != ElementType.STRING) {
      throw new IllegalArgumentException("array: elements are " + type + ", expected STRING");
    }
    return ((String[]) elements).clone();
  }

  /**
   * A stretch of the elements, in C order, converted as by {@link #toFloats}.
   *
   * @param from first element taken
   * @param count how many
   * @param to where they go, changed from {@code at} on
   * @param at place of the first one in {@code to}
   */
  public void copyFloats(int from, int count, float[] to, int at) {
    Objects.checkFromIndexSize(from, count, (int) size());
    Objects.checkFromIndexSize(at, count, to.length);
    ElementCast.copyFloats(type, elements, from, count, to, at);
  }

  /**
   * The same values in another type. Floating point types round to nearest, ties to even, and
   * overflow to infinity; integers and BOOL take only what they can hold. The array itself where it
   * has that type already.
   *
   * @throws IllegalArgumentException for an element that {@code target} cannot hold, and between
   *     STRING and numbers
   */
  public NpyArray as(ElementType target) {
    return target == type ? this : adopt(target, ElementCast.to(target, type, elements), shape);
  }

  /** The same elements in C order under another shape of as many elements; nothing is copied. */
  public NpyArray reshape(int... lengths) {
    return adopt(type, elements, lengths.clone());
  }

  /**
   * A copy of the elements that a view has, in the view's order.
   *
   * @param offset place of the view's first element
   * @param lengths of the view's axes
   * @param strides elements from one index of an axis to the next, not negative
   * @throws IndexOutOfBoundsException if the view goes beyond the elements
   */
  public NpyArray view(int offset, int[] lengths, long[] strides) {
    return adopt(type, StridedCopy.of(type, elements, offset, lengths, strides), lengths.clone());
  }

  /**
   * Writes the elements in C order, little endian, and nothing else.
   *
   * @throws IllegalArgumentException for STRING
   */
  public void writeRaw(OutputStream out) throws IOException {
    if (type == ElementType.STRING) {
      throw new IllegalArgumentException("array: texts have no raw form");
    }
    ElementCodec.write(out, type, elements);
  }

  /** The elements as {@link #adopt} describes them; never to be changed or handed out. */
  Object elements() {
    return elements;
  }

  int[] sharedShape() {
    return shape;
  }

  /** Whether type, shape and all elements are the same; a NaN equals a NaN. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NpyArray that
        && type == that.type
        && Arrays.equals(shape, that.shape)
        && Arrays.deepEquals(new Object[] {elements}, new Object[] {that.elements});
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.deepHashCode(new Object[] {type, elements});
  }

  /** Type and shape, for example {@code F32 [14, 1024]}. */
  @Override
  public String toString() {
    return type + " " + Arrays.toString(shape);
  }
}
