// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.data.Refused;
import dev.kairos.tensor.io.DataFormatException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {
  private static final Path FOLDER = Path.of("a", "b");

  @Test
  void anIdNamesAFileInItsFolder() {
    assertEquals(FOLDER.resolve("v_1 (é).x.npy"), FileNames.npy(FOLDER, "v_1 (é).x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret",
        "/abs/secret",
        "./x",
        "a/b",
        "..",
        ".",
        "",
        " ",
        " a",
        "a\n",
        "a\0b",
        "C:x",
        "a\\b",
        "\ud800"
      })
  void anIdThatLeadsElsewhereIsRefused(String id) {
    Refused.with("KDATA-115", () -> FileNames.npy(FOLDER, id), "no file can be named after");
  }

  @Test
  void aLongIdIsRefusedBeforeTheFileSystemRefusesIt() {
    Refused.with("KDATA-115", () -> FileNames.npy(FOLDER, "x".repeat(9000)), "200 characters");
    Refused.with("KDATA-115", () -> FileNames.npy(FOLDER, "\u4e2d".repeat(100)), "240 bytes");
  }

  @Test
  void noIdLeavesItsFolder() {
    SplittableRandom random = new SplittableRandom(17);
    String alphabet = "./\\:a \0\n\u00e9\ud83d\ude00";
    int kept = 0;
    for (int round = 0; round < 100_000; round++) {
      StringBuilder id = new StringBuilder();
      for (int n = random.nextInt(6); n > 0; n--) {
        id.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        Path file = FileNames.npy(FOLDER, id.toString());
        assertEquals(FOLDER, file.normalize().getParent(), id.toString());
        assertEquals(id + ".npy", String.valueOf(file.getFileName()));
        kept++;
      } catch (DataFormatException e) {
        assertEquals("KDATA-115", e.code());
      }
    }
    assertTrue(kept > 1000, "kept " + kept);
  }
}
