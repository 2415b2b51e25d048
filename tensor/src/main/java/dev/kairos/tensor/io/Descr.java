// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import java.nio.ByteOrder;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A type as {@code .npy} files write it, read as NumPy does: a byte order, which is that of the
 * machine where it is missing, {@code =} or {@code |}, then a kind with its bytes ({@code f4}), or
 * one letter of the C type ({@code f}); or a name alone ({@code float32}).
 *
 * @param type what an element is
 * @param order byte order of one element
 */
record Descr(ElementType type, ByteOrder order) {
  private static final Pattern CODE =
      Pattern.compile("(?<order>[<>=|]?)(?<kind>[a-zA-Z?])(?<width>[0-9]{0,8})");
  private static final Pattern OBJECT = Pattern.compile("[<>=|]?O[0-9]*|object_?");

  /** By kind and bytes. */
  private static final Map<String, ElementType> TYPES =
      Map.ofEntries(
          Map.entry("f2", ElementType.F16),
          Map.entry("f4", ElementType.F32),
          Map.entry("f8", ElementType.F64),
          Map.entry("i1", ElementType.I8),
          Map.entry("i2", ElementType.I16),
          Map.entry("i4", ElementType.I32),
          Map.entry("i8", ElementType.I64),
          Map.entry("u1", ElementType.U8),
          Map.entry("u2", ElementType.U16),
          Map.entry("u4", ElementType.U32),
          Map.entry("u8", ElementType.U64),
          Map.entry("b1", ElementType.BOOL));

  /** Letters without a width, after C's types. */
  private static final Map<String, String> LETTERS =
      Map.ofEntries(
          Map.entry("e", "f2"),
          Map.entry("f", "f4"),
          Map.entry("d", "f8"),
          Map.entry("b", "i1"),
          Map.entry("h", "i2"),
          Map.entry("i", "i4"),
          Map.entry("l", "i8"),
          Map.entry("q", "i8"),
          Map.entry("B", "u1"),
          Map.entry("H", "u2"),
          Map.entry("I", "u4"),
          Map.entry("L", "u8"),
          Map.entry("Q", "u8"),
          Map.entry("?", "b1"));

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("float16", "f2"),
          Map.entry("half", "f2"),
          Map.entry("float32", "f4"),
          Map.entry("single", "f4"),
          Map.entry("float64", "f8"),
          Map.entry("double", "f8"),
          Map.entry("float", "f8"),
          Map.entry("int8", "i1"),
          Map.entry("int16", "i2"),
          Map.entry("int32", "i4"),
          Map.entry("int64", "i8"),
          Map.entry("int", "i8"),
          Map.entry("uint8", "u1"),
          Map.entry("uint16", "u2"),
          Map.entry("uint32", "u4"),
          Map.entry("uint64", "u8"),
          Map.entry("uint", "u8"),
          Map.entry("bool", "b1"),
          Map.entry("bool_", "b1"));

  /** Whether elements are Python objects. */
  static boolean isObject(String code) {
    return OBJECT.matcher(code).matches();
  }

  /** What a code says, null for a type that is not read. */
  static @Nullable Descr of(String code) {
    Matcher parts = CODE.matcher(NAMES.getOrDefault(code, code));
    if (!parts.matches()) {
      return null;
    }
    String width = parts.group("width");
    String kind = parts.group("kind");
    String plain = width.isEmpty() ? LETTERS.getOrDefault(kind, "") : kind + width;
    ByteOrder order =
        switch (parts.group("order")) {
          case "<" -> ByteOrder.LITTLE_ENDIAN;
          case ">" -> ByteOrder.BIG_ENDIAN;
          default -> ByteOrder.nativeOrder();
        };
    ElementType type = TYPES.get(plain);
    if (type != null) {
      return new Descr(type, order);
    }
    boolean text = (kind.equals("S") || kind.equals("U")) && !width.isEmpty();
    return text ? new Descr(ElementType.STRING, order) : null;
  }
}
