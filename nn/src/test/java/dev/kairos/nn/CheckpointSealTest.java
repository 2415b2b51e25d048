// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Safetensors;
import dev.kairos.tensor.io.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointSealTest {
  @TempDir Path folder;

  private static Map<String, NpyArray> arrays() {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("b", NpyArray.ofFloats(new float[] {1, -0f, Float.NaN, 0x1p-149f}, 2, 2));
    arrays.put("a", NpyArray.ofDoubles(new double[5000], 5000));
    arrays.put("none", NpyArray.ofFloats(new float[0], 0, 3));
    return arrays;
  }

  private Path write(Map<String, String> texts) throws IOException {
    Path file = folder.resolve("x.safetensors");
    Safetensors.write(file, arrays(), texts);
    return file;
  }

  private static void read(Path file) throws IOException {
    CheckpointSeal.check(file, Safetensors.read(file));
  }

  @Test
  void whatWasWrittenIsAccepted() throws IOException {
    Map<String, String> texts = CheckpointSeal.seal(arrays(), Map.of("step", "3", "empty", ""));
    assertEquals("3", texts.get("step"));
    read(write(texts));
    assertEquals(texts, CheckpointSeal.seal(arrays(), texts), "sealing again changes nothing");
  }

  @Test
  void aFileWithoutAHashIsTakenAsItIs() throws IOException {
    read(write(Map.of("step", "3")));
  }

  /** Whatever bit flips, the file is refused or still says the same. */
  @Test
  void noFlippedBitChangesWhatIsRead() throws IOException {
    Path file = write(CheckpointSeal.seal(arrays(), Map.of("step", "3")));
    SafetensorsFile original = Safetensors.read(file);
    byte[] bytes = Files.readAllBytes(file);
    int refused = 0;
    int tries = 0;
    for (int at = 0; at < bytes.length; at += at < 700 ? 1 : 997) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      Files.write(file, damaged);
      tries++;
      try {
        SafetensorsFile read = Safetensors.read(file);
        CheckpointSeal.check(file, read);
        if (read.metadata().containsKey(CheckpointSeal.KEY)) { // the one word that can be lost
          assertEquals(original.tensors(), read.tensors(), "byte " + at);
          assertEquals(original.metadata(), read.metadata(), "byte " + at);
        }
      } catch (DataFormatException e) {
        refused++;
      }
    }
    assertTrue(refused > tries - 40, refused + " of " + tries);
  }

  @Test
  void namesTheFileAndWhatToDo() throws IOException {
    Map<String, String> texts =
        new LinkedHashMap<>(CheckpointSeal.seal(arrays(), Map.of("step", "3")));
    texts.put("step", "4");
    Path file = write(texts);
    DataFormatException e = assertThrows(DataFormatException.class, () -> read(file));
    assertEquals("KFMT-304", e.code());
    assertTrue(e.getMessage().startsWith(file + ": SHA-256 differs"), e.getMessage());
    assertEquals("restore the file from a copy", e.hint().orElseThrow());
  }
}
