// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.tal.Segment;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmbiguousFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "video,start,end\nv1,1.5,2\nv2,0,9\nv1,5,5\n",
        "v1  1.5  2\nv2 0 9\r\n\nv1\t5 5",
        "v1, 1.5, 2\nv2, 0, 9\nv1, 5, 5"
      })
  void readsTablesAndLists(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), text);
    assertEquals(
        Map.of(
            "v1", List.of(new Segment(1.5, 2), new Segment(5, 5)),
            "v2", List.of(new Segment(0, 9))),
        AmbiguousFile.read(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1 1", "v1 2 1", "v1 a b", "v1 1 2 3", "v1 NaN 2", "v1 1 Infinity"})
  void namesTheLineThatIsWrong(String line) throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "v0 1 2\n" + line);
    DataFormatException e = assertThrows(DataFormatException.class, () -> AmbiguousFile.read(file));
    assertTrue(e.getMessage().contains("line 2"), e.getMessage());
  }

  @Test
  void aFolderIsRefused() {
    assertThrows(DataFormatException.class, () -> AmbiguousFile.read(folder));
  }
}
