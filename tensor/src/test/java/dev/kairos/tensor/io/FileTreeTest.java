// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
  @TempDir Path folder;

  @Test
  void deletesAFolderButNothingThatItsLinksLeadTo() throws IOException {
    Path kept = Files.createDirectory(folder.resolve("kept"));
    Files.writeString(kept.resolve("a.txt"), "a");
    Path tree = Files.createDirectories(folder.resolve("tree/deep/deeper"));
    Files.writeString(tree.resolve("b.txt"), "b");
    Files.createSymbolicLink(tree.resolve("link"), kept);
    FileTree.delete(folder.resolve("tree"));
    assertFalse(Files.exists(folder.resolve("tree")));
    assertEquals("a", Files.readString(kept.resolve("a.txt")));
  }

  @Test
  void deletesOneFileAndMindsNoMissingOne() throws IOException {
    Path file = Files.writeString(folder.resolve("c.txt"), "c");
    FileTree.delete(file);
    FileTree.delete(file);
    assertFalse(Files.exists(file));
  }
}
