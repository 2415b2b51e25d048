// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the head of a {@code .npy} file: magic, version, length, and a Python dictionary with
 * exactly the keys {@code descr}, {@code fortran_order} and {@code shape}. The format is that of
 * NumPy Enhancement Proposal 1, with its versions 2.0 and 3.0.
 */
final class NpyHeaderParser {
  /** Where NumPy stops too; a plain type needs about a hundred. */
  private static final int MAX_HEADER_BYTES = 10_000;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** A text takes tens of bytes in memory even where the file spends one, or none, on it. */
  private static final int MAX_STRINGS = 1 << 24;

  private static final int MAX_DIGITS = 18;

  private final ByteSource source;
  private final String text;
  private int at;

  private String descr = "";
  private boolean fortranOrder;
  private List<Integer> shape = List.of();

  private NpyHeaderParser(ByteSource source, String text) {
    this.source = source;
    this.text = text;
  }

  /** Reads up to the first element and checks that as many bytes follow as the head announces. */
  static NpyHeader read(ByteSource source) throws IOException {
    NpyHeaderParser parser = open(source);
    parser.parse();
    return parser.header();
  }

  /** The same for an array of Python objects, of which nobody knows how many bytes they take. */
  static ObjectHeader readObjects(ByteSource source) throws IOException {
    NpyHeaderParser parser = open(source);
    parser.parse();
    if (!Descr.isObject(parser.descr)) {
      throw source.error(
          "KFMT-003",
          "holds elements of type " + ByteSource.quote(parser.descr) + ", expected objects");
    }
    return new ObjectHeader(parser.fortranOrder, parser.shape, source.position());
  }

  /** The head of an array in another container, for all bytes that are left. */
  static NpyHeader embedded(ByteSource source, String descr, boolean fortran, int... shape) {
    NpyHeaderParser parser = new NpyHeaderParser(source, "");
    parser.descr = descr;
    parser.fortranOrder = fortran;
    try {
      Shapes.size(shape);
    } catch (IllegalArgumentException e) {
      throw source.error("KFMT-002", String.valueOf(e.getMessage()), e);
    }
    parser.shape = Shapes.toList(shape);
    return parser.header();
  }

  private static NpyHeaderParser open(ByteSource source) throws IOException {
    int version = readVersion(source);
    int length = readLength(source, version == 1 ? Short.BYTES : Integer.BYTES);
    byte[] bytes = new byte[length];
    source.readFully(bytes, 0, length);
    Charset charset = version < 3 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    return new NpyHeaderParser(source, new String(bytes, charset));
  }

  private void requireWhole(NpyHeader header) {
    if (header.dataBytes() != source.remaining()) {
      throw source.error(
          "KFMT-004",
          ("found " + source.remaining() + " bytes after the header, expected ")
              + (header.dataBytes() + " for shape " + header.shape() + " of " + header.descr()));
    }
  }

  private static int readVersion(ByteSource source) throws IOException {
    byte[] start = new byte[(int) Math.min(MAGIC.length + 2, source.remaining())];
    source.readFully(start, 0, start.length);
    int magic = Math.min(start.length, MAGIC.length);
    if (magic == 0 || !Arrays.equals(start, 0, magic, MAGIC, 0, magic)) {
      throw source.error("KFMT-002", "is not a .npy file" + resemblance(start));
    }
    if (start.length < MAGIC.length + 2) {
      throw cut(source);
    }
    int major = start[MAGIC.length] & 0xFF;
    int minor = start[MAGIC.length + 1] & 0xFF;
    if (major < 1 || major > 3 || minor != 0) {
      throw source.error(
          "KFMT-002", "npy version " + major + "." + minor + ", expected 1.0, 2.0 or 3.0");
    }
    return major;
  }

  private static DataFormatException cut(ByteSource source) {
    return source.error("KFMT-004", "ends after " + source.size() + " bytes, within its header");
  }

