// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.contract.Campaign;
import dev.kairos.tensor.io.DataFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not CLIP's; the real one is read by the golden test. */
class ClipVocabularyTest {
  @TempDir Path folder;

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void assertRefused(byte[] bytes, String problem) throws IOException {
    Path file = folder.resolve("vocabulary");
    Files.write(file, bytes);
    DataFormatException e =
        assertThrows(DataFormatException.class, () -> ClipVocabulary.read(file));
    assertEquals("KFMT-411", e.code());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(problem) && message.startsWith(file + ": "), message);
    assertTrue(e.hint().orElseThrow().contains("924691ac288e5440"), e.hint().orElseThrow());
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    assertRefused(new byte[0], "has 0 lines, expected 48895 or more");
    assertRefused(bytes("#version\na b\n"), "has 2 lines");
    assertRefused(zipped(bytes("#version\na b\n")), "has 2 lines");
    byte[] pairs = bytes("a b\n".repeat(ClipVocabulary.MERGES + 1));
    assertRefused(pairs, "not CLIP's: SHA-256");
    byte[] zipped = zipped(pairs);
    assertRefused(Arrays.copyOf(zipped, zipped.length / 2), "damaged");
    zipped[2] = 0;
    assertRefused(zipped, "damaged");
    assertRefused(new byte[] {(byte) 0xff, (byte) 0xfe, 0}, "neither gzip nor UTF-8");
    assertRefused(new byte[(1 << 24) + 1], "more than");
    assertRefused(zipped(new byte[1 << 25]), "more than"); // a bomb is not read to its end
  }

  @Test
  void noFile() {
    Path file = folder.resolve("none");
    DataFormatException e =
        assertThrows(DataFormatException.class, () -> ClipVocabulary.read(file));
    assertTrue(String.valueOf(e.getMessage()).contains("no such file"));
    assertThrows(DataFormatException.class, () -> ClipVocabulary.read(folder));
  }

  @Test
  void damagedFilesAreRefusedInOneLine() throws IOException {
    Path file = folder.resolve("vocabulary");
    byte[] whole = zipped(bytes("\u00e9 b\n".repeat(300)));
    Campaign.run(
        0,
        300,
        random -> {
          byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
          for (int n = random.nextInt(4); n > 0; n--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
          }
          Files.write(file, damaged);
          DataFormatException e =
              assertThrows(DataFormatException.class, () -> ClipVocabulary.read(file));
          String message = String.valueOf(e.getMessage());
          assertFalse(message.chars().anyMatch(Character::isISOControl), message);
          assertTrue(message.length() < 1000, message);
        });
  }
}
