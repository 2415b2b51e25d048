// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip (RFC 1952) and refuses what is damaged: unlike the JDK's stream it also checks the
 * header's sum, and refuses bytes behind the last member, unless all are zero, as on tapes. Several
 * members one after the other are one text.
 */
final class GzipInput extends InputStream {
  private static final int FLAGS = 0x1f;
  private static final int HEADER_SUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 sum = new CRC32();
  private final byte[] packed = new byte[1 << 16];
  private int from;
  private int to;
  private long taken;
  private boolean ended;

  GzipInput(InputStream in) throws IOException {
    this.in = in;
    header();
  }

  /** Whether bytes begin like gzip. */
  static boolean begins(byte[] bytes) {
    return bytes.length >= 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
  }

  /** Packed bytes read so far. */
  long taken() {
    return taken;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (!ended && length > 0) {
      int count = inflate(bytes, offset, length);
      if (count > 0) {
        sum.update(bytes, offset, count);
        return count;
      }
      if (inflater.finished()) {
        from = to - inflater.getRemaining();
        trailer();
      } else if (inflater.needsDictionary()) {
        throw new ZipException("it needs a dictionary");
      } else {
        require(fill());
        inflater.setInput(packed, from, to - from);
      }
    }
    return ended ? -1 : 0;
  }

  private int inflate(byte[] bytes, int offset, int length) throws ZipException {
    try {
      return inflater.inflate(bytes, offset, length);
    } catch (DataFormatException e) {
      throw new ZipException(String.valueOf(e.getMessage()));
    }
  }

  private void header() throws IOException {
    sum.reset();
    if (headerByte() != 0x1f || headerByte() != 0x8b) {
      throw new ZipException("bytes that do not belong to it follow its end");
    }
    int method = headerByte();
    int flags = headerByte();
    if (method != 8 || (flags & ~FLAGS) != 0) {
      throw new ZipException("method " + method + " with flags " + flags + " is unknown");
    }
    skip(6); // time, level, system
    if ((flags & EXTRA) != 0) {
      skip(headerByte() + (headerByte() << 8));
    }
    skipText((flags & NAME) != 0);
    skipText((flags & COMMENT) != 0);
    if ((flags & HEADER_SUM) != 0 && (sum.getValue() & 0xffff) != next() + (next() << 8)) {
      throw new ZipException("the checksum of its header does not fit");
    }
    sum.reset();
    inflater.reset();
    inflater.setInput(packed, from, to - from);
  }

  private void trailer() throws IOException {
    long expected = fourBytes();
    long size = fourBytes();
    if (expected != sum.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new ZipException(
          String.format("checksum %08x, expected %08x", sum.getValue(), expected));
    }
    if (from == to && !fill()) {
      ended = true;
    } else if (packed[from] != 0) {
      header();
    } else {
      padding();
    }
  }

  private void padding() throws IOException {
    do {
      while (from < to) {
        if (packed[from++] != 0) {
          throw new ZipException("bytes that do not belong to it follow its end");
        }
      }
    } while (fill());
    ended = true;
  }

  /** Passes over a text that ends with a zero. */
  private void skipText(boolean there) throws IOException {
    boolean more = there;
    while (more) {
      more = headerByte() != 0;
    }
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      headerByte();
    }
  }

  private int headerByte() throws IOException {
    int value = next();
    sum.update(value);
    return value;
  }

  private long fourBytes() throws IOException {
    return next() | next() << 8 | next() << 16 | (long) next() << 24;
  }

  private int next() throws IOException {
    if (from == to) {
      require(fill());
    }
    return packed[from++] & 0xff;
  }

  private static void require(boolean more) throws EOFException {
    if (!more) {
      throw new EOFException("it ends too early");
    }
  }

  private boolean fill() throws IOException {
    int count = in.read(packed);
    from = 0;
    to = Math.max(0, count);
    taken += to;
    return count > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
