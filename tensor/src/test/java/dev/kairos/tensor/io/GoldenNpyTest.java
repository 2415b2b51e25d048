// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Files that NumPy wrote; {@code golden/npy/README.md} has the program. */
class GoldenNpyTest {
  @Test
  void numbersOfEveryOrder() throws IOException {
    int[] a = new int[24];
    for (int i = 0; i < a.length; i++) {
      a[i] = i - 5;
    }
    assertEquals("I64 [2, 3, 4]", Npy.read(golden("i8_c.npy")).toString());
    assertArrayEquals(a, Npy.read(golden("i8_c.npy")).toInts());
    float[] quarters = Npy.read(golden("f4_fortran.npy")).toFloats();
    double[] eighths = Npy.read(golden("f8_big.npy")).toDoubles();
    int[] shifted = Npy.read(golden("u2_big_fortran.npy")).toInts();
    int[] threes = Npy.read(golden("bool.npy")).toInts();
    for (int i = 0; i < a.length; i++) {
      assertEquals(a[i] / 4f, quarters[i]);
      assertEquals(a[i] / 8.0, eighths[i]);
      assertEquals(a[i] + 65000, shifted[i]);
      assertEquals(a[i] % 3 == 0 ? 1 : 0, threes[i]);
    }
    assertTrue(Npy.readHeader(golden("u2_big_fortran.npy")).fortranOrder());
  }

  @Test
  void textsAndShapesAtTheEdge() throws IOException {
    NpyArray text = Npy.read(golden("text.npy"));
    assertArrayEquals(new String[] {"a", "Größe", "", "\uD83C\uDFC3x"}, text.toStrings());
    assertArrayEquals(new int[] {2, 2}, text.shape());
    assertArrayEquals(new String[] {"ab", "漢字"}, Npy.read(golden("text_big.npy")).toStrings());
    assertArrayEquals(new String[] {"LongJump", "Dive"}, Npy.read(golden("bytes.npy")).toStrings());
    assertEquals(NpyArray.ofFloats(new float[] {2.5f}), Npy.read(golden("scalar.npy")));
    assertEquals(NpyArray.ofFloats(new float[0], 0, 1024), Npy.read(golden("empty.npy")));
    NpyArray pair = NpyArray.ofFloats(new float[] {1.5f, -2}, 2);
    assertEquals(pair, Npy.read(golden("v2.npy")));
    assertEquals(pair, Npy.read(golden("v3.npy")));
  }

  @Test
  void objectsAreRefusedWithTheWayOut() {
    DataFormatException e =
        assertThrows(DataFormatException.class, () -> Npy.read(golden("objects.npy")));
    assertEquals("KFMT-003", e.code());
    assertTrue(e.getMessage().contains("is a pickled object array"), e.getMessage());
    assertTrue(e.hint().orElse("").contains("save what it holds as plain arrays"));
  }

  @Test
  void archivesStoredAndDeflated() throws IOException {
    for (String name : List.of("stored.npz", "deflated.npz")) {
      Map<String, NpyArray> arrays = Npz.read(golden(name));
      assertEquals(List.of("acc", "gyro"), List.copyOf(arrays.keySet()));
      NpyArray acc = Objects.requireNonNull(arrays.get("acc"));
      assertEquals("F32 [2, 3, 4]", acc.toString());
      assertEquals(-2.5f, acc.toFloats()[0]);
      assertEquals(9f, acc.toFloats()[23]);
      assertEquals(NpyArray.ofDoubles(new double[] {1, 2}, 1, 2), arrays.get("gyro"));
      assertEquals(
          List.of(2, 3, 4),
          Objects.requireNonNull(Npz.readHeaders(golden(name)).get("acc")).shape());
    }
  }

  private static Path golden(String name) {
    URL url = GoldenNpyTest.class.getResource("/golden/npy/" + name);
    try {
      return Path.of(Objects.requireNonNull(url, name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(name, e);
    }
  }
}
