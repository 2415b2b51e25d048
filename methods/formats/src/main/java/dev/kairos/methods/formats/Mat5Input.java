// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.formats;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Elements of a MATLAB file from front to back. An element ends where its tag says, whatever is
 * inside, and no memory is taken for what was only announced.
 */
final class Mat5Input {
  private static final int ALIGNMENT = 8;
  private static final int SHORT_BYTES = 4; // of data that a short tag holds

  private final InputStream in;
  private final ByteOrder order;

  Mat5Input(InputStream in, ByteOrder order) {
    this.in = in;
    this.order = order;
  }

  /**
   * What comes next.
   *
   * @param type of the data
   * @param bytes of data, without padding
   * @param padding bytes behind them
   */
  record Tag(int type, long bytes, int padding) {}

  ByteOrder order() {
    return order;
  }

  Tag tag() throws IOException {
    int word = read(Integer.BYTES).getInt();
    int bytes = word >>> Short.SIZE;
    if (bytes > 0) {
      if (bytes > SHORT_BYTES) {
        throw new IOException("a short element of " + bytes + " bytes");
      }
      return new Tag(word & 0xFFFF, bytes, SHORT_BYTES - bytes);
    }
    long size = read(Integer.BYTES).getInt() & 0xFFFF_FFFFL;
    int over = (int) (size % ALIGNMENT);
    return new Tag(word, size, over == 0 ? 0 : ALIGNMENT - over);
  }

  /** The data of an element that must be of a type and of some bytes, not many. */
  ByteBuffer small(int type, int least, int most) throws IOException {
    Tag tag = tag();
    if (tag.type() != type || tag.bytes() < least || tag.bytes() > most) {
      throw new IOException(
          "an element of type %d and %d bytes where one of type %d is due"
              .formatted(tag.type(), tag.bytes(), type));
    }
    ByteBuffer data = read((int) tag.bytes());
    read(tag.padding());
    return data;
  }

  /** Some bytes, few enough for the memory. */
  ByteBuffer read(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("ends too early");
    }
    return ByteBuffer.wrap(bytes).order(order);
  }

  /** The bytes of an element, which must be drained before anything after it is read. */
  Part part(Tag tag) {
    return new Part(in, tag.bytes());
  }

  /** Goes behind an element's padding, which the last one of a file may lack. */
  void pass(Tag tag) throws IOException {
    in.skip(tag.padding());
  }

  /** A stretch of a stream. */
  static final class Part extends FilterInputStream {
    private long left;

    Part(InputStream in, long left) {
      super(in);
      this.left = left;
    }

    long left() {
      return left;
    }

    @Override
    public int read() throws IOException {
      int value = left > 0 ? in.read() : -1;
      left -= value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int read = left > 0 ? in.read(to, offset, (int) Math.min(left, length)) : -1;
      left -= Math.max(0, read);
      return read;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = in.skip(Math.min(left, count));
      left -= skipped;
      return skipped;
    }

    /** Goes to its end. */
    void drain() throws IOException {
      if (left > 0) {
        skipNBytes(left);
      }
    }

    /** Leaves the stream open for what follows. */
    @Override
    public void close() {}
  }
}
