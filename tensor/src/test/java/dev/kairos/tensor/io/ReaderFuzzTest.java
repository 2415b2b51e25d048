// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.kairos.kernels.contract.Campaign;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files: each must be read as some array or be refused as a file, and in good time. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ReaderFuzzTest {
  private static final long SEED = 20261120;
  private static final int MUTATIONS = 1000;
  private static final byte[] TELLING = {0, 1, -1, 127, -128, '9', '{', '}', '(', ')', '-', '"'};

  @TempDir Path folder;

  @FunctionalInterface
  private interface Reader {
    Object read(Path file) throws IOException;
  }

  @Test
  void npy() throws IOException {
    Path file = folder.resolve("x");
    Npy.write(file, NpyArray.ofFloats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
    fuzz(Files.readAllBytes(file), Npy::read);
    fuzz(Files.readAllBytes(file), Npy::readHeader);
    Npy.write(file, NpyArray.ofStrings(new String[] {"ab", "c"}, 2));
    fuzz(Files.readAllBytes(file), Npy::read);
    Npy.write(file, NpyArray.ofInts(new int[] {1, 0}, 2).as(ElementType.BOOL));
    fuzz(Files.readAllBytes(file), Npy::read);
  }

  @Test
  void npz() throws IOException {
    Path file = folder.resolve("x");
    Map<String, NpyArray> arrays =
        Map.of(
            "acc", NpyArray.ofFloats(new float[] {1, 2, 3}, 3), "b", NpyArray.ofInts(new int[1]));
    Npz.write(file, arrays);
    fuzz(Files.readAllBytes(file), Npz::read);
    Npz.writeDeflated(file, arrays);
    fuzz(Files.readAllBytes(file), Npz::read);
    fuzz(Files.readAllBytes(file), Npz::readHeaders);
  }

  @Test
  void safetensors() throws IOException {
    Path file = folder.resolve("x");
    Map<String, NpyArray> tensors =
        Map.of("w", NpyArray.ofFloats(new float[] {1, 2}, 2), "b", NpyArray.ofInts(new int[1]));
    Safetensors.write(file, tensors, Map.of("k", "v"));
    byte[] bytes = Files.readAllBytes(file);
    fuzz(bytes, Safetensors::read);
    String other = new String(bytes, StandardCharsets.ISO_8859_1).replace("F32", "X32");
    fuzz(other.getBytes(StandardCharsets.ISO_8859_1), Safetensors::read);
    fuzz(bytes, Safetensors::readHeader);
  }

  /** Headers put together from the format's own words, in any order and number. */
  @Test
  void npyHeadersOfRandomWords() {
    String[] words = {
      "'descr'", "'fortran_order'", "'shape'", ":", ",", "(", ")", "{", "}", "'<f4'", "'f4'",
      "'|O8'", "'=U2'", "'S0'", "'float32'", "'|'", "'<'", "'U99999999'", "True", "False", "1",
          "-1",
      "2147483647", "0", "[", "]", "'", " ", "65536"
    };
    for (long seed : Campaign.seeds(0, 2000)) {
      SplittableRandom random = new SplittableRandom(seed);
      String type = words[9 + random.nextInt(9)];
      StringBuilder text =
          new StringBuilder("{'descr':" + type + ",'fortran_order':False,'shape':(1,)}");
      for (int n = random.nextInt(4); n > 0; n--) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(6));
        text.replace(at, end, words[random.nextInt(words.length)]);
      }
      byte[] header = text.toString().getBytes(StandardCharsets.ISO_8859_1);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
      out.writeBytes(new byte[] {(byte) header.length, 0});
      out.writeBytes(header);
      out.writeBytes(new byte[random.nextInt(3) * 4]);
      check(out.toByteArray(), Npy::read, "seed " + seed + ": " + text);
    }
  }

  /** The same for safetensors, with types that are not read and places that do not fit. */
  @Test
  void safetensorsHeadersOfRandomWords() {
    String[] words = {
      "'dtype'",
      "'shape'",
      "'data_offsets'",
      "'__metadata__'",
      "'F32'",
      "'F8_E4M3'",
      "'F4'",
      "'C64'",
      "'NEW'",
      "''",
      ":",
      ",",
      "[",
      "]",
      "{",
      "}",
      "0",
      "4",
      "8",
      "-1",
      "1e3",
      "9223372036854775807",
      "18446744073709551615",
      "null",
      "true",
      "'a'",
      "'k':'v'"
    };
    for (long seed : Campaign.seeds(0, 2000)) {
      SplittableRandom random = new SplittableRandom(seed);
      String type = words[4 + random.nextInt(5)];
      StringBuilder text =
          new StringBuilder(
              "{'a':{'dtype':"
                  + type
                  + ",'shape':[1],'data_offsets':[0,4]},"
                  + "'b':{'dtype':'F32','shape':[],'data_offsets':[4,8]}}");
      for (int n = random.nextInt(3); n > 0; n--) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(4));
        text.replace(at, end, words[random.nextInt(words.length)]);
      }
      byte[] header = text.toString().replace('\'', '"').getBytes(StandardCharsets.UTF_8);
      ByteBuffer bytes = ByteBuffer.allocate(16 + header.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.putLong(header.length).put(header);
      check(bytes.array(), Safetensors::read, "seed " + seed + ": " + text);
    }
  }

  private void check(byte[] bytes, Reader reader, String what) {
    try {
      refuses(bytes, reader, what);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every length, every byte set to telling values, and random damage of several bytes. */
  private void fuzz(byte[] whole, Reader reader) throws IOException {
    int refused = 0;
    for (int length = 0; length < whole.length; length++) {
      Path file = write(Arrays.copyOf(whole, length));
      assertThrows(DataFormatException.class, () -> reader.read(file), "cut at " + length);
    }
    for (int at = 0; at < whole.length; at++) {
      for (byte value : TELLING) {
        byte[] bytes = whole.clone();
        bytes[at] = value;
        refused += refuses(bytes, reader, "byte " + at + " set to " + value);
      }
    }
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < MUTATIONS; i++) {
      refused += refuses(mutate(whole, random), reader, "seed " + SEED + ", mutation " + i);
    }
    assertTrue(refused > MUTATIONS / 4, "only " + refused + " refused");
  }

  private static byte[] mutate(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole.clone();
    for (int n = random.nextInt(1, 6); n > 0; n--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at] = TELLING[random.nextInt(TELLING.length)];
        default -> {
          int to = random.nextInt(bytes.length);
          int length = Math.min(random.nextInt(1, 17), bytes.length - Math.max(at, to));
          System.arraycopy(whole, at, bytes, to, length);
        }
      }
    }
    return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(2 * bytes.length)) : bytes;
  }

  private int refuses(byte[] bytes, Reader reader, String what) throws IOException {
    Path file = write(bytes);
    try {
      reader.read(file);
      return 0;
    } catch (DataFormatException e) {
      assertEquals(1, e.getMessage().lines().count(), what);
      assertTrue(e.getMessage().length() < 1000, what);
      return 1;
    } catch (RuntimeException | Error | IOException e) {
      return fail(what, e);
    }
  }

  private Path write(byte[] bytes) throws IOException {
    Path file = folder.resolve("fuzzed");
    Files.deleteIfExists(file); // truncating it instead would wait for the disk on some systems
    return Files.write(file, bytes);
  }
}
