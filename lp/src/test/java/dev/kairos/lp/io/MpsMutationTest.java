// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.NetlibFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files, damaged: each is either read or refused in one way, with file and line. */
class MpsMutationTest {
  private static final int ROUNDS = 20;

  @TempDir Path folder;

  @Test
  void damagedFilesAreReadOrRefused() throws IOException {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    int refused = 0;
    int read = 0;
    for (Path original : NetlibFolder.feasible()) {
      byte[] packed = Files.readAllBytes(original);
      byte[] text = unpacked(original);
      if (text.length > 400_000) {
        continue;
      }
      for (int round = 0; round < ROUNDS; round++) {
        boolean compressed = round % 10 == 9;
        Path file = folder.resolve(compressed ? "m.mps.gz" : "m.mps");
        Files.write(file, damaged(compressed ? packed : text, random));
        String which = original + ", seed " + seed + ", round " + round;
        if (refused(file, which)) {
          refused++;
        } else {
          read++;
        }
      }
    }
    assertTrue(refused > 200 && read > 20, refused + " refused, " + read + " read");
  }

  private static boolean refused(Path file, String which) {
    try {
      Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Mps.read(file), which);
      return false;
    } catch (MpsException e) {
      assertTrue(e.code().matches("KLP-00[1-8]"), which + ": " + e);
      assertTrue(e.getMessage().startsWith(file.toString()), which + ": " + e);
      assertFalse(e.problem().isEmpty() || e.problem().contains("\n"), which + ": " + e);
      return true;
    }
  }

  private static byte[] unpacked(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    }
  }

  private static byte[] damaged(byte[] original, SplittableRandom random) {
    byte[] bytes = original.clone();
    int at = random.nextInt(bytes.length);
    List<String> pieces =
        List.of(
            "\n", " ", "NaN", "1e999", "RHS\n", "ENDATA\n", "BOUNDS\n", "\t-\0", "'MARKER'", "é");
    switch (random.nextInt(6)) {
      case 0 -> bytes[at] = (byte) random.nextInt(256);
      case 1 -> {
        for (int k = 0; k < 20; k++) {
          bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(95));
        }
      }
      case 2 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 3 -> {
        return joined(bytes, at, new byte[0], Math.min(bytes.length, at + 1 + random.nextInt(200)));
      }
      case 4 -> {
        byte[] piece = pieces.get(random.nextInt(pieces.size())).getBytes(StandardCharsets.UTF_8);
        return joined(bytes, at, piece, at);
      }
      default -> {
        int to = Math.min(bytes.length, at + random.nextInt(300));
        return joined(bytes, to, Arrays.copyOfRange(bytes, at, to), to);
      }
    }
    return bytes;
  }

  /** The bytes before {@code at}, a piece, and the bytes after {@code from}. */
  private static byte[] joined(byte[] bytes, int at, byte[] piece, int from) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    out.writeBytes(piece);
    out.write(bytes, from, bytes.length - from);
    return out.toByteArray();
  }
}
