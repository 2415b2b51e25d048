// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.ZipException;

/**
 * Bytes of a known number, read once from front to back, that know what to call their origin in a
 * message. A source that ends before its number is a {@link DataFormatException}.
 */
final class ByteSource implements Closeable {
  private static final int LONGEST_NAME_SHOWN = 80;

  private final Path file;
  private String place;
  private final InputStream in;
  private final long size;
  private long position;

  /**
   * A source within a file.
   *
   * @param place what precedes the problem in a message, for example {@code "entry 'x': "}
   * @param size how many bytes {@code in} should have
   */
  ByteSource(Path file, String place, InputStream in, long size) {
    this.file = file;
    this.place = place;
    this.in = in;
    this.size = size;
  }

  /** A whole file. */
  static ByteSource open(Path file) throws IOException {
    FileChannel channel = channel(file);
    return new ByteSource(file, "", Channels.newInputStream(channel), channel.size());
  }

  /** Opens a regular file to read. */
  static FileChannel channel(Path file) throws IOException {
    requireRegular(file);
    return FileChannel.open(file, StandardOpenOption.READ);
  }

  /** Refuses what is missing or not a regular file, before it is opened. */
  static void requireRegular(Path file) {
    if (Files.isDirectory(file)) {
      throw DataFormatException.of("KFMT-001", file, "is a folder, expected a file");
    }
    if (!Files.exists(file)) {
      throw DataFormatException.of("KFMT-001", file, "not found");
    }
    if (!Files.isRegularFile(file)) {
      throw DataFormatException.of("KFMT-001", file, "is not a regular file");
    }
  }

  /** Says which part comes now, for messages, for example {@code "tensor 'x': "}. */
  void enter(String part) {
    place = part;
  }

  long size() {
    return size;
  }

  long position() {
    return position;
  }

  long remaining() {
    return size - position;
  }

  void readFully(byte[] to, int offset, int length) throws IOException {
    int done;
    try {
      done = in.readNBytes(to, offset, length);
    } catch (ZipException | EOFException e) {
      throw error("KFMT-004", "compressed data are damaged near byte " + position, e);
    }
    position += done;
    if (done < length) {
      throw error("KFMT-004", "ends after " + position + " bytes, expected " + size);
    }
  }

  /** Passes over bytes. */
  void skip(long count) throws IOException {
    byte[] passed = new byte[(int) Math.min(count, ElementCodec.CHUNK_BYTES)];
    for (long left = count; left > 0; left -= passed.length) {
      readFully(passed, 0, (int) Math.min(left, passed.length));
    }
  }

  /** Throws where bytes follow those that were announced. */
  void expectEnd() throws IOException {
    try {
      if (in.read() >= 0) {
        throw error("KFMT-004", "has more than the announced " + size + " bytes");
      }
    } catch (ZipException | EOFException e) {
      throw error("KFMT-004", "compressed data are damaged near byte " + position, e);
    }
  }

  DataFormatException error(String code, String problem) {
    return DataFormatException.of(code, file, place + problem);
  }

  DataFormatException error(String code, String problem, String hint) {
    return DataFormatException.of(code, file, place + problem, hint);
  }

  DataFormatException error(String code, String problem, Throwable cause) {
    return DataFormatException.of(code, file, place + problem, cause);
  }

  /** A name out of a file as a message can show it: quoted, short, in one line. */
  static String quote(String name) {
    StringBuilder shown = new StringBuilder("'");
    name.codePoints()
        .limit(LONGEST_NAME_SHOWN)
        .map(c -> Character.isISOControl(c) || !Character.isDefined(c) ? '?' : c)
        .forEach(shown::appendCodePoint);
    boolean cut = name.codePointCount(0, name.length()) > LONGEST_NAME_SHOWN;
    return shown.append(cut ? "...'" : "'").toString();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
