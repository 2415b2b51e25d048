// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {
  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void nameFile() {
    file = folder.resolve("x.npz");
  }

  @Test
  void roundTripsInOrder() throws IOException {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("z", NpyArray.ofFloats(new float[] {1, 2, 3}, 3, 1));
    arrays.put("../a/Größe", NpyArray.ofStrings(new String[] {"Dive", ""}, 2));
    arrays.put("none", NpyArray.ofLongs(new long[0], 0));
    arrays.put("one", NpyArray.ofBooleans(new boolean[] {true}));
    Npz.write(file, arrays);
    assertEquals(arrays, Npz.read(file));
    assertEquals(List.copyOf(arrays.keySet()), List.copyOf(Npz.read(file).keySet()));
    Npz.writeDeflated(file, arrays);
    assertEquals(arrays, Npz.read(file));
    assertEquals(arrays.keySet(), Npz.readHeaders(file).keySet());
    Npz.write(file, Map.of());
    assertEquals(Map.of(), Npz.read(file));
    assertEquals(1, folder.toFile().list().length);
  }

  @Test
  void theSameArraysGiveTheSameBytes() throws IOException {
    Map<String, NpyArray> arrays = Map.of("a", NpyArray.ofInts(new int[] {1, 2}, 2));
    Npz.write(file, arrays);
    byte[] first = Files.readAllBytes(file);
    TimeZone zone = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
      Npz.write(file, arrays);
    } finally {
      TimeZone.setDefault(zone);
    }
    assertArrayEquals(first, Files.readAllBytes(file));
  }

  @Test
  void refusesBadNamesOnWriting() {
    NpyArray one = NpyArray.ofInts(new int[1]);
    for (String name : List.of("", "x".repeat(70_000), "\uD800")) {
      assertThrows(IllegalArgumentException.class, () -> Npz.write(file, Map.of(name, one)));
      assertTrue(Files.notExists(file));
    }
    NpyArray brain = one.as(ElementType.BF16);
    assertThrows(IllegalArgumentException.class, () -> Npz.write(file, Map.of("x", brain)));
  }

  @Test
  void refusesStrangers() throws IOException {
    assertEquals(folder + ": is a folder, expected a file", problem(folder));
    assertEquals(file + ": not found", problem(file));
    Files.write(file, new byte[0]);
    assertTrue(problem(file).contains("is not a whole zip archive"));
    zip("readme.txt", "hello".getBytes(StandardCharsets.UTF_8));
    assertTrue(problem(file).contains("the entry 'readme.txt', expected NAME.npy"));
    zip("a.npy", "hello".getBytes(StandardCharsets.UTF_8));
    assertEquals(file + ": entry 'a.npy': is not a .npy file", problem(file));
  }

  @Test
  void refusesDuplicateNames() throws IOException {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("aa", NpyArray.ofInts(new int[] {1}));
    arrays.put("ab", NpyArray.ofInts(new int[] {2}));
    Npz.write(file, arrays);
    patch("ab.npy", "aa.npy");
    assertTrue(problem(file).contains("the entry 'aa.npy' twice"), problem(file));
  }

  @Test
  void refusesContentsThatChanged() throws IOException {
    Npz.write(file, Map.of("a", NpyArray.ofStrings(new String[] {"Dive"}, 1)));
    patch("D\0\0\0i", "D\0\0\0o");
    assertTrue(problem(file).contains("entry 'a.npy': checksum"), problem(file));
  }

  @Test
  void refusesArchivesThatUnpackFarBeyondTheirSize() throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("a.npy"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 300; i++) {
        zip.write(zeros);
      }
      zip.closeEntry();
    }
    assertTrue(problem(file).contains("unpacks beyond 200:1"), problem(file));
  }

  @Test
  void refusesSizesThatLie() throws IOException {
    Npz.writeDeflated(file, Map.of("a", NpyArray.ofInts(new int[1000], 1000)));
    for (int lie : new int[] {0, 200, 4127, 4129, 1 << 27, Integer.MAX_VALUE, -1}) {
      byte[] bytes = Files.readAllBytes(file);
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      int directory = buffer.getInt(bytes.length - 6);
      assertEquals(4128, buffer.getInt(directory + 24));
      buffer.putInt(directory + 24, lie);
      Path liar = Files.write(folder.resolve("liar.npz"), bytes);
      assertThrows(DataFormatException.class, () -> Npz.read(liar), "size " + lie);
    }
  }

  private static String problem(Path path) {
    return String.valueOf(
        assertThrows(DataFormatException.class, () -> Npz.read(path)).getMessage());
  }

  private void zip(String name, byte[] content) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
      zip.closeEntry();
    }
  }

  private void patch(String from, String to) throws IOException {
    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertTrue(content.contains(from));
    Files.writeString(file, content.replace(from, to), StandardCharsets.ISO_8859_1);
  }
}
