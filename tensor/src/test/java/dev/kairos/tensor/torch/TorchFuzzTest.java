// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.contract.Campaign;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files of both forms: each is read or refused as a file. */
@Timeout(value = 4, unit = TimeUnit.HOURS)
class TorchFuzzTest {
  private static final int ROUNDS = 1000;

  @TempDir Path folder;

  @Test
  void refusesOrReads() throws IOException {
    List<byte[]> whole =
        List.of(
            TorchFileTest.bytes("views.pt"),
            TorchFileTest.bytes("types.pt"),
            TorchFileTest.bytes("views_stream.pt"),
            TorchFileTest.bytes("types_stream.pt"));
    Campaign.run(0, ROUNDS, random -> check(mutate(whole.get(random.nextInt(4)), random)));
  }

  private void check(byte[] bytes) throws IOException {
    Path path = folder.resolve("fuzzed.pt");
    Files.deleteIfExists(path);
    Files.write(path, bytes);
    try {
      TorchFile file = TorchFile.open(path);
      for (String name : file.arrays().keySet()) {
        file.read(name);
      }
    } catch (DataFormatException e) {
      String message = String.valueOf(e.getMessage());
      assertEquals(1, message.lines().count(), message);
      assertTrue(message.length() < 1000, message);
    }
  }

  private static byte[] mutate(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole.clone();
    for (int n = random.nextInt(1, 4); n > 0; n--) {
      int at = random.nextInt(bytes.length);
      bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : bytes[at] ^ 1);
    }
    return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }
}
