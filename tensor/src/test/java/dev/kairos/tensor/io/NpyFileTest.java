// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyFileTest {
  /** More than one chunk of four-byte elements, and no multiple of one. */
  private static final int LARGE = ElementCodec.CHUNK_BYTES / Float.BYTES + 1001;

  @TempDir Path folder;

  private Path write(String type, boolean bigEndian, boolean fortran, String shape, int count)
      throws IOException {
    int width = type.charAt(1) - '0';
    ByteBuffer data =
        ByteBuffer.allocate(count * width)
            .order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      double value = Math.sin(i) * (i % 100);
      switch (width) {
        case 2 -> data.putShort(Float16.of(value));
        case 4 -> data.putFloat((float) value);
        default -> data.putDouble(value);
      }
    }
    String header =
        "{'descr': '%s%s', 'fortran_order': %s, 'shape': %s}\n"
            .formatted(bigEndian ? ">" : "<", type, fortran ? "True" : "False", shape);
    ByteBuffer file = ByteBuffer.allocate(10 + header.length() + data.capacity());
    file.order(ByteOrder.LITTLE_ENDIAN)
        .put("\u0093NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1));
    file.putShort((short) header.length()).put(header.getBytes(StandardCharsets.ISO_8859_1));
    file.put(data.array());
    return Files.write(folder.resolve("x.npy"), file.array());
  }

  private static void assertStretches(Path path, long seed) throws IOException {
    float[] all = Npy.read(path).toFloats();
    SplittableRandom random = new SplittableRandom(seed);
    try (NpyFile file = NpyFile.open(path)) {
      for (int i = 0; i < 50; i++) {
        int from = random.nextInt(all.length + 1);
        int most = i % 2 == 0 ? all.length - from : Math.min(9, all.length - from);
        int count = random.nextInt(most + 1);
        float[] read = new float[count + 3];
        file.readFloats(from, count, read, 2);
        float[] expected = new float[count + 3];
        System.arraycopy(all, from, expected, 2, count);
        assertArrayEquals(expected, read, from + " + " + count + ", seed " + seed);
      }
    }
  }

  @Test
  void everyStretchIsThatOfTheWholeArray() throws IOException {
    for (String type : new String[] {"f2", "f4", "f8"}) {
      for (boolean bigEndian : new boolean[] {false, true}) {
        assertStretches(write(type, bigEndian, false, "(%d,)".formatted(LARGE), LARGE), 1);
        assertStretches(write(type, bigEndian, true, "(%d,)".formatted(LARGE), LARGE), 2);
        assertStretches(write(type, bigEndian, true, "(67, 1031)", 67 * 1031), 3);
        assertStretches(write(type, bigEndian, true, "(5, 7, 3)", 105), 4);
      }
    }
    assertStretches(write("f4", false, false, "()", 1), 5);
    assertStretches(write("f4", false, false, "(0, 7)", 0), 6);
  }

  @Test
  void aFileThatIsCutWhileItIsOpenIsRefused() throws IOException {
    Path path = write("f4", false, false, "(%d,)".formatted(LARGE), LARGE);
    try (NpyFile file = NpyFile.open(path)) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.truncate(channel.size() - 1);
      }
      float[] to = new float[LARGE];
      DataFormatException e =
          assertThrows(DataFormatException.class, () -> file.readFloats(0, LARGE, to, 0));
      assertTrue(e.getMessage().contains(path.toString()), e.getMessage());
      assertTrue(e.getMessage().contains("ends after"), e.getMessage());
      file.readFloats(0, 10, to, 0); // what is there can still be read
      assertEquals((float) (Math.sin(9) * 9), to[9]);
    }
  }

  @Test
  void wrongFilesAndArgumentsAreRefused() throws IOException {
    Path path = folder.resolve("y.npy");
    assertThrows(DataFormatException.class, () -> NpyFile.open(path));
    Files.write(path, new byte[0]);
    assertThrows(DataFormatException.class, () -> NpyFile.open(path));
    Files.write(path, new byte[200]);
    assertThrows(DataFormatException.class, () -> NpyFile.open(path));
    Npy.write(path, NpyArray.ofInts(new int[] {1, 2}, 2));
    try (NpyFile file = NpyFile.open(path)) {
      assertEquals(ElementType.I32, file.header().type());
      float[] two = new float[2];
      file.readFloats(0, 2, two, 0);
      assertEquals(2, two[1]);
    }
    Npy.write(path, NpyArray.ofBytes(new byte[] {-1, 2}, 2).as(ElementType.I8));
    try (NpyFile file = NpyFile.open(path)) {
      float[] one = new float[1];
      file.readFloats(0, 1, one, 0);
      assertEquals(-1, one[0]);
    }
    Npy.write(path, NpyArray.ofBooleans(new boolean[] {true}, 1));
    try (NpyFile file = NpyFile.open(path)) {
      assertThrows(IllegalArgumentException.class, () -> file.readFloats(0, 1, new float[1], 0));
    }
    Npy.write(path, NpyArray.ofFloats(new float[] {1, 2}, 2));
    try (NpyFile file = NpyFile.open(path)) {
      float[] to = new float[2];
      for (int[] bad : new int[][] {{-1, 1, 0}, {1, 2, 0}, {0, 3, 0}, {0, 2, 1}, {0, 1, -1}}) {
        assertThrows(
            IndexOutOfBoundsException.class,
            () -> file.readFloats(bad[0], bad[1], to, bad[2]),
            Arrays.toString(bad));
      }
    }
  }
}
