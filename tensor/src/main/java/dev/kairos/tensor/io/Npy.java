// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * NumPy's {@code .npy} files: one array each.
 *
 * <p>Read are versions 1.0 to 3.0, both byte orders, C and Fortran order, floats of 16, 32 and 64
 * bits, signed and unsigned integers, bool, and texts ({@code S} as UTF-8, {@code U}). Refused are
 * objects and records, a header above 10 000 bytes, and data that are not exactly as long as shape
 * and type say. Written is version 1.0, little endian, C order.
 */
public final class Npy {
  private static final int ALIGNMENT = 64;
  private static final int PREFIX_BYTES = 10;

  private Npy() {}

  /**
   * Reads the array of a file.
   *
   * @throws DataFormatException if there is no such file or it breaks the format
   */
  public static NpyArray read(Path file) throws IOException {
    try (ByteSource source = ByteSource.open(file)) {
      return read(source);
    }
  }

  /**
   * Reads what a file holds, without the elements. That the file is as long as its header says is
   * checked.
   *
   * @throws DataFormatException if there is no such file or it breaks the format
   */
  public static NpyHeader readHeader(Path file) throws IOException {
    try (ByteSource source = ByteSource.open(file)) {
      return readHeader(source);
    }
  }

  /**
   * Writes a file, new or in place of an old one, whole or not at all.
   *
   * @throws IllegalArgumentException for BF16, which the format does not know, and for texts that
   *     end with U+0000
   */
  public static void write(Path file, NpyArray array) throws IOException {
    byte[] header = header(array);
    AtomicFiles.write(
        file,
        out -> {
          out.write(header);
          writeElements(out, array);
        });
  }

  static NpyArray read(ByteSource source) throws IOException {
    return elements(source, NpyHeaderParser.read(source));
  }

  /**
   * Reads the head of an array of Python objects, which {@link #read} refuses. The objects are one
   * pickle, which fills the rest of the file; {@link dev.kairos.tensor.pickle.Pickle#readNpy} reads
   * them.
   *
   * @return where the pickle begins, and the shape that it should have
   * @throws DataFormatException if there is no such file, it breaks the format, or its elements are
   *     no objects
   */
  public static ObjectHeader readObjectHeader(Path file) throws IOException {
    try (ByteSource source = ByteSource.open(file)) {
      return NpyHeaderParser.readObjects(source);
    }
  }

  /**
   * Whether elements of a type are Python objects.
   *
   * @param descr a type as NumPy writes it, such as {@code |O}
   */
  public static boolean isObject(String descr) {
    return Descr.isObject(descr);
  }

  /**
   * Elements that lie in another container, laid out as in a {@code .npy} file.
   *
   * @param file the container, for messages
   * @param descr the type as NumPy writes it, such as {@code <f4} or {@code |S12}
   * @param fortranOrder whether the first axis varies fastest
   * @param elements the bytes of all elements
   * @throws DataFormatException for a type that is not read, a shape that does not match the bytes,
   *     and an element that its type does not allow
   */
  public static NpyArray decode(
      Path file, String descr, boolean fortranOrder, byte[] elements, int... shape)
      throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(elements);
    try (ByteSource source = new ByteSource(file, "array: ", in, elements.length)) {
      return elements(source, NpyHeaderParser.embedded(source, descr, fortranOrder, shape));
    }
  }

  /** The type as NumPy writes it, little endian; {@link #decode} reads it. */
  public static String descr(ElementType type) {
    if (type == ElementType.STRING || type == ElementType.BF16) {
      throw new IllegalArgumentException("npy: " + type + " has no type of one width");
    }
    String kind = type == ElementType.BOOL ? "b" : type.name().substring(0, 1);
    return "<" + kind.toLowerCase(Locale.ROOT) + type.bytes();
  }

  private static NpyArray elements(ByteSource source, NpyHeader header) throws IOException {
    int[] shape = Shapes.toArray(header.shape());
    Object elements =
        header.type() == ElementType.STRING
            ? TextCodec.read(source, header)
            : ElementCodec.read(source, header.type(), header.byteOrder(), Shapes.size(shape));
    if (header.fortranOrder()) {
      elements = ElementCodec.fromFortran(header.type(), elements, shape);
    }
    return NpyArray.adopt(header.type(), elements, shape);
  }

  static NpyHeader readHeader(ByteSource source) throws IOException {
    return NpyHeaderParser.read(source);
  }

  static long dataBytes(NpyArray array) {
    int width =
        array.type() == ElementType.STRING
            ? TextCodec.width((String[]) array.elements()) * Integer.BYTES
            : array.type().bytes();
    return array.size() * width;
  }

  /** Magic, version, length and dictionary, padded so that the elements begin at 64 bytes. */
  static byte[] header(NpyArray array) {
    StringBuilder shape = new StringBuilder();
    for (int axis = 0; axis < array.rank(); axis++) {
      shape.append(axis == 0 ? "" : " ").append(array.dim(axis)).append(',');
    }
    if (array.rank() > 1) {
      shape.setLength(shape.length() - 1);
    }
    String dict =
        ("{'descr': '" + descr(array) + "', 'fortran_order': False, ")
            + ("'shape': (" + shape + "), }");
    int used = PREFIX_BYTES + dict.length() + 1;
    int padding = Math.floorMod(-used, ALIGNMENT);
    int length = used + padding - PREFIX_BYTES;
    String head = "\u0093NUMPY\u0001\u0000" + (char) (length & 0xFF) + (char) (length >>> 8);
    return (head + dict + " ".repeat(padding) + "\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  static void writeElements(OutputStream out, NpyArray array) throws IOException {
    if (array.elements() instanceof String[] texts) {
      TextCodec.write(out, texts, TextCodec.width(texts));
    } else {
      ElementCodec.write(out, array.type(), array.elements());
    }
  }

  private static String descr(NpyArray array) {
    return switch (array.type()) {
      case F16, F32, F64 -> "<f" + array.type().bytes();
      case I16, I32, I64 -> "<i" + array.type().bytes();
      case U16, U32, U64 -> "<u" + array.type().bytes();
      case I8 -> "|i1";
      case U8 -> "|u1";
      case BOOL -> "|b1";
      case STRING -> "<U" + TextCodec.width((String[]) array.elements());
      case BF16 ->
          throw new IllegalArgumentException(
              "npy: the format has no BF16, convert the array to F32 first");
    };
  }
}
