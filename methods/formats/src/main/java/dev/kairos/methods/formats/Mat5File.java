// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.formats;

import dev.kairos.methods.data.ArrayInfo;
import dev.kairos.methods.data.StoredArray;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Arrays of numbers in MATLAB files of level 5, also in fields of structures such as {@code
 * data/feats}. Cells, sparse and complex arrays, texts and objects are passed over. The format is
 * that of "MAT-File Format", The MathWorks.
 */
final class Mat5File {
  private static final int HEADER_BYTES = 128;
  private static final int DEEPEST = 16;
  private static final int MOST_AXES = 32;
  private static final int MOST_NAME_BYTES = 1 << 16;

  // Types of elements.
  private static final int INT8 = 1;
  private static final int INT32 = 5;
  private static final int UINT32 = 6;
  private static final int MATRIX = 14;
  private static final int COMPRESSED = 15;

  // Classes of arrays, and their flags.
  private static final int STRUCT = 2;
  private static final int COMPLEX = 0x0800;
  private static final int LOGICAL = 0x0200;

  /** By class of array, from double = 6 on. */
  private static final List<ElementType> CLASSES =
      List.of(
          ElementType.F64,
          ElementType.F32,
          ElementType.I8,
          ElementType.U8,
          ElementType.I16,
          ElementType.U16,
          ElementType.I32,
          ElementType.U32,
          ElementType.I64,
          ElementType.U64);

  private static final int FIRST_CLASS = 6;

  private final Path file;
  private final @Nullable ArrayInfo wanted;
  private final List<ArrayInfo> found = new ArrayList<>();
  private @Nullable StoredArray values;

  private Mat5File(Path file, @Nullable ArrayInfo wanted) {
    this.file = file;
    this.wanted = wanted;
  }

  static List<ArrayInfo> list(Path file) throws IOException {
    Mat5File content = new Mat5File(file, null);
    content.walk();
    return content.found;
  }

  static StoredArray read(Path file, ArrayInfo array) throws IOException {
    Mat5File content = new Mat5File(file, array);
    content.walk();
    if (content.values == null) {
      throw DataFormatException.of("KFMT-021", file, "changed while it was read");
    }
    return content.values;
  }

  private void walk() throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      byte[] header = in.readNBytes(HEADER_BYTES);
      boolean little = header[HEADER_BYTES - 2] == 'I'; // of IM or MI
      ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
      Mat5Input.Part rest = new Mat5Input.Part(in, Files.size(file) - HEADER_BYTES);
      Mat5Input elements = new Mat5Input(rest, order);
      while (rest.left() > 0 && values == null) {
        Mat5Input.Tag tag = elements.tag();
        Mat5Input.Part part = elements.part(tag);
        if (tag.type() == COMPRESSED) { // which alone has no padding
          unpack(part, order);
          part.drain();
        } else {
          element(tag, part, order);
          elements.pass(tag);
        }
      }
    } catch (IOException e) {
      String problem = "cannot be read as MATLAB: " + Hdf5.oneLine(e);
      throw DataFormatException.of("KFMT-021", file, problem, e);
    }
  }

  private void unpack(InputStream packed, ByteOrder order) throws IOException {
    Inflater inflater = new Inflater();
    try {
      InputStream plain = new BufferedInputStream(new InflaterInputStream(packed, inflater));
      Mat5Input inside = new Mat5Input(plain, order);
      Mat5Input.Tag tag = inside.tag();
      if (tag.type() == MATRIX) {
        matrix(inside.part(tag), order, "", 0);
      }
    } finally {
      inflater.end();
    }
  }

  private void element(Mat5Input.Tag tag, Mat5Input.Part part, ByteOrder order) throws IOException {
    if (tag.type() == MATRIX && tag.bytes() > 0) {
      matrix(part, order, "", 0);
    }
    part.drain();
  }

  /** An array of any class: flags, lengths, name, and what the class has. */
  private void matrix(Mat5Input.Part part, ByteOrder order, String way, int depth)
      throws IOException {
    Mat5Input in = new Mat5Input(part, order);
    int flags = in.small(UINT32, Integer.BYTES, 2 * Integer.BYTES).getInt();
    IntBuffer lengths = in.small(INT32, 0, MOST_AXES * Integer.BYTES).asIntBuffer();
    int[] shape = new int[lengths.remaining()];
    lengths.get(shape);
    String own = text(in.small(INT8, 0, MOST_NAME_BYTES));
    String name = depth == 0 ? own : way; // fields have no names of their own
    int kind = (flags & 0xFF) - FIRST_CLASS;
    if (kind >= 0 && kind < CLASSES.size() && (flags & COMPLEX) == 0) {
      ElementType type = (flags & LOGICAL) == 0 ? CLASSES.get(kind) : ElementType.BOOL;
      numbers(in, name, type, shape);
    } else if ((flags & 0xFF) == STRUCT && count(shape) == 1 && depth < DEEPEST) {
      fields(in, name, depth);
    }
  }

  private void numbers(Mat5Input in, String name, ElementType type, int[] shape)
      throws IOException {
    Mat5Input.Tag tag = in.tag();
    int width = Mat5Numbers.width(tag.type());
    if (tag.bytes() != count(shape) * width) {
      throw new IOException(
          "%d bytes for '%s' %s of type %d"
              .formatted(tag.bytes(), name, Arrays.toString(shape), tag.type()));
    }
    ArrayInfo info = ArrayInfo.of(name, type, shape);
    found.add(info);
    if (info.equals(wanted)) {
      Memory.require(file, info);
      float[] columns = Mat5Numbers.read(in, tag.type(), (int) count(shape));
      values = StoredArray.adopt(info, Floats.fromColumns(columns, shape));
    }
  }

  /** The fields of a structure, each an array. */
  private void fields(Mat5Input in, String name, int depth) throws IOException {
    int length = in.small(INT32, Integer.BYTES, Integer.BYTES).getInt();
    ByteBuffer names = in.small(INT8, 0, MOST_NAME_BYTES);
    for (int i = 0; length > 0 && i < names.capacity() / length; i++) {
      Mat5Input.Tag tag = in.tag();
      Mat5Input.Part part = in.part(tag);
      String field = text(names.slice(i * length, length));
      if (tag.type() == MATRIX && tag.bytes() > 0 && values == null) {
        matrix(part, in.order(), name + "/" + field, depth + 1);
      }
      part.drain();
      in.pass(tag);
    }
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString().replaceAll("\\x00.*", "");
  }

  /** Elements of an array; -1 for lengths that no array has. */
  private static long count(int[] shape) {
    long count = 1;
    for (int length : shape) {
      if (length < 0 || count * length > Integer.MAX_VALUE) {
        return -1;
      }
      count *= length;
    }
    return count;
  }
}
