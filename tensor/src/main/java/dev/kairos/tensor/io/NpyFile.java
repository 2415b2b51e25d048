// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An open {@code .npy} file of numbers, read as floats one range of rows at a time: only the bytes
 * of that range are read. A file in Fortran order is read as a whole when the first stretch is
 * asked for, and kept. Not for several threads at once.
 */
public final class NpyFile implements Closeable {
  /** Side of the squares in which an array is transposed: two of them stay in the cache. */
  private static final int TILE = 32;

  private final Path path;
  private final FileChannel channel;
  private final long size;
  private final NpyHeader header;
  private final ByteBuffer chunk; // bytes chunkStart to chunkEnd of the file
  private long chunkStart;
  private long chunkEnd;
  private @Nullable Object foreign; // elements of a type other than F32, a chunk of them
  private float @Nullable [] reordered; // all elements of a file in Fortran order

  private NpyFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.size = channel.size();
    this.chunk = ByteBuffer.allocate((int) Math.min(ElementCodec.CHUNK_BYTES, size));
    fill(0, chunk.capacity()); // a small first read would keep the system from reading ahead
    InputStream head = new ByteArrayInputStream(chunk.array());
    this.header = Npy.readHeader(new ByteSource(path, "", head, size));
    chunk.order(header.byteOrder());
  }

  /**
   * Opens a file and reads its header. That the file is as long as its header says is checked.
   *
   * @throws DataFormatException if there is no such file or it breaks the format
   */
  public static NpyFile open(Path path) throws IOException {
    FileChannel channel = ByteSource.channel(path);
    try {
      return new NpyFile(path, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** What the head of the file says. */
  public NpyHeader header() {
    return header;
  }

  /**
   * Reads a stretch of the elements, in C order, converted as by {@link NpyArray#toFloats}.
   *
   * @param from first element
   * @param count how many
   * @param to where they go, changed from {@code at} on
   * @param at place of the first one in {@code to}
   * @throws DataFormatException if the file ends before them: it was cut after it was opened
   * @throws IllegalArgumentException if the elements are no numbers
   */
  public void readFloats(int from, int count, float[] to, int at) throws IOException {
    if (!header.type().isFloating() && !header.type().isInteger()) {
      throw new IllegalArgumentException(
          "npy: elements are " + header.type() + ", expected numbers");
    }
    Objects.checkFromIndexSize(from, count, (int) header.size());
    Objects.checkFromIndexSize(at, count, to.length);
    if (header.fortranOrder() && header.shape().size() > 1) {
      System.arraycopy(reordered(), from, to, at, count);
    } else {
      readStored(from, count, to, at);
    }
  }

  private float[] reordered() throws IOException {
    float[] all = reordered;
    if (all == null) {
      float[] stored = new float[(int) header.size()];
      readStored(0, stored.length, stored, 0);
      int[] shape = Shapes.toArray(header.shape());
      all =
          shape.length == 2
              ? transposed(stored, shape[0], shape[1])
              : (float[]) ElementCodec.fromFortran(ElementType.F32, stored, shape);
      reordered = all;
    }
    return all;
  }

  /** Column by column to row by row, in squares so that both sides of a square stay cached. */
  private static float[] transposed(float[] stored, int rows, int columns) {
    float[] ordered = new float[stored.length];
    for (int r0 = 0; r0 < rows; r0 += TILE) {
      int rEnd = Math.min(rows, r0 + TILE);
      for (int c0 = 0; c0 < columns; c0 += TILE) {
        int cEnd = Math.min(columns, c0 + TILE);
        for (int r = r0; r < rEnd; r++) {
          for (int c = c0; c < cEnd; c++) {
            ordered[r * columns + c] = stored[c * rows + r];
          }
        }
      }
    }
    return ordered;
  }

  /** Elements in the order of the file. */
  private void readStored(int from, int count, float[] to, int at) throws IOException {
    int width = header.type().bytes();
    for (int done = 0; done < count; ) {
      long position = header.dataOffset() + (long) (from + done) * width;
      int n = Math.min(count - done, ready(position, (long) (count - done) * width) / width);
      if (header.type() == ElementType.F32) {
        chunk.asFloatBuffer().get(to, at + done, n);
      } else {
        Object elements = foreign();
        ElementCodec.get(chunk, elements, 0, n);
        ElementCast.copyFloats(header.type(), elements, 0, n, to, at + done);
      }
      done += n;
    }
  }

  /**
   * Puts the chunk's position to one of the file.
   *
   * @param wanted bytes, of which at least one element is brought in
   * @return how many bytes the chunk has from there on
   */
  private int ready(long position, long wanted) throws IOException {
    if (position < chunkStart || position + header.type().bytes() > chunkEnd) {
      fill(position, (int) Math.min(chunk.capacity(), wanted));
    }
    return chunk.position((int) (position - chunkStart)).remaining();
  }

  private Object foreign() {
    if (foreign == null) {
      foreign = ElementCodec.newArray(header.type(), chunk.capacity() / header.type().bytes());
    }
    return foreign;
  }

  private void fill(long position, int bytes) throws IOException {
    chunkStart = position;
    chunkEnd = position;
    chunk.clear().limit(bytes);
    while (chunk.hasRemaining()) {
      if (read(position + chunk.position()) < 0) {
        throw DataFormatException.of(
            "KFMT-004", path, "ends after " + channel.size() + " bytes, expected " + size);
      }
    }
    chunkEnd = position + bytes;
  }

  private int read(long position) throws IOException {
    try {
      return channel.read(chunk, position);
    } catch (ClosedChannelException e) {
      throw e; // interrupted
    } catch (IOException e) {
      FileSystemException named = new FileSystemException(path.toString(), null, e.getMessage());
      named.initCause(e);
      throw named; // the system's message does not say which file
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
