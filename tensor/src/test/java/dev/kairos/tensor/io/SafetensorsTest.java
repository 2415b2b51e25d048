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
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  private static final String TWO =
      "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},"
          + "'b':{'dtype':'I16','shape':[1,2],'data_offsets':[4,8]}}";

  @TempDir Path folder;

  @Test
  void everyTypeRoundTrips() throws IOException {
    Map<String, NpyArray> tensors = new HashMap<>();
    for (ElementType type : ElementType.values()) {
      if (type != ElementType.STRING) {
        tensors.put("of " + type, NpyArray.ofInts(new int[] {0, 1, 1}, 1, 3).as(type));
        tensors.put("none of " + type, NpyArray.ofInts(new int[0], 0, 4).as(type));
        tensors.put("single " + type, NpyArray.ofInts(new int[] {1}).as(type));
      }
    }
    Map<String, String> metadata = Map.of("format", "pt", "Name \"x\"\n", "Größe");
    Path file = folder.resolve("x.safetensors");
    Safetensors.write(file, tensors, metadata);
    SafetensorsFile read = Safetensors.read(file);
    assertEquals(tensors, read.tensors());
    assertEquals(metadata, read.metadata());
    assertEquals(tensors.keySet(), Safetensors.readHeader(file).tensors().keySet());
    byte[] bytes = Files.readAllBytes(file);
    Safetensors.write(file, new LinkedHashMap<>(tensors), new HashMap<>(metadata));
    assertArrayEquals(bytes, Files.readAllBytes(file));
    assertEquals(0, Safetensors.readHeader(file).dataOffset() % 8);
    Safetensors.write(file, Map.of(), Map.of());
    assertEquals(Map.of(), Safetensors.read(file).tensors());
  }

  @Test
  void passesOverWhatIsNotWanted() throws IOException {
    Path file = folder.resolve("x");
    NpyArray last = NpyArray.ofFloats(new float[] {1, 2}, 2);
    NpyArray first = NpyArray.ofDoubles(new double[] {5}, 1);
    Safetensors.write(file, Map.of("a", first, "b", last), Map.of("k", "v"));
    SafetensorsFile read = Safetensors.read(file, "b"::equals);
    assertEquals(Map.of("b", last), read.tensors());
    assertEquals(Map.of("k", "v"), read.metadata());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(
        file,
        new String(bytes, StandardCharsets.ISO_8859_1)
            .replace("F64", "C64")
            .getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(Map.of("b", last), Safetensors.read(file, "b"::equals).tensors());
    assertEquals(Map.of(), Safetensors.read(file, "b"::equals).unread());
    assertEquals(Map.of("a", "C64"), Safetensors.read(file, "a"::equals).unread());
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertThrows(DataFormatException.class, () -> Safetensors.read(file, "a"::equals));
  }

  @Test
  void layoutIsTheDocumentedOne() throws IOException {
    Path file = folder.resolve("x");
    NpyArray narrow = NpyArray.ofShorts(new short[] {258, -2}, 1, 2);
    Map<String, NpyArray> tensors = Map.of("a", narrow, "b", NpyArray.ofFloats(new float[] {1}, 1));
    Safetensors.write(file, tensors, Map.of("k", "v"));
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    String json =
        "{'__metadata__':{'k':'v'},'b':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},"
            + "'a':{'dtype':'I16','shape':[1,2],'data_offsets':[4,8]}}";
    int padded = (json.length() + 7) / 8 * 8;
    assertEquals(padded, bytes.getLong(0));
    String header = new String(bytes.array(), 8, padded, StandardCharsets.UTF_8);
    assertEquals(json.replace('\'', '"'), header.stripTrailing());
    assertEquals(1f, bytes.getFloat(8 + padded));
    assertEquals(258, bytes.getShort(8 + padded + 4));
    assertEquals(8 + padded + 8, bytes.capacity());
  }

  @Test
  void readsInAnyOrderOfTheHeader() throws IOException {
    String swapped =
        "{'b':{'shape':[1,2],'dtype':'I16','data_offsets':[4,8]},"
            + "'a':{'data_offsets':[0,4],'dtype':'F32','shape':[1]},'__metadata__':{}}  \n ";
    SafetensorsFile file = Safetensors.read(raw(swapped, new byte[] {0, 0, -128, 63, 1, 0, 2, 0}));
    assertArrayEquals(new float[] {1}, file.tensor("a").toFloats());
    assertArrayEquals(new int[] {1, 2}, file.tensor("b").toInts());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> file.tensor("c"));
    assertTrue(String.valueOf(e.getMessage()).contains("no tensor 'c'"));
    assertThrows(UnsupportedOperationException.class, () -> file.tensors().clear());
    assertThrows(UnsupportedOperationException.class, () -> file.metadata().put("a", "b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "[0,4] ~ [0,3] ~ tensor 'a' has data_offsets for 3 bytes, expected 4 for shape [1] of F32",
        "[0,4] ~ [4,0] ~ tensor 'a' has data_offsets [4, 0], expected them in order",
        "[4,8] ~ [5,9] ~ tensor 'b' has data_offsets [5, 9]",
        "[4,8] ~ [3,7] ~ tensor 'b' has an overlap before it: begins at 3, expected 4",
        "[0,4] ~ [4,8] ~ tensor 'a' has a gap before it: begins at 4, expected 0",
        "[0,4] ~ [-4,0] ~ tensor 'a' has data_offsets with '-4'",
        "[0,4] ~ [0,4,8] ~ tensor 'a' has data_offsets with more than 2",
        "[0,4] ~ [0] ~ tensor 'a' has data_offsets [0], expected two",
        "[0,4] ~ [0,99999999999999999999] ~ tensor 'a'",
        "[0,4] ~ [0,4.0] ~ tensor 'a' has data_offsets with '4.0'",
        "[0,4] ~ 4 ~ tensor 'a' has '4', expected numbers for data_offsets",
        "[1,2] ~ [-1,-2] ~ tensor 'b' has shape with '-1'",
        "[1,2] ~ [2147483647,2147483647,2147483647] ~ tensor 'b' has a bad shape",
        "[1,2] ~ [4294967296,0] ~ tensor 'b' has a bad shape",
        "'I16' ~ 'F8_E5M2' ~ tensor 'b' has data_offsets for 4 bytes, expected 2 for shape [1, 2]",
        "'I16' ~ 'C64' ~ tensor 'b' has data_offsets for 4 bytes, expected 16 for shape [1, 2]",
        "'I16' ~ 'F6_E2M3' ~ tensor 'b' has data_offsets for 4 bytes, expected 1 for shape [1, 2]",
        "'I16' ~ 'F 8' ~ tensor 'b' has the dtype 'F 8'",
        "'I16' ~ '' ~ tensor 'b'",
        "'I16' ~ 16 ~ tensor 'b' has '16', expected the name of a type",
        "'dtype':'I16', ~ '' ~ tensor 'b'",
        "'dtype':'I16' ~ 'x':'I16' ~ tensor 'b' has the unknown key 'x'",
        "'dtype':'I16' ~ 'dtype':'I16','dtype':'I16' ~ tensor 'b': Duplicate field 'dtype'",
        "'b': ~ 'a': ~ header: Duplicate field 'a'",
        "'b': ~ '__metadata__': ~ __metadata__ has '[', expected a text for 'shape'",
        "'b': ~ '__metadata__':{'k':1},'b': ~ __metadata__ has '1', expected a text for 'k'",
        "]}} ~ ]}}x ~ header: Unrecognized token",
        "]}} ~ ]}}{} ~ header has text after its end",
        "]}} ~ ]}],8]}} ~ header: Unexpected close marker ']': expected '}' at char",
        "]}} ~ '' ~ tensor 'b'",
      })
  void refusesByTheNameOfTheTensor(String from, String to, String words) throws IOException {
    assertTrue(TWO.contains(from), from);
    Path file = raw(TWO.replace(from, to.equals("''") ? "" : to), new byte[8]);
    String problem = problem(file);
    assertTrue(problem.contains(words), problem);
    assertTrue(problem.startsWith(file + ": "), problem);
    assertEquals(1, problem.lines().count());
  }

  /** A type of today that is not read, and types of tomorrow, keep no other from being read. */
  @ParameterizedTest
  @CsvSource({
    "F8_E5M2,4",
    "F8_E4M3,4",
    "F8_E8M0,4",
    "F8_E4M3FNUZ,4",
    "F4,2",
    "F6_E2M3,3",
    "C64,32",
    "I99,7",
    "STRING,3",
    "MXFP4,0"
  })
  void aTypeThatIsNotReadIsListedAndRefusedWhenAskedFor(String dtype, int bytes)
      throws IOException {
    String header =
        "{'w':{'dtype':'%s','shape':[2,2],'data_offsets':[0,%d]},"
            + "'a':{'dtype':'F32','shape':[1],'data_offsets':[%d,%d]}}";
    byte[] data = new byte[bytes + 4];
    data[bytes + 2] = (byte) 0x80;
    data[bytes + 3] = 0x3F;
    Path file = raw(header.formatted(dtype, bytes, bytes, bytes + 4), data);
    SafetensorsHeader.Entry listed = Safetensors.readHeader(file).tensors().get("w");
    assertEquals(new SafetensorsHeader.Entry(dtype, null, List.of(2, 2), 0, bytes), listed);
    SafetensorsFile read = Safetensors.read(file);
    assertArrayEquals(new float[] {1}, read.tensor("a").toFloats());
    assertEquals(Map.of("w", dtype), read.unread());
    assertEquals(java.util.Set.of("a"), read.tensors().keySet());
    DataFormatException e = assertThrows(DataFormatException.class, () -> read.tensor("w"));
    assertTrue(
        e.getMessage().startsWith(file + ": tensor 'w' is of " + dtype + ", expected F16"),
        e.getMessage());
  }

  /** The format allows 100 MB of header; a text of 25 MB is one the reader must take too. */
  @Test
  void aLongHeaderIsRead() throws IOException {
    String note = "x".repeat(25_000_000);
    Path file = folder.resolve("long");
    Safetensors.write(file, Map.of("a", NpyArray.ofInts(new int[1])), Map.of("note", note));
    assertEquals(note.length(), Safetensors.readHeader(file).metadata().get("note").length());
  }

  @Test
  void refusesDeepNestingAndLongNamesInOneLine() throws IOException {
    assertTrue(problem(raw("{'a':" + "[".repeat(100_000), new byte[0])).contains("tensor 'a'"));
    String problem = problem(raw("{'" + "x".repeat(100_000) + "':1}", new byte[0]));
    assertTrue(problem.length() < 400, problem);
  }

  @Test
  void refusesWrongSizes() throws IOException {
    assertTrue(problem(raw(TWO, new byte[9])).endsWith("9 bytes after the header, expected 8"));
    assertTrue(problem(raw(TWO, new byte[7])).contains("tensor 'b' has data_offsets [4, 8]"));
    assertTrue(problem(raw("{}", new byte[1])).endsWith("1 bytes after the header, expected 0"));
    assertTrue(problem(raw("[]", new byte[0])).contains("no '{' at byte 8"));
    Path file = folder.resolve("raw");
    Files.write(file, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, '{'});
    assertTrue(problem(file).contains("of 18446744073709551615 bytes, expected at most 100000000"));
    Files.write(file, new byte[] {9, 0, 0, 0, 0, 0, 0, 0, '{'});
    assertTrue(problem(file).contains("needs 9 bytes, found 1"));
    assertEquals(folder + ": is a folder, expected a file", problem(folder));
  }

  @Test
  void refusesABadBoolByName() throws IOException {
    String header = "{'mask':{'dtype':'BOOL','shape':[2],'data_offsets':[0,2]}}";
    String problem = problem(raw(header, new byte[] {1, 2}));
    assertTrue(problem.contains("tensor 'mask': bool element 1 is the byte 2"), problem);
  }

  @Test
  void refusesToWriteWhatTheFormatCannotHold() {
    Path file = folder.resolve("x");
    NpyArray one = NpyArray.ofInts(new int[1]);
    NpyArray text = NpyArray.ofStrings(new String[] {"a"});
    for (Map<String, NpyArray> bad :
        List.of(Map.of("t", text), Map.of("__metadata__", one), Map.of("\uD800", one))) {
      assertThrows(IllegalArgumentException.class, () -> Safetensors.write(file, bad, Map.of()));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> Safetensors.write(file, Map.of(), Map.of("k", "\uDC00")));
    assertTrue(Files.notExists(file));
  }

  private static String problem(Path file) {
    return String.valueOf(
        assertThrows(DataFormatException.class, () -> Safetensors.read(file)).getMessage());
  }

  private Path raw(String header, byte[] data) throws IOException {
    byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json).put(data);
    return Files.write(folder.resolve("raw.safetensors"), bytes.array());
  }
}
