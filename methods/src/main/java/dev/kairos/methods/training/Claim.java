// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The right to write into a run folder; the system takes it back from a process that dies. */
final class Claim implements AutoCloseable {
  private static final String LOCK = ".lock";

  private final FileChannel channel;

  private Claim(FileChannel channel) {
    this.channel = channel;
  }

  static Claim of(Path folder) throws IOException {
    Path file = folder.resolve(LOCK);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (isTaken(channel)) {
      channel.close();
      throw DataFormatException.of(
          "KDATA-209",
          folder,
          "another process is training this run",
          "wait for it, or name another --out");
    }
    return new Claim(channel);
  }

  private static boolean isTaken(FileChannel channel) {
    try {
      @Nullable FileLock lock = channel.tryLock(); // lives as long as the channel
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      return false; // a file system without locks: two runs in one folder are the user's affair
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
