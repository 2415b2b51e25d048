// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.jocl;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/**
 * Looks for the OpenCL loader of a Linux system before JOCL does: where there is none, JOCL's
 * native code writes about it to the standard output, into whatever a program prints there.
 */
final class LoaderSearch {
  private static final String LOADER = "libOpenCL.so";
  private static final Path CACHE = Path.of("/etc/ld.so.cache");

  private LoaderSearch() {}

  /** False only where the loader is surely missing. */
  static boolean mayBeHere() {
    if (!System.getProperty("os.name", "").startsWith("Linux")) {
      return true;
    }
    List<Path> folders = new ArrayList<>();
    add(folders, System.getenv().getOrDefault("LD_LIBRARY_PATH", ""));
    add(folders, System.getProperty("java.library.path", ""));
    add(folders, "/usr/local/lib:/usr/local/nvidia/lib64:/usr/local/cuda/lib64");
    return isNamedIn(CACHE) || folders.stream().anyMatch(LoaderSearch::isIn);
  }

  private static void add(List<Path> folders, String path) {
    StringTokenizer entries = new StringTokenizer(path, File.pathSeparator);
    while (entries.hasMoreTokens()) {
      folders.add(Path.of(entries.nextToken()));
    }
  }

  /** Whether the list of all libraries that the system's linker finds by name has the loader. */
  static boolean isNamedIn(Path cache) {
    try {
      return Files.isRegularFile(cache)
          && new String(Files.readAllBytes(cache), StandardCharsets.ISO_8859_1).contains(LOADER);
    } catch (IOException e) {
      return true; // nobody can tell
    }
  }

  /** Whether a folder holds the loader, with or without a version. */
  static boolean isIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, LOADER + "*")) {
      return found.iterator().hasNext();
    } catch (IOException e) {
      return true;
    }
  }
}
