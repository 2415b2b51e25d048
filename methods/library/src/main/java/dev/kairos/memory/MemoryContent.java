// SPDX-License-Identifier: Apache-2.0
package dev.kairos.memory;

import java.nio.ByteBuffer;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The bytes of one file, in blocks, so that a file grows without being copied. */
final class MemoryContent {
  private static final int BLOCK = 1 << 16;

  private final List<byte[]> blocks = new ArrayList<>();
  private long size;
  private FileTime changed = FileTime.from(Instant.now());

  synchronized long size() {
    return size;
  }

  synchronized FileTime changed() {
    return changed;
  }

  /** Reads from a position on; -1 at or behind the end. */
  synchronized int read(ByteBuffer to, long from) {
    if (from >= size) {
      return to.hasRemaining() ? -1 : 0;
    }
    int count = (int) Math.min(to.remaining(), size - from);
    long at = from;
    for (int left = count; left > 0; ) {
      int within = (int) (at % BLOCK);
      int part = Math.min(left, BLOCK - within);
      to.put(blocks.get((int) (at / BLOCK)), within, part);
      at += part;
      left -= part;
    }
    return count;
  }

  /** Writes from a position on; what lies between the end and it becomes zeros. */
  synchronized int write(ByteBuffer from, long position) {
    int count = from.remaining();
    grow(position + count);
    long at = position;
    while (from.hasRemaining()) {
      int within = (int) (at % BLOCK);
      int part = Math.min(from.remaining(), BLOCK - within);
      from.get(blocks.get((int) (at / BLOCK)), within, part);
      at += part;
    }
    changed = FileTime.from(Instant.now());
    return count;
  }

  /** Writes behind the last byte. */
  synchronized int append(ByteBuffer from) {
    return write(from, size);
  }

  private void grow(long least) {
    while ((long) blocks.size() * BLOCK < least) {
      blocks.add(new byte[BLOCK]);
    }
    size = Math.max(size, least);
  }

  /** Cuts the file to a size it has not reached. */
  synchronized void truncate(long newSize) {
    if (newSize < size) {
      int kept = (int) ((newSize + BLOCK - 1) / BLOCK);
      blocks.subList(kept, blocks.size()).clear();
      int within = (int) (newSize % BLOCK);
      if (within > 0) {
        Arrays.fill(blocks.get(kept - 1), within, BLOCK, (byte) 0);
      }
      size = newSize;
      changed = FileTime.from(Instant.now());
    }
  }
}
