// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

/** Elements from one type to another. Their Java arrays are those of {@link NpyArray#adopt}. */
final class ElementCast {
  private ElementCast() {}

  /** The length of one of the Java arrays of {@link NpyArray#adopt}. */
  static int length(Object elements) {
    if (elements instanceof float[] floats) {
      return floats.length;
    } else if (elements instanceof double[] doubles) {
      return doubles.length;
    } else if (elements instanceof byte[] bytes) {
      return bytes.length;
    } else if (elements instanceof short[] shorts) {
      return shorts.length;
    } else if (elements instanceof int[] ints) {
      return ints.length;
    } else if (elements instanceof long[] longs) {
      return longs.length;
    }
    return ((String[]) elements).length;
  }

  static float[] toFloats(ElementType type, Object elements, int from, int count) {
    float[] floats = new float[count];
    copyFloats(type, elements, from, count, floats, 0);
    return floats;
  }

  static void copyFloats(
      ElementType type, Object elements, int from, int count, float[] to, int at) {
    requireNumbers(type);
    switch (type) {
      case F32 -> System.arraycopy(elements, from, to, at, count);
      case F64 -> {
        double[] doubles = (double[]) elements;
        for (int i = 0; i < count; i++) {
          to[at + i] = (float) doubles[from + i];
        }
      }
      case F16 -> {
        short[] halves = (short[]) elements;
        for (int i = 0; i < count; i++) {
          to[at + i] = Float16.toFloat(halves[from + i]);
        }
      }
      case BF16 -> {
        short[] halves = (short[]) elements;
        for (int i = 0; i < count; i++) {
          to[at + i] = BFloat16.toFloat(halves[from + i]);
        }
      }
      case U64 -> {
        long[] longs = (long[]) elements;
        for (int i = 0; i < count; i++) {
          long v = longs[from + i];
          to[at + i] = v >= 0 ? v : 2f * ((v >>> 1) | (v & 1)); // the bit kept rounds as if whole
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          to[at + i] = integerAt(type, elements, from + i);
        }
      }
    }
  }

  static double[] toDoubles(ElementType type, Object elements) {
    requireNumbers(type);
    if (type == ElementType.F64) {
      return ((double[]) elements).clone();
    }
    double[] doubles = new double[length(elements)];
    if (type.isFloating()) {
      float[] floats =
          type == ElementType.F32
              ? (float[]) elements
              : toFloats(type, elements, 0, doubles.length);
      for (int i = 0; i < doubles.length; i++) {
        doubles[i] = floats[i];
      }
      return doubles;
    }
    for (int i = 0; i < doubles.length; i++) {
      long v = integerAt(type, elements, i);
      doubles[i] = v >= 0 || type != ElementType.U64 ? v : 2.0 * ((v >>> 1) | (v & 1));
    }
    return doubles;
  }

  static long[] toLongs(ElementType type, Object elements) {
    requireNumbers(type);
    if (type == ElementType.U64) {
      return unsignedToLongs((long[]) elements);
    }
    if (type.isFloating()) {
      return floatingToLongs(type, toDoubles(type, elements));
    }
    long[] longs = new long[length(elements)];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = integerAt(type, elements, i);
    }
    return longs;
  }

  private static long[] unsignedToLongs(long[] unsigned) {
    for (int i = 0; i < unsigned.length; i++) {
      if (unsigned[i] < 0) {
        throw unfit(ElementType.U64, Long.toUnsignedString(unsigned[i]), i, "a long");
      }
    }
    return unsigned.clone();
  }

  private static long[] floatingToLongs(ElementType type, double[] doubles) {
    long[] longs = new long[doubles.length];
    for (int i = 0; i < longs.length; i++) {
      double v = doubles[i];
      if (!(v == Math.rint(v) && v >= -0x1p63 && v < 0x1p63)) {
        throw unfit(type, Double.toString(v), i, "an integer");
      }
      longs[i] = (long) v;
    }
    return longs;
  }

  static int[] toInts(ElementType type, Object elements) {
    if (type == ElementType.I32) {
      return ((int[]) elements).clone();
    }
    long[] longs = toLongs(type, elements);
    int[] ints = new int[longs.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = (int) longs[i];
      if (ints[i] != longs[i]) {
        throw unfit(type, Long.toString(longs[i]), i, "an int");
      }
    }
    return ints;
  }

  /** Elements of {@code type} as those of {@code target}, another type. */
  static Object to(ElementType target, ElementType type, Object elements) {
    return switch (target) {
      case F32 -> toFloats(type, elements, 0, length(elements));
      case F64 -> toDoubles(type, elements);
      case F16, BF16 -> toHalves(target, toDoubles(type, elements));
      case STRING ->
          throw new IllegalArgumentException("array: elements are " + type + ", expected STRING");
      default -> toIntegers(target, type, toLongs(type, elements));
    };
  }

  private static short[] toHalves(ElementType target, double[] doubles) {
    short[] halves = new short[doubles.length];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = target == ElementType.F16 ? Float16.of(doubles[i]) : BFloat16.of(doubles[i]);
    }
    return halves;
  }

  private static Object toIntegers(ElementType target, ElementType type, long[] longs) {
    for (int i = 0; i < longs.length; i++) {
      if (!fits(target, longs[i])) {
        throw unfit(type, Long.toString(longs[i]), i, target.toString());
      }
    }
    int count = longs.length;
    switch (target.bytes()) {
      case Byte.BYTES -> {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
          bytes[i] = (byte) longs[i];
        }
        return bytes;
      }
      case Short.BYTES -> {
        short[] shorts = new short[count];
        for (int i = 0; i < count; i++) {
          shorts[i] = (short) longs[i];
        }
        return shorts;
      }
      case Integer.BYTES -> {
        int[] ints = new int[count];
        for (int i = 0; i < count; i++) {
          ints[i] = (int) longs[i];
        }
        return ints;
      }
      default -> {
        return longs;
      }
    }
  }

  private static boolean fits(ElementType target, long v) {
    return switch (target) {
      case BOOL -> v == 0 || v == 1;
      case I8 -> v == (byte) v;
      case U8 -> v == (v & 0xFF);
      case I16 -> v == (short) v;
      case U16 -> v == (v & 0xFFFF);
      case I32 -> v == (int) v;
      case U32 -> v == (v & 0xFFFF_FFFFL);
      case U64 -> v >= 0;
      default -> true;
    };
  }

  /** An integer or BOOL as a long; the bits of it for U64. */
  private static long integerAt(ElementType type, Object elements, int i) {
    return switch (type) {
      case I8, BOOL -> ((byte[]) elements)[i];
      case U8 -> ((byte[]) elements)[i] & 0xFF;
      case I16 -> ((short[]) elements)[i];
      case U16 -> ((short[]) elements)[i] & 0xFFFF;
      case I32 -> ((int[]) elements)[i];
      case U32 -> ((int[]) elements)[i] & 0xFFFF_FFFFL;
      case I64, U64 -> ((long[]) elements)[i];
      default -> throw new IllegalArgumentException("array: " + type + " is no integer type");
    };
  }

  private static void requireNumbers(ElementType type) {
    if (type == ElementType.STRING) {
      throw new IllegalArgumentException("array: elements are " + type + ", expected numbers");
    }
  }

  private static IllegalArgumentException unfit(ElementType type, String v, int i, String wanted) {
    return new IllegalArgumentException(
        "array: " + type + " value " + v + " at index " + i + " is not " + wanted);
  }
}
