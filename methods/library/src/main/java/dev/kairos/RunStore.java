// SPDX-License-Identifier: Apache-2.0
package dev.kairos;

import dev.kairos.memory.MemoryFiles;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.run.RunLock;
import dev.kairos.tensor.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where a run is kept when no folder was named: in memory, as files all the same. */
final class RunStore {
  private RunStore() {}

  /** A place for one run; its memory is given back when nobody knows the place any more. */
  static Path inMemory() {
    return new MemoryFiles().getPath("/run");
  }

  /**
   * Copies a run into a folder, which is a run itself only when all of it is there.
   *
   * @param to not there yet, or empty
   * @throws dev.kairos.kernels.KairosException if it holds files, or somebody else writes there
   */
  static void copy(Path run, Path to) throws IOException {
    RunFolder.requireUnused(to);
    try (RunLock lock = RunFolder.lock(to)) {
      RunFolder.requireUnused(to); // again: another may have been quicker
      for (Path file : files(run)) {
        Path target = to.resolve(run.relativize(file).toString());
        Path folder = target.getParent();
        if (folder != null) {
          Files.createDirectories(folder);
        }
        AtomicFiles.write(target, out -> Files.copy(file, out));
      }
    }
  }

  /** The files of a run but its lock; the settings, by which it is known, come last. */
  private static List<Path> files(Path run) throws IOException {
    Path config = run.resolve(RunFolder.CONFIG);
    try (Stream<Path> all = Files.walk(run)) {
      return all.filter(file -> Files.isRegularFile(file) && !RunLock.isLock(file))
          .sorted(Comparator.comparing(config::equals))
          .toList();
    }
  }
}
