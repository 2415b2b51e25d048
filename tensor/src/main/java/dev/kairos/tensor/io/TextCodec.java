// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Texts of one width: npy's {@code U}, 32 bits for each character, and {@code S}, bytes taken as
 * UTF-8. Both are filled up with zeros, so no text can end with U+0000.
 */
final class TextCodec {
  private TextCodec() {}

  static String[] read(ByteSource in, NpyHeader header) throws IOException {
    String[] texts = new String[(int) header.size()];
    byte[] item = new byte[texts.length == 0 ? 0 : header.itemBytes()];
    for (int i = 0; i < texts.length; i++) {
      in.readFully(item, 0, item.length);
      texts[i] =
          header.isUnicode() ? fromUtf32(in, item, header.byteOrder(), i) : fromUtf8(in, item, i);
    }
    return texts;
  }

  private static String fromUtf32(ByteSource in, byte[] item, ByteOrder order, int i) {
    ByteBuffer buffer = ByteBuffer.wrap(item).order(order);
    int length = item.length / Integer.BYTES;
    while (length > 0 && buffer.getInt((length - 1) * Integer.BYTES) == 0) {
      length--;
    }
    StringBuilder text = new StringBuilder(length);
    for (int c = 0; c < length; c++) {
      int point = buffer.getInt(c * Integer.BYTES);
      if (!Character.isValidCodePoint(point) || isSurrogate(point)) {
        throw in.error(
            "KFMT-005",
            String.format("text %d has 0x%X at character %d, which is none", i, point, c));
      }
      text.appendCodePoint(point);
    }
    return text.toString();
  }

  private static String fromUtf8(ByteSource in, byte[] item, int i) {
    int length = item.length;
    while (length > 0 && item[length - 1] == 0) {
      length--;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(item, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw in.error("KFMT-005", "text " + i + " is not UTF-8", e);
    }
  }

  /** Characters of the longest text, at least 1. */
  static int width(String[] texts) {
    int width = 1;
    for (int i = 0; i < texts.length; i++) {
      String text = texts[i];
      if (text.endsWith("\0") || text.codePoints().anyMatch(TextCodec::isSurrogate)) {
        throw new IllegalArgumentException(
            "npy: text "
                + ByteSource.quote(text)
                + " at index "
                + i
                + " ends with U+0000 or has half a character, which the format cannot hold");
      }
      width = Math.max(width, text.codePointCount(0, text.length()));
    }
    return width;
  }

  /** Writes 32 bits for each character, little endian. */
  static void write(OutputStream out, String[] texts, int width) throws IOException {
    byte[] item = new byte[Math.multiplyExact(width, Integer.BYTES)];
    for (String text : texts) {
      ByteBuffer buffer = ByteBuffer.wrap(item).order(ByteOrder.LITTLE_ENDIAN);
      text.codePoints().forEach(buffer::putInt);
      while (buffer.hasRemaining()) {
        buffer.putInt(0);
      }
      out.write(item);
    }
  }

  private static boolean isSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
