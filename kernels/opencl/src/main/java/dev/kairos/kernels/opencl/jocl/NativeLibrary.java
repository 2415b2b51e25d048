// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.jocl;

import dev.kairos.kernels.opencl.CacheFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jocl.CL;

/**
 * Loads JOCL's native library from a folder of this process alone. JOCL unpacks it under a fixed
 * name in the temporary folder of the system and takes whatever file is there: another user's, or
 * one that another process is just writing, or was when it was killed.
 */
final class NativeLibrary {
  private static final String TEMPORARY = "java.io.tmpdir";

  private NativeLibrary() {}

  /**
   * Loads it.
   *
   * @throws LinkageError if it cannot be unpacked, or the system has no OpenCL loader
   */
  static synchronized void load() {
    Optional<Path> own = folder();
    String usual = System.getProperty(TEMPORARY);
    if (own.isEmpty() || usual == null) {
      CL.setExceptionsEnabled(true);
      return;
    }
    System.setProperty(TEMPORARY, own.get().toString());
    try {
      CL.setExceptionsEnabled(true);
    } finally {
      System.setProperty(TEMPORARY, usual);
      delete(own.get());
    }
  }

  private static Optional<Path> folder() {
    Optional<Path> cache = CacheFolder.open();
    try {
      return cache.isPresent()
          ? Optional.of(Files.createTempDirectory(cache.get(), "native"))
          : cache;
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What is loaded needs its file no more, but where the system keeps it until the JVM ends. */
  private static void delete(Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      return; // it lies in our own cache
    }
  }
}
