// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

import dev.kairos.tensor.io.DataFormatException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** The bytes of a pickle from front to back, and the words for what is wrong with them. */
final class PickleInput {
  private static final int LONGEST_SHOWN = 120;

  private final Path file;
  private final String place;
  private final InputStream in;
  private final long size;
  private final Budget budget;
  private long position;

  /**
   * Bytes within a file.
   *
   * @param place what precedes a problem in a message, for example {@code "entry 'x': "}
   * @param in buffered
   * @param size how many bytes it should have
   */
  PickleInput(Path file, String place, InputStream in, long size, Budget budget) {
    this.file = file;
    this.place = place;
    this.in = in;
    this.size = size;
    this.budget = budget;
  }

  Path file() {
    return file;
  }

  long position() {
    return position;
  }

  long remaining() {
    return size - position;
  }

  /** One byte as 0 to 255. */
  int readByte() throws IOException {
    int value;
    try {
      value = in.read();
    } catch (ZipException | EOFException e) {
      throw damaged(e);
    }
    if (value < 0 || position >= size) {
      throw error("KFMT-004", "ends after " + position + " bytes, within a pickle");
    }
    position++;
    return value;
  }

  /** Bytes whose number the file gave. */
  byte[] read(long count) throws IOException {
    if (count < 0 || count > remaining()) {
      throw error(
          "KFMT-004",
          "announces %s bytes at byte %d, found %d"
              .formatted(Long.toUnsignedString(count), position, remaining()));
    }
    if (count > Integer.MAX_VALUE - 8) {
      throw error("KFMT-013", count + " bytes in one value, expected less than 2 GB");
    }
    take(count);
    byte[] bytes = new byte[(int) count];
    int done;
    try {
      done = in.readNBytes(bytes, 0, bytes.length);
    } catch (ZipException | EOFException e) {
      throw damaged(e);
    }
    position += done;
    if (done < bytes.length) {
      throw error("KFMT-004", "ends after " + position + " bytes, expected " + size);
    }
    return bytes;
  }

  /** Bytes up to the end of a line, which is passed over. */
  byte[] readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = readByte(); next != '\n'; next = readByte()) {
      line.write(next);
      take(2);
    }
    return line.toByteArray();
  }

  /** The same as text of one byte a character. */
  String readWord() throws IOException {
    return new String(readLine(), StandardCharsets.ISO_8859_1);
  }

  /** A little-endian number without sign. */
  long readNumber(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) readByte() << (8 * i);
    }
    return value;
  }

  /** Notes memory that is about to be taken. */
  void take(long bytes) {
    if (!budget.take(bytes)) {
      throw DataFormatException.of(
          "KFMT-013",
          file,
          place + "would take more than " + (budget.limit() >> 20) + " MB at byte " + position,
          "start Java with more memory (-Xmx), or save the arrays with numpy.save");
    }
  }

  DataFormatException broken(String problem) {
    return error("KFMT-011", "pickle has " + problem + " at byte " + position);
  }

  DataFormatException refused(String problem) {
    return DataFormatException.of(
        "KFMT-012",
        file,
        place + problem + " at byte " + position + "; nothing of the file was run",
        "save plain arrays, numbers, texts, lists and dicts, or a PyTorch state dict");
  }

  DataFormatException error(String code, String problem) {
    return DataFormatException.of(code, file, place + problem);
  }

  private DataFormatException damaged(IOException cause) {
    String problem = place + "compressed data are damaged near byte " + position;
    return DataFormatException.of("KFMT-004", file, problem, cause);
  }

  /** Foreign text as a message can show it: quoted, short, in one line. */
  static String quote(String text) {
    StringBuilder shown = new StringBuilder("'");
    text.codePoints()
        .limit(LONGEST_SHOWN)
        .map(c -> Character.isISOControl(c) || !Character.isDefined(c) ? '?' : c)
        .forEach(shown::appendCodePoint);
    boolean cut = text.codePointCount(0, text.length()) > LONGEST_SHOWN;
    return shown.append(cut ? "...'" : "'").toString();
  }
}
