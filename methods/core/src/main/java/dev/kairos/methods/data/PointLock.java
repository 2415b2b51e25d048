// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.tensor.io.DataFormatException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to edit the points of a folder: a lock on a hidden file in it, which the system takes
 * back from a process that dies. Where the file system knows no locks everybody gets the right, and
 * the editor alone keeps others' changes.
 */
final class PointLock implements Closeable {
  static final String FILE_NAME = ".points.lock";

  private final Path file;
  private final FileChannel channel;

  private PointLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static PointLock of(Path folder) throws IOException {
    Path file = folder.resolve(FILE_NAME);
    FileChannel channel = open(folder, file);
    try {
      if (!isFree(channel)) {
        throw DataFormatException.of(
            "KDATA-142",
            folder.resolve(PointFile.FILE_NAME),
            "is being edited by another kairos label" + holder(file),
            "use its page, which several windows may show, or end it first");
      }
      channel.truncate(0);
      channel.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"));
      return new PointLock(file, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileChannel open(Path folder, Path file) throws IOException {
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (AccessDeniedException e) {
      throw new FileSystemException(folder.toString(), null, "the folder cannot be written to");
    }
  }

  private static boolean isFree(FileChannel channel) {
    try {
      // Behind the text, since some systems keep others from reading what is locked.
      FileLock lock = channel.tryLock(Long.MAX_VALUE - 1, 1, false);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // this process has it
    } catch (IOException e) {
      return true;
    }
  }

  private static String holder(Path file) throws IOException {
    String note = Files.readString(file).strip();
    return note.matches("\\d{1,10}") ? " (process " + note + ")" : "";
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    channel.close();
  }
}
