// SPDX-License-Identifier: Apache-2.0
package dev.kairos.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** An open file in memory. Locks are granted always: no other process sees the file. */
final class MemoryChannel extends FileChannel {
  private final MemoryContent content;
  private final boolean reads;
  private final boolean writes;
  private final boolean appends;
  private final Closing whenClosed;
  private long position;

  MemoryChannel(MemoryContent content, Set<? extends OpenOption> options, Closing whenClosed) {
    this.content = content;
    this.appends = options.contains(StandardOpenOption.APPEND);
    this.writes = appends || options.contains(StandardOpenOption.WRITE);
    this.reads = options.contains(StandardOpenOption.READ) || !writes;
    this.whenClosed = whenClosed;
  }

  /** What is done when a channel is closed. */
  interface Closing {
    void run() throws IOException;
  }

  private void requireReadable() throws IOException {
    requireOpen();
    if (!reads) {
      throw new NonReadableChannelException();
    }
  }

  private void requireWritable() throws IOException {
    requireOpen();
    if (!writes) {
      throw new NonWritableChannelException();
    }
  }

  private void requireOpen() throws IOException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public synchronized int read(ByteBuffer to) throws IOException {
    int count = read(to, position);
    position += Math.max(count, 0);
    return count;
  }

  @Override
  public int read(ByteBuffer to, long from) throws IOException {
    requireReadable();
    return content.read(to, from);
  }

  @Override
  public synchronized long read(ByteBuffer[] to, int offset, int length) throws IOException {
    long all = 0;
    for (int i = offset; i < offset + length; i++) {
      int count = read(to[i]);
      if (count < 0) {
        return all == 0 ? -1 : all;
      }
      all += count;
    }
    return all;
  }

  @Override
  public synchronized int write(ByteBuffer from) throws IOException {
    requireWritable();
    int count = appends ? content.append(from) : content.write(from, position);
    position = appends ? content.size() : position + count;
    return count;
  }

  @Override
  public int write(ByteBuffer from, long at) throws IOException {
    requireWritable();
    return content.write(from, at);
  }

  @Override
  public synchronized long write(ByteBuffer[] from, int offset, int length) throws IOException {
    long all = 0;
    for (int i = offset; i < offset + length; i++) {
      all += write(from[i]);
    }
    return all;
  }

  @Override
  public synchronized long position() throws IOException {
    requireOpen();
    return position;
  }

  @Override
  public synchronized FileChannel position(long newPosition) throws IOException {
    requireOpen();
    if (newPosition < 0) {
      throw new IllegalArgumentException("position: " + newPosition);
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    requireOpen();
    return content.size();
  }

  @Override
  public synchronized FileChannel truncate(long size) throws IOException {
    requireWritable();
    content.truncate(size);
    position = Math.min(position, size);
    return this;
  }

  @Override
  public void force(boolean metaData) {}

  @Override
  public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
    ByteBuffer part = ByteBuffer.allocate((int) Math.min(count, 1 << 16));
    long sent = 0;
    while (sent < count) {
      part.clear().limit((int) Math.min(part.capacity(), count - sent));
      if (read(part, from + sent) < 0) {
        break;
      }
      int written = target.write(part.flip());
      sent += written;
      if (part.hasRemaining()) {
        break;
      }
    }
    return sent;
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long at, long count) throws IOException {
    ByteBuffer part = ByteBuffer.allocate((int) Math.min(count, 1 << 16));
    long taken = 0;
    while (taken < count) {
      part.clear().limit((int) Math.min(part.capacity(), count - taken));
      if (source.read(part) <= 0) {
        break;
      }
      taken += write(part.flip(), at + taken);
    }
    return taken;
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long from, long size) {
    throw new UnsupportedOperationException("a file in memory cannot be mapped");
  }

  private final class Lock extends FileLock {
    private boolean valid = true;

    Lock(long from, long size, boolean shared) {
      super(MemoryChannel.this, from, size, shared);
    }

    @Override
    public boolean isValid() {
      return valid && MemoryChannel.this.isOpen();
    }

    @Override
    public void release() {
      valid = false;
    }
  }

  @Override
  public FileLock lock(long from, long size, boolean shared) throws IOException {
    requireOpen();
    return new Lock(from, size, shared);
  }

  @Override
  public FileLock tryLock(long from, long size, boolean shared) throws IOException {
    return lock(from, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    whenClosed.run();
  }
}
