// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The lines of a file, plain or compressed, without comments and blank lines. */
final class MpsText implements AutoCloseable {
  private static final int LONGEST_LINE = 1 << 16;
  private static final long LONGEST_TEXT = 1L << 30;

  private final Path file;
  private final InputStream in;
  private byte[] bytes = new byte[256];
  private long read;
  private int number;

  MpsText(Path file) throws IOException {
    this.file = file;
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      raw.mark(2);
      boolean compressed = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      in = compressed ? new BufferedInputStream(new GZIPInputStream(raw, 1 << 16), 1 << 16) : raw;
    } catch (ZipException | EOFException e) {
      raw.close();
      throw broken(e);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** The number of the line last returned, from 1. */
  int number() {
    return number;
  }

  /** The next line that says something, or null at the end. */
  @Nullable String next() throws IOException {
    try {
      for (String line = nextLine(); line != null; line = nextLine()) {
        if (!line.isBlank() && line.charAt(0) != '*') {
          return line;
        }
      }
      return null;
    } catch (ZipException | EOFException e) {
      throw broken(e);
    }
  }

  private @Nullable String nextLine() throws IOException {
    int length = 0;
    int c = in.read();
    if (c < 0) {
      return null;
    }
    number++;
    while (c >= 0 && c != '\n') {
      if (length == bytes.length) {
        if (length >= LONGEST_LINE) {
          throw new MpsException("KLP-006", file, number, "a line of more than 65536 bytes");
        }
        bytes = Arrays.copyOf(bytes, 2 * length);
      }
      bytes[length++] = (byte) c;
      c = in.read();
    }
    read += length + 1L;
    if (read > LONGEST_TEXT) {
      throw new MpsException("KLP-006", file, number, "more than 1 GiB of text");
    }
    if (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    return StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 0, length)).toString();
  }

  private MpsException broken(IOException e) {
    return new MpsException(
        "KLP-005", file, 0, "broken compression after line " + number + ": " + e.getMessage());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
