// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.training.RunFolder;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder that a demo fills, and may empty again: a list in it names what the demo made. */
final class DemoFolder {
  static final String LIST = ".kairos-demo";

  private final Path folder;
  private final List<String> made = new ArrayList<>();

  private DemoFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder, or removes from it what an earlier demo made and nothing else.
   *
   * @throws DataFormatException if the folder holds files and was not made by a demo
   */
  static DemoFolder prepare(Path folder) throws IOException {
    Path list = folder.resolve(LIST);
    if (Files.isRegularFile(list)) {
      for (String name : Files.readAllLines(list)) {
        if (name.matches("[\\w-][\\w.-]*")) { // one of its own entries, and nowhere else
          FileTree.delete(folder.resolve(name));
        }
      }
    } else if (Files.exists(folder) && !RunFolder.isEmpty(folder)) {
      throw DataFormatException.of(
          "KDATA-923",
          folder,
          Files.isDirectory(folder)
              ? "already holds files that no demo made"
              : "is a file, expected a folder for the demo",
          "name another --out");
    }
    Files.createDirectories(folder);
    DemoFolder demo = new DemoFolder(folder);
    AtomicFiles.writeString(list, "");
    return demo;
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
}
