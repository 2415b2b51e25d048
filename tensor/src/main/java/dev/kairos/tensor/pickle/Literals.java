// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

import dev.kairos.tensor.pickle.PickleValue.BigInt;
import dev.kairos.tensor.pickle.PickleValue.Bool;
import dev.kairos.tensor.pickle.PickleValue.Int;
import dev.kairos.tensor.pickle.PickleValue.Real;
import dev.kairos.tensor.pickle.PickleValue.Text;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Numbers and texts as instructions of a pickle spell them. */
final class Literals {
  /** More digits than any number of use: reading and showing takes their square in time. */
  private static final int MAX_DIGITS = 400;

  private static final int MAX_INTEGER_BYTES = 160;
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,5})?");

  private Literals() {}

  /** Two's complement, lowest byte first. */
  static PickleValue whole(PickleInput in, byte[] bytes) {
    if (bytes.length > MAX_INTEGER_BYTES) {
      throw in.error("KFMT-013", "pickle has an integer of " + bytes.length + " bytes");
    }
    byte[] highFirst = new byte[bytes.length + 1]; // no byte means 0
    for (int i = 0; i < bytes.length; i++) {
      highFirst[bytes.length - i] = bytes[i];
    }
    highFirst[0] = (byte) (bytes.length > 0 && bytes[bytes.length - 1] < 0 ? -1 : 0);
    return whole(new BigInteger(highFirst));
  }

  private static PickleValue whole(BigInteger value) {
    return value.bitLength() < Long.SIZE ? new Int(value.longValue()) : new BigInt(value);
  }

  /** {@code 12}; {@code 01} and {@code 00} are true and false. */
  static PickleValue integer(PickleInput in, String line) {
    return line.equals("01") || line.equals("00") ? new Bool(line.equals("01")) : decimal(in, line);
  }

  /** {@code 12L}. */
  static PickleValue longInteger(PickleInput in, String line) {
    return decimal(in, line.endsWith("L") ? line.substring(0, line.length() - 1) : line);
  }

  private static PickleValue decimal(PickleInput in, String digits) {
    if (digits.length() > MAX_DIGITS || !WHOLE.matcher(digits).matches()) {
      throw in.broken("the integer " + PickleInput.quote(digits));
    }
    return whole(new BigInteger(digits));
  }

  static PickleValue real(PickleInput in, String line) {
    return new Real(
        switch (line) {
          case "nan" -> Double.NaN;
          case "inf" -> Double.POSITIVE_INFINITY;
          case "-inf" -> Double.NEGATIVE_INFINITY;
          default -> {
            if (line.length() > MAX_DIGITS || !DECIMAL.matcher(line).matches()) {
              throw in.broken("the number " + PickleInput.quote(line));
            }
            yield Double.parseDouble(line);
          }
        });
  }

  /** A place in the memo. */
  static long index(PickleInput in, String line) {
    PickleValue index = decimal(in, line);
    if (!(index instanceof Int place) || place.value() < 0) {
      throw in.broken("the place " + PickleInput.quote(line) + " in its memo");
    }
    return place.value();
  }

  /** A text of Python 2, which may be bytes as well. */
  static PickleValue oldText(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return new PickleBytes(bytes);
      }
    }
    return new Text(new String(bytes, StandardCharsets.US_ASCII));
  }

  static PickleValue utf8(PickleInput in, byte[] bytes) {
    in.take(bytes.length);
    try {
      return new Text(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw in.broken("a text that is not UTF-8");
    }
  }

  /** A text of Python 2 as a program would write it: quotes around, escapes inside. */
  static PickleValue quoted(PickleInput in, String line) {
    String text = line.strip();
    int last = text.length() - 1;
    if (last < 1 || text.charAt(0) != text.charAt(last) || "'\"".indexOf(text.charAt(0)) < 0) {
      throw in.broken("the quotation " + PickleInput.quote(text));
    }
    StringBuilder plain = new StringBuilder(last);
    for (int i = 1; i < last; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i = unescape(in, text, i + 1, plain);
      } else {
        plain.append(c);
      }
    }
    return oldText(plain.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Puts one escaped character to a text.
   *
   * @param at after the backslash
   * @return the last character that was used
   */
  private static int unescape(PickleInput in, String text, int at, StringBuilder to) {
    char kind = text.charAt(at); // at least the closing quote
    int named = "\\'\"nrtabfv".indexOf(kind);
    if (named >= 0) {
      to.append("\\'\"\n\r\t\u0007\b\f\u000b".charAt(named));
      return at;
    }
    boolean hex = kind == 'x';
    int begin = hex ? at + 1 : at;
    int end = Math.min(text.length() - 1, begin + (hex ? 2 : 3));
    to.append((char) (number(in, text.substring(begin, end), hex ? 16 : 8) & 0xFF));
    return end - 1;
  }

  /** Python's {@code raw-unicode-escape}: only {@code \\uXXXX} and {@code \\UXXXXXXXX} count. */
  static PickleValue escaped(PickleInput in, String line) {
    StringBuilder text = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char next = line.charAt(i) == '\\' && i + 1 < line.length() ? line.charAt(i + 1) : ' ';
      int digits = next == 'u' ? 4 : next == 'U' ? 8 : 0;
      if (digits == 0) {
        text.append(line.charAt(i));
        continue;
      }
      int end = i + 2 + digits;
      if (end > line.length()) {
        throw in.broken("half a character");
      }
      int point = number(in, line.substring(i + 2, end), 16);
      if (!Character.isValidCodePoint(point)) {
        throw in.broken("a character beyond all");
      }
      text.appendCodePoint(point);
      i = end - 1;
    }
    return new Text(text.toString());
  }

  private static int number(PickleInput in, String digits, int radix) {
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = Character.digit(digits.charAt(i), radix);
      if (digit < 0) {
        throw in.broken("the escape " + PickleInput.quote(digits));
      }
      value = value * radix + digit;
    }
    if (digits.isEmpty() || value > Character.MAX_CODE_POINT) {
      throw in.broken("the escape " + PickleInput.quote(digits));
    }
    return (int) value;
  }
}
