// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.opencl.jocl.Jocl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Compiled kernels from one start to the next. */
@ExtendWith(OpenClHere.class)
class ProgramCacheTest {
  private static final String FOLDER = "kairos.opencl.cache";

  @TempDir Path parent = Path.of("");
  private Path cache = Path.of("");
  private String before = "";

  @BeforeEach
  void own() {
    before = System.getProperty(FOLDER, "");
    cache = parent.resolve("cache");
    System.setProperty(FOLDER, cache.toString());
  }

  @AfterEach
  void restore() {
    System.setProperty(FOLDER, before);
  }

  private static void open() {
    OpenClBackend.open("opencl", Jocl.device("")).close();
  }

  private List<Path> binaries() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.filter(file -> file.toString().endsWith(".bin")).sorted().toList();
    }
  }

  @Test
  void whatWasCompiledIsKeptAndUsedAgain() throws IOException {
    open();
    List<Path> first = binaries();
    assertFalse(first.isEmpty());
    for (Path file : first) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
    }
    open();
    assertEquals(first, binaries());
    for (Path file : first) {
      assertEquals(1000, Files.getLastModifiedTime(file).toMillis(), file + " was written again");
    }
  }

  @Test
  void aDamagedFileIsCompiledAgain() throws IOException {
    open();
    for (Path file : binaries()) {
      Files.write(file, new byte[] {1, 2, 3});
    }
    open();
    for (Path file : binaries()) {
      assertTrue(Files.size(file) > 3, file + " is still damaged");
    }
  }

  /** Where nothing can be written, everything is compiled each time. */
  @Test
  void withoutAFolderItWorks() throws IOException {
    Path file = Files.createFile(parent.resolve("file"));
    System.setProperty(FOLDER, file.resolve("below").toString());
    open();
  }
}
