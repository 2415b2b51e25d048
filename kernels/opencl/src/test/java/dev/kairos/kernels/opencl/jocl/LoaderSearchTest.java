// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.jocl;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loader is looked for without touching native code. */
class LoaderSearchTest {
  @TempDir Path folder = Path.of("");

  @Test
  void inAFolder() throws IOException {
    assertFalse(LoaderSearch.isIn(folder));
    assertFalse(LoaderSearch.isIn(folder.resolve("missing")));
    Files.createFile(folder.resolve("libOpenGL.so.1"));
    assertFalse(LoaderSearch.isIn(folder));
    Files.createFile(folder.resolve("libOpenCL.so.1"));
    assertTrue(LoaderSearch.isIn(folder));
  }

  @Test
  void inTheListOfTheLinker() throws IOException {
    Path cache = folder.resolve("cache");
    assertFalse(LoaderSearch.isNamedIn(cache));
    Files.write(cache, new byte[] {0, (byte) 200, 'l', 'i', 'b', 'm', '.', 's', 'o', 0});
    assertFalse(LoaderSearch.isNamedIn(cache));
    Files.writeString(cache, "\0/usr/lib/libOpenCL.so.1\0");
    assertTrue(LoaderSearch.isNamedIn(cache));
  }
}
