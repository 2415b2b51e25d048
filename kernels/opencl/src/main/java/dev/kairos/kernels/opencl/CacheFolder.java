// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where compiled kernels, tuned tiles and the native library are kept from one start to the next:
 * the folder that the system property {@code kairos.opencl.cache} names, else {@code kairos/opencl}
 * in {@code XDG_CACHE_HOME} or {@code ~/.cache}. Only its owner can write there.
 */
public final class CacheFolder {
  private CacheFolder() {}

  /** The folder, made if it was missing; empty where none can be made. */
  public static Optional<Path> open() {
    try {
      Path folder = place();
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
          Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
      }
      return Files.isWritable(folder) ? Optional.of(folder) : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // it only makes the next start faster
    }
  }

  private static Path place() {
    String named = System.getProperty("kairos.opencl.cache", "");
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    Path root =
        cache == null || cache.isEmpty()
            ? Path.of(System.getProperty("user.home", ""), ".cache")
            : Path.of(cache);
    return root.resolve("kairos").resolve("opencl");
  }
}
