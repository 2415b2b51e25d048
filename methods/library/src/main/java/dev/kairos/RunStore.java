// SPDX-License-Identifier: Apache-2.0
package dev.kairos;

import dev.kairos.memory.MemoryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where a run is kept when no folder was named: in memory, as files all the same. */
final class RunStore {
  private RunStore() {}

  /** A place for one run; its memory is given back when nobody knows the place any more. */
  static Path inMemory() {
    return new MemoryFiles().getPath("/run");
  }

  /** Copies the files of a folder to a folder that is not there yet or empty. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      List<Path> files = all.filter(Files::isRegularFile).toList();
      for (Path file : files) {
        Path target = to.resolve(from.relativize(file).toString());
        Path folder = target.getParent();
        if (folder != null) {
          Files.createDirectories(folder);
        }
        Files.copy(file, target);
      }
    }
  }
}
