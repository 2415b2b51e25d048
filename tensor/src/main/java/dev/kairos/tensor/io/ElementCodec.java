// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Elements between a file's bytes and the Java arrays of {@link NpyArray#adopt}, in chunks: beside
 * the array itself nothing of its size is ever held.
 */
final class ElementCodec {
  /** A multiple of every element's width, small enough to stay in the cache. */
  static final int CHUNK_BYTES = 1 << 18;

  private ElementCodec() {}

  /** Reads {@code count} elements of any type but STRING. */
  static Object read(ByteSource in, ElementType type, ByteOrder order, int count)
      throws IOException {
    if (type.bytes() == 1) {
      byte[] bytes = new byte[count];
      in.readFully(bytes, 0, count);
      if (type == ElementType.BOOL) {
        requireBooleans(in, bytes);
      }
      return bytes;
    }
    Object elements = newArray(type, count);
    int width = type.bytes();
    byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, (long) count * width)];
    ByteBuffer buffer = ByteBuffer.wrap(chunk).order(order);
    for (int done = 0; done < count; ) {
      int n = Math.min(chunk.length / width, count - done);
      in.readFully(chunk, 0, n * width);
      get(buffer, elements, done, n);
      done += n;
    }
    return elements;
  }

  /** Writes elements of any type but STRING, little endian. */
  static void write(OutputStream out, ElementType type, Object elements) throws IOException {
    if (elements instanceof byte[] bytes) {
      out.write(bytes);
      return;
    }
    int count = ElementCast.length(elements);
    int width = type.bytes();
    byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, (long) count * width)];
    ByteBuffer buffer = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
    for (int done = 0; done < count; ) {
      int n = Math.min(chunk.length / width, count - done);
      put(buffer, elements, done, n);
      out.write(chunk, 0, n * width);
      done += n;
    }
  }

  private static void requireBooleans(ByteSource in, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != 0 && bytes[i] != 1) {
        throw in.error(
            "KFMT-005",
            "bool element " + i + " is the byte " + (bytes[i] & 0xFF) + ", expected 0 or 1");
      }
    }
  }

  /** A Java array for elements of a type. */
  static Object newArray(ElementType type, int count) {
    return switch (type) {
      case F32 -> new float[count];
      case F64 -> new double[count];
      case F16, BF16, I16, U16 -> new short[count];
      case I32, U32 -> new int[count];
      case I64, U64 -> new long[count];
      case I8, U8, BOOL -> new byte[count];
      case STRING -> new String[count];
    };
  }

  /** Takes {@code n} elements from the buffer's position on. */
  static void get(ByteBuffer buffer, Object to, int at, int n) {
    if (to instanceof float[] floats) {
      buffer.asFloatBuffer().get(floats, at, n);
    } else if (to instanceof double[] doubles) {
      buffer.asDoubleBuffer().get(doubles, at, n);
    } else if (to instanceof short[] shorts) {
      buffer.asShortBuffer().get(shorts, at, n);
    } else if (to instanceof int[] ints) {
      buffer.asIntBuffer().get(ints, at, n);
    } else if (to instanceof byte[] bytes) {
      buffer.get(bytes, at, n);
    } else {
      buffer.asLongBuffer().get((long[]) to, at, n);
    }
  }

  private static void put(ByteBuffer buffer, Object from, int at, int n) {
    if (from instanceof float[] floats) {
      buffer.asFloatBuffer().put(floats, at, n);
    } else if (from instanceof double[] doubles) {
      buffer.asDoubleBuffer().put(doubles, at, n);
    } else if (from instanceof short[] shorts) {
      buffer.asShortBuffer().put(shorts, at, n);
    } else if (from instanceof int[] ints) {
      buffer.asIntBuffer().put(ints, at, n);
    } else {
      buffer.asLongBuffer().put((long[]) from, at, n);
    }
  }

  /** Elements in Fortran order, the first axis fastest, brought into C order. */
  static Object fromFortran(ElementType type, Object elements, int[] shape) {
    int count = ElementCast.length(elements);
    if (shape.length < 2 || count == 0) {
      return elements;
    }
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
    Object ordered = newArray(type, count);
    int[] index = new int[shape.length];
    int from = 0;
    for (int to = 0; to < count; to++) {
      System.arraycopy(elements, from, ordered, to, 1);
      from = advance(index, shape, strides, from);
    }
    return ordered;
  }

  private static int advance(int[] index, int[] shape, int[] strides, int from) {
    int place = from;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      place += strides[axis];
      if (++index[axis] < shape[axis]) {
        return place;
      }
      place -= index[axis] * strides[axis];
      index[axis] = 0;
    }
    return place;
  }
}
