// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.run.RunLock;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder that a demo fills, and may empty again: a list in it names what the demo made. */
final class DemoFolder implements AutoCloseable {
  static final String LIST = ".kairos-demo";

  private final Path folder;
  private final RunLock lock;
  private final List<String> made = new ArrayList<>();

  private DemoFolder(Path folder, RunLock lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Makes the folder, or removes from it what an earlier demo made and nothing else.
   *
   * @throws DataFormatException if the folder holds files and was not made by a demo, or if another
   *     demo fills it now
   */
  static DemoFolder prepare(Path folder) throws IOException {
    requireOwn(folder);
    RunLock lock = RunFolder.lock(folder);
    try {
      requireOwn(folder); // again, since another demo may have been quicker
      Path list = folder.resolve(LIST);
      if (Files.isRegularFile(list)) {
        for (String name : Files.readAllLines(list)) {
          if (name.matches("[\\w-][\\w.-]*")) { // one of its own entries, and nowhere else
            delete(folder.resolve(name));
          }
        }
      }
      AtomicFiles.writeString(list, "");
      return new DemoFolder(folder, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** A training of an earlier demo may have been gone on with, and be under way. */
  private static void delete(Path entry) throws IOException {
    if (Files.isDirectory(entry)) {
      try (RunLock own = RunFolder.lock(entry)) {
        FileTree.delete(entry);
      }
    } else {
      FileTree.delete(entry);
    }
  }

  private static void requireOwn(Path folder) throws IOException {
    if (Files.exists(folder)
        && !Files.isRegularFile(folder.resolve(LIST))
        && !RunFolder.isEmpty(folder)) {
      throw DataFormatException.of(
          "KDATA-923",
          folder,
          Files.isDirectory(folder)
              ? "already holds files that no demo made"
              : "is a file, expected a folder for the demo",
          "name another --out");
    }
  }

  /** A file or folder of the demo, put on the list before it is made. */
  Path add(String name) throws IOException {
    made.add(name);
    AtomicFiles.writeString(folder.resolve(LIST), String.join("\n", made) + "\n");
    Path path = folder.resolve(name);
    if (Files.exists(path)) {
      throw DataFormatException.of(
          "KDATA-923", path, "exists and was not made by a demo", "name another --out");
    }
    return path;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
