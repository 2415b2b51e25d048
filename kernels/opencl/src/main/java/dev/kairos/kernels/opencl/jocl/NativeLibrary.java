// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.jocl;

import dev.kairos.kernels.opencl.CacheFolder;
import java.nio.file.Path;
import java.util.Optional;
import org.jocl.CL;

/**
 * Loads JOCL's native library from a folder of one's own. JOCL unpacks it under a fixed name in the
 * temporary folder of the system and takes whatever file is there: another user's, or one that
 * another process is just writing.
 */
final class NativeLibrary {
  private static final String FOLDER = "java.io.tmpdir";

  private NativeLibrary() {}

  /**
   * Loads it.
   *
   * @throws LinkageError if it cannot be unpacked, or the system has no OpenCL loader
   */
  static synchronized void load() {
    Optional<Path> own = CacheFolder.open();
    String usual = System.getProperty(FOLDER);
    if (own.isEmpty() || usual == null) {
      CL.setExceptionsEnabled(true);
      return;
    }
    System.setProperty(FOLDER, own.get().toString());
    try {
      CL.setExceptionsEnabled(true);
    } finally {
      System.setProperty(FOLDER, usual);
    }
  }
}
