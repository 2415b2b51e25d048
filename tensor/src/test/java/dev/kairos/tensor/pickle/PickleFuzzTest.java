// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.contract.Campaign;
import dev.kairos.tensor.io.DataFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Damaged pickles: each is read as values or refused as a file, whatever stands in it. {@code
 * -Dkairos.fuzz.rounds} makes it try more.
 */
@Timeout(value = 4, unit = TimeUnit.HOURS)
class PickleFuzzTest {
  private static final int ROUNDS = 4000;
  private static final Path FILE = Path.of("fuzzed.pkl");

  /** Instructions, so that damage is not only to what they carry. */
  private static final byte[] OPCODES =
      "(.012FIJKLMNPQRSTUVXabcdeghijlopqrstu])}BCG\u0080\u0081\u0082\u0085\u0086\u0087\u0088\u0089\u008a\u008b\u008c\u008d\u008e\u008f\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098"
          .getBytes(StandardCharsets.ISO_8859_1);

  private static final List<String> PARTS =
      List.of(
          "cos\nsystem\n",
          "cdev.kairos.tensor.pickle\nTripwire$Loaded\n",
          "ccollections\nOrderedDict\n",
          "cnumpy\ndtype\n",
          "cnumpy.core.multiarray\nscalar\n",
          "ctorch._utils\n_rebuild_tensor_v2\n",
          "\u008a\u00ff",
          "B\u00ff\u00ff\u00ff\u007f",
          "J\u00ff\u00ff\u00ff\u007f",
          "p0\ng0\na");

  @Test
  void refusesOrReads() throws IOException {
    List<byte[]> whole =
        List.of(
            Golden.bytes("pickle/p0.pkl"),
            Golden.bytes("pickle/p1.pkl"),
            Golden.bytes("pickle/p2.pkl"),
            Golden.bytes("pickle/p4.pkl"),
            Golden.bytes("pickle/p5.pkl"),
            Golden.bytes("pickle/stranger.pkl"),
            torch("torch/types_stream.pt"),
            torch("torch/checkpoint_stream.pt"));
    Campaign.run(0, ROUNDS, random -> check(mutate(whole.get(random.nextInt(8)), random)));
    assertFalse(Tripwire.touched());
  }

  /** The pickle of the content: the fourth of the file, from the first instruction on. */
  private static byte[] torch(String name) throws IOException {
    byte[] file = Golden.bytes(name);
    PickleReader reader =
        new PickleReader(FILE, "", new ByteArrayInputStream(file), file.length, true);
    for (int i = 0; i < 3; i++) {
      reader.next();
    }
    return Arrays.copyOfRange(file, (int) reader.position(), file.length);
  }

  private static void check(byte[] bytes) throws IOException {
    try {
      new PickleReader(FILE, "", new ByteArrayInputStream(bytes), bytes.length, true).next();
    } catch (DataFormatException e) {
      String message = String.valueOf(e.getMessage());
      assertEquals(1, message.lines().count(), message);
      assertTrue(message.length() < 1000, message);
    }
  }

  private static byte[] mutate(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole.clone();
    for (int n = random.nextInt(1, 6); n > 0; n--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2, 3 -> bytes[at] = OPCODES[random.nextInt(OPCODES.length)];
        case 4 -> {
          int from = random.nextInt(whole.length);
          int end = Math.min(whole.length, from + random.nextInt(1, 33));
          bytes = inserted(bytes, at, Arrays.copyOfRange(whole, from, end));
        }
        default -> {
          String part = PARTS.get(random.nextInt(PARTS.size()));
          bytes = inserted(bytes, at, part.getBytes(StandardCharsets.ISO_8859_1));
        }
      }
    }
    return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(2 * bytes.length)) : bytes;
  }

  private static byte[] inserted(byte[] bytes, int at, byte[] part) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + part.length);
    System.arraycopy(part, 0, longer, at, part.length);
    System.arraycopy(bytes, at, longer, at + part.length, bytes.length - at);
    return longer;
  }
}
