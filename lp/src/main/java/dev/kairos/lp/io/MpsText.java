// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The lines of a file, plain or compressed, without comments and blank lines. */
final class MpsText implements AutoCloseable {
  private static final long LONGEST_TEXT = 1L << 30;

  /** As much is unpacked whatever the file's size; beyond it the ratio counts, as for .npz. */
  private static final long ALWAYS_UNPACKED = 256L << 20;

  private static final long MOST_RATIO = 200;

  private final Path file;
  private final int longestLine;
  private final InputStream in;
  private final @Nullable GzipInput packed;
  private final byte[] buffer = new byte[1 << 16];
  private int from;
  private int to;
  private byte[] bytes = new byte[256];
  private long read;
  private int number;

  /** Lines of a source, none longer than so many bytes. */
  MpsText(MpsSource source, int longestLine) throws IOException {
    this.longestLine = longestLine;
    file = source.name();
    InputStream raw = new BufferedInputStream(source.open(), 1 << 16);
    try {
      byte[] begin = peek(raw);
      Encodings.requireText(begin, file);
      packed = GzipInput.begins(begin) ? new GzipInput(raw) : null;
      in = packed == null ? raw : packed;
      fill();
      byte[] text = Arrays.copyOf(buffer, Math.min(to, 4));
      Encodings.requireText(text, file);
      from = Encodings.markLength(text);
    } catch (ZipException | EOFException e) {
      raw.close();
      throw broken(e);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  private static byte[] peek(InputStream raw) throws IOException {
    raw.mark(8);
    byte[] begin = raw.readNBytes(4);
    raw.reset();
    return begin;
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

  /** The next line whatever it says, or null at the end. */
  @Nullable String line() throws IOException {
    try {
      return nextLine();
    } catch (ZipException | EOFException e) {
      throw broken(e);
    }
  }

  /** Reads compressed text to its end, which holds the sum that tells whether it is whole. */
  void verify() throws IOException {
    try {
      while (packed != null && fill()) {
        from = to;
      }
    } catch (ZipException | EOFException e) {
      throw broken(e);
    }
  }

  private @Nullable String nextLine() throws IOException {
    if (from == to && !fill()) {
      return null;
    }
    number++;
    int length = 0;
    boolean ended = false;
    while (!ended && (from < to || fill())) {
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      length = append(length, end);
      ended = end < to;
      from = ended ? end + 1 : end;
    }
    if (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    return StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 0, length)).toString();
  }

  /** Adds the buffer up to a place to the line and returns the line's new length. */
  private int append(int length, int end) {
    int more = end - from;
    if (length + more > longestLine) {
      throw new MpsException(
          "KLP-006", file, number, "a line of more than " + longestLine + " bytes");
    }
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
    System.arraycopy(buffer, from, bytes, length, more);
    return length + more;
  }

  private boolean fill() throws IOException {
    int count = in.read(buffer);
    from = 0;
    to = Math.max(0, count);
    read += to;
    if (read > LONGEST_TEXT) {
      throw new MpsException("KLP-006", file, number, "more than 1 GiB of text");
    }
    if (packed != null && read > Math.max(ALWAYS_UNPACKED, MOST_RATIO * packed.taken())) {
      throw new MpsException(
          "KLP-006", file, number, "unpacks to more than " + MOST_RATIO + " times its size");
    }
    return count > 0;
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
