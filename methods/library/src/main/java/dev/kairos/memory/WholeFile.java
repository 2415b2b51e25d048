// SPDX-License-Identifier: Apache-2.0
package dev.kairos.memory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A file of a store that knows streams only, as a channel: while it is open all of its bytes are in
 * memory.
 */
public final class WholeFile {
  private static final int PART = 1 << 16;

  private WholeFile() {}

  /** Opens the place where a file goes. */
  @FunctionalInterface
  public interface Target {
    /** A stream that makes the file, or takes the place of one. */
    OutputStream open() throws IOException;
  }

  /** A channel to read from, with everything that a stream gives; the stream is read to its end. */
  public static FileChannel read(InputStream stream) throws IOException {
    MemoryContent content = new MemoryContent();
    ByteBuffer part = ByteBuffer.allocate(PART);
    for (int n = stream.read(part.array()); n >= 0; n = stream.read(part.array())) {
      content.append(part.clear().limit(n));
    }
    return new MemoryChannel(content, Set.of(StandardOpenOption.READ), () -> {});
  }

  /** A channel to write to, of which a file is made when it is closed. */
  public static FileChannel write(Target target) {
    MemoryContent content = new MemoryContent();
    return new MemoryChannel(
        content, Set.of(StandardOpenOption.WRITE), () -> copy(content, target));
  }

  private static void copy(MemoryContent content, Target target) throws IOException {
    try (FileChannel from = new MemoryChannel(content, Set.of(StandardOpenOption.READ), () -> {});
        OutputStream out = target.open()) {
      long sent = from.transferTo(0, content.size(), Channels.newChannel(out));
      if (sent != content.size()) {
        throw new IOException("wrote " + sent + " of " + content.size() + " bytes");
      }
    }
  }
}