  private static String resemblance(byte[] start) {
    if (start.length == 0) {
      return ": it is empty";
    }
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.startsWith("PK")) {
      return ": it begins like a zip archive (.npz)";
    }
    if (text.startsWith("version ")) {
      return ": it begins like a Git LFS pointer";
    }
    if (text.startsWith("\u001f\u008b")) {
      return ": it begins like gzip";
    }
    if (text.startsWith("\u0089HDF")) {
      return ": it begins like HDF5";
    }
    return text.startsWith("\u0080") ? ": it begins like a Python pickle" : "";
  }

  private static int readLength(ByteSource source, int width) throws IOException {
    if (source.remaining() < width) {
      throw cut(source);
    }
    byte[] bytes = new byte[width];
    source.readFully(bytes, 0, width);
    long length = 0;
    for (int i = width - 1; i >= 0; i--) {
      length = (length << 8) | (bytes[i] & 0xFF);
    }
    if (length > MAX_HEADER_BYTES) {
      throw source.error(
          "KFMT-002", "npy header of " + length + " bytes, expected at most " + MAX_HEADER_BYTES);
    }
    if (length > source.remaining()) {
      throw cut(source);
    }
    return (int) length;
  }

  private void parse() {
    Set<String> seen = new LinkedHashSet<>();
    expect('{');
    while (peek() != '}') {
      String key = string();
      if (!seen.add(key)) {
        throw bad("the key " + ByteSource.quote(key) + " twice");
      }
      expect(':');
      value(key);
      if (peek() != '}') {
        expect(',');
      }
    }
    expect('}');
    if (peek() != 0) {
      throw unexpected("the end");
    }
    if (seen.size() < 3) {
      throw bad("only the keys " + seen + ", expected descr, fortran_order and shape");
    }
  }

  private void value(String key) {
    switch (key) {
      case "descr" -> descr = descr();
      case "fortran_order" -> fortranOrder = bool();
      case "shape" -> shape = tuple();
      default -> throw bad("the unknown key " + ByteSource.quote(key));
    }
  }

  private String descr() {
    char first = peek();
    if (first == '[' || first == '(') {
      throw source.error(
          "KFMT-003",
          "holds records of several fields (a structured dtype), expected one plain type",
          "save each field as an array of its own");
    }
    return string();
  }

  private boolean bool() {
    for (String word : new String[] {"True", "False"}) {
      peek();
      if (text.startsWith(word, at)) {
        at += word.length();
        return word.equals("True");
      }
    }
    throw unexpected("True or False");
  }

  private List<Integer> tuple() {
    List<Long> lengths = new ArrayList<>();
    boolean comma = false;
    expect('(');
    while (peek() != ')') {
      if (!lengths.isEmpty() && !comma) {
        throw unexpected("','");
      }
      lengths.add(number());
      comma = peek() == ',';
      at += comma ? 1 : 0;
    }
    expect(')');
    if (lengths.size() == 1 && !comma) {
      throw bad("the shape (" + lengths.get(0) + "), expected (" + lengths.get(0) + ",)");
    }
    try {
      Shapes.size(lengths.stream().mapToLong(Long::longValue).toArray());
    } catch (IllegalArgumentException e) {
      throw source.error("KFMT-002", String.valueOf(e.getMessage()), e);
    }
    return lengths.stream().map(Math::toIntExact).toList();
  }

  private long number() {
    int start = peek() == '-' ? at + 1 : at;
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    if (end == start) {
      throw unexpected("a number");
    }
    if (end - start > MAX_DIGITS) {
      throw bad("a length of " + (end - start) + " digits in its shape");
    }
    long number = Long.parseLong(text.substring(at, end));
    at = end < text.length() && text.charAt(end) == 'L' ? end + 1 : end; // Python 2 wrote 14L
    return number;
  }

  private String string() {
    char quote = peek();
    if (quote != '\'' && quote != '"') {
      throw unexpected("a quoted word");
    }
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw bad("an open quotation at byte " + at);
    }
    String word = text.substring(at + 1, end);
    if (word.indexOf('\\') >= 0) {
      throw bad("a backslash in " + ByteSource.quote(word));
    }
    at = end + 1;
    return word;
  }

  /** The next character that is not a space, still to be read; 0 at the end. */
  private char peek() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw unexpected("'" + wanted + "'");
    }
    at++;
  }

  private DataFormatException unexpected(String wanted) {
    String found = at < text.length() ? ByteSource.quote(text.substring(at, at + 1)) : "the end";
    return bad(found + " at character " + at + ", expected " + wanted);
  }

  private DataFormatException bad(String found) {
    return source.error("KFMT-002", "npy header has " + found);
  }

  /** The head of what was parsed, for all bytes that are left. */
  private NpyHeader header() {
    if (Descr.isObject(descr)) {
      throw source.error(
          "KFMT-003",
          ("is a pickled object array (type " + ByteSource.quote(descr) + "), which can run code")
              + " when it is opened and is not read; expected plain numbers",
          "open it in Python with allow_pickle=True, if you trust its origin, and save what it"
              + " holds as plain arrays, such as np.save(file, array.astype('float32'))");
    }
    Descr plain = Descr.of(descr);
    if (plain == null) {
      throw source.error(
          "KFMT-003",
          ("type " + ByteSource.quote(descr) + ", expected float 2, 4 or 8, ")
              + "int or uint 1, 2, 4 or 8, bool, S or U");
    }
    ElementType type = plain.type();
    NpyHeader header =
        new NpyHeader(descr, type, plain.order(), fortranOrder, shape, source.position());
    if (type == ElementType.STRING && header.size() > MAX_STRINGS) {
      throw source.error(
          "KFMT-003", header.size() + " texts in one array, expected at most " + MAX_STRINGS);
    }
    requireWhole(header);
    return header;
  }
}
