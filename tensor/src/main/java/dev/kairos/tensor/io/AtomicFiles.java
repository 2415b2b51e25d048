// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files atomically: the whole file appears under its name, or nothing does. The content goes
 * to a temporary file beside the target, is forced to the disk and then renamed over it; a reader,
 * or the next start after a power cut, sees the old file or the new one and never a part.
 */
public final class AtomicFiles {
  private static final int BUFFER_BYTES = 1 << 16;

  private AtomicFiles() {}

  /** Writes the content of one file. */
  @FunctionalInterface
  public interface Writer {
    /** Writes everything to {@code out}; closing it is allowed and does no harm. */
    void write(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, new or in place of an old one. After a failure, of the disk or of {@code body},
   * the target is as it was before and nothing else is left behind. A link is followed: the file
   * that it names is replaced.
   *
   * @param target a regular file or a name not yet in use, in a folder that exists
   * @throws IOException naming {@code target}, when it cannot be written
   */
  public static void write(Path target, Writer body) throws IOException {
    Path file = resolve(target);
    Path folder = folderOf(target, file);
    try {
      replace(file, folder, body);
    } catch (IOException e) {
      throw new IOException(target + ": cannot be written: " + reason(e), e);
    }
  }

  /** Writes a text as UTF-8. */
  public static void writeString(Path target, String text) throws IOException {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Removes the temporary files that killed processes left in a folder. What a living process of
   * this machine is about to move into place stays.
   *
   * @return how many there were
   */
  public static int removeLeftOvers(Path folder) throws IOException {
    int removed = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, TemporaryFile::is)) {
      for (Path file : files) {
        removed += remove(file) ? 1 : 0;
      }
    }
    return removed;
  }

  private static boolean remove(Path file) throws IOException {
    try {
      return !TemporaryFile.isBeingWritten(file) && Files.deleteIfExists(file);
    } catch (NoSuchFileException moved) {
      return false; // it was being written, and is in its place now
    }
  }

  /** Whether a file is one that {@link #write} has not moved into its place, or never will. */
  public static boolean isTemporary(Path file) {
    return TemporaryFile.is(file);
  }

  private static Path resolve(Path target) throws IOException {
    if (Files.isDirectory(target)) {
      throw new IOException(target + ": cannot be written: is a folder");
    }
    boolean link = Files.isSymbolicLink(target);
    if (link && !Files.exists(target)) {
      throw new IOException(target + ": cannot be written: is a link to a file that is not there");
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw new IOException(target + ": cannot be written: is not a regular file");
    }
    return link ? target.toRealPath() : target.toAbsolutePath();
  }

  private static Path folderOf(Path target, Path file) throws IOException {
    Path folder = file.getParent();
    if (folder == null || file.getFileName() == null) {
      throw new IOException(target + ": cannot be written: names no file");
    }
    if (!Files.isDirectory(folder)) {
      String problem = Files.exists(folder) ? " is not a folder" : " does not exist";
      throw new IOException(target + ": cannot be written: " + folder + problem);
    }
    return folder;
  }

  private static void replace(Path file, Path folder, Writer body) throws IOException {
    Path temporary = createUnused(folder);
    try {
      fill(temporary, body);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException | Error e) {
      removeAfter(temporary, e);
      throw e;
    }
    forceFolder(folder);
  }

  /** Unlike {@code Files.createTempFile}, leaves the permissions to the user's mask. */
  private static Path createUnused(Path folder) throws IOException {
    long n = System.nanoTime();
    while (true) {
      try {
        return Files.createFile(folder.resolve(TemporaryFile.name(n)));
      } catch (FileAlreadyExistsException taken) {
        n++; // another thread came first in this nanosecond
      }
    }
  }

  private static void fill(Path temporary, Writer body) throws IOException {
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
      body.write(new Unclosable(out));
      out.flush();
      channel.force(true);
    }
  }

  /** Makes the rename itself durable. Only POSIX systems let a folder be opened for that. */
  private static void forceFolder(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static void removeAfter(Path temporary, Throwable failure) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  /** Lets a body wrap and close the stream while the file is still to be forced to the disk. */
  private static final class Unclosable extends FilterOutputStream {
    Unclosable(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
