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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NpyTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"BF16", "STRING"})
  void everyNumberTypeRoundTrips(ElementType type) throws IOException {
    int[] values = {0, 1, 1, 0, 1, 0};
    for (int[] shape : new int[][] {{6}, {2, 3}, {1, 3, 2, 1}}) {
      NpyArray array = NpyArray.ofInts(values, shape).as(type);
      assertEquals(array, roundTrip(array));
      assertArrayEquals(values, roundTrip(array).toInts());
    }
    assertEquals(
        List.of(0, 7), Npy.readHeader(file(NpyArray.ofInts(new int[0], 0, 7).as(type))).shape());
    NpyArray single = NpyArray.ofInts(new int[] {1}).as(type);
    assertEquals(single, roundTrip(single));
  }

  @Test
  void stringsRoundTrip() throws IOException {
    NpyArray array =
        NpyArray.ofStrings(new String[] {"", "video_test_0000004", "Größe", "\uD83C\uDFC3x"}, 2, 2);
    assertEquals(array, roundTrip(array));
    NpyArray none = NpyArray.ofStrings(new String[0], 0);
    assertEquals(none, roundTrip(none));
    assertThrows(
        IllegalArgumentException.class,
        () -> Npy.write(folder.resolve("x"), NpyArray.ofStrings(new String[] {"a\0"}, 1)));
  }

  @Test
  void headerIsThatOfNumPy() throws IOException {
    byte[] bytes = Files.readAllBytes(file(NpyArray.ofFloats(new float[] {1, 2}, 2)));
    assertEquals(128 + 8, bytes.length);
    assertEquals(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }" + " ".repeat(60) + "\n",
        new String(bytes, 10, 118, StandardCharsets.ISO_8859_1));
    assertEquals(118, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getShort(8));
  }

  @Test
  void fortranOrderAndBigEndianBecomeC() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(24);
    for (int i = 0; i < 6; i++) {
      data.putInt(i);
    }
    Path file = raw("{'descr':'>i4','fortran_order':True,'shape':(2,3)}", data.array());
    assertArrayEquals(new int[] {0, 2, 4, 1, 3, 5}, Npy.read(file).toInts());
    assertTrue(Npy.readHeader(file).fortranOrder());
    assertEquals(ByteOrder.BIG_ENDIAN, Npy.readHeader(file).byteOrder());
  }

  @Test
  void largeArraysCrossChunks() throws IOException {
    double[] values = new double[100_003];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sin(i);
    }
    assertArrayEquals(values, roundTrip(NpyArray.ofDoubles(values, values.length)).toDoubles());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,)} ~ a pickled object array",
        "{'descr': '|O8', 'fortran_order': False, 'shape': (1,)} ~ a pickled object array",
        "{'descr': 'O', 'fortran_order': False, 'shape': (1,)} ~ a pickled object array",
        "{'descr': 'object', 'fortran_order': False, 'shape': (1,)} ~ a pickled object array",
        "{'descr': 'f', 'fortran_order': True, 'shape': (2,)} ~ found 4 bytes",
        "{'descr': 'f3', 'fortran_order': False, 'shape': (1,)} ~ type 'f3'",
        "{'descr': '<float32', 'fortran_order': False, 'shape': (1,)} ~ type '<float32'",
        "{'descr': '', 'fortran_order': False, 'shape': (1,)} ~ type ''",
        "{'descr': [('a','<f4')], 'fortran_order': False, 'shape': (1,)} ~ several fields",
        "{'descr': '<c8', 'fortran_order': False, 'shape': (1,)} ~ type '<c8'",
        "{'descr': '<M8[ns]', 'fortran_order': False, 'shape': (1,)} ~ type '<M8[ns]'",
        "{'descr': '<V2', 'fortran_order': False, 'shape': (1,)} ~ type '<V2'",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1)} ~ expected (1,)",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)} ~ length -1",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1 2)} ~ expected ','",
        "{'descr': '<f4', 'fortran_order': False, 'shape': 1} ~ '1' at character",
        "{'descr': '<f4', 'fortran_order': 1, 'shape': (1,)} ~ expected True or False",
        "{'descr': '<f4', 'fortran_order': False} ~ only the keys [descr, fortran_order]",
        "{'descr': '<f4', 'descr': '<f4', 'shape': (1,)} ~ 'descr' twice",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'x': 1} ~ unknown key 'x'",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x ~ expected the end",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,) ~ the end at character",
        "{'descr': '<f4 ~ open quotation",
        "{'descr': '<f\\u0034', 'fortran_order': False, 'shape': (1,)} ~ backslash",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483648,)} ~ length 2147483648",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999999999999,)} ~ 19 digits",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536)} ~ more than",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536, 65536, 65536)} ~ more",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (500000000,)} ~ expected 2000000000",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} ~ found 4 bytes",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (0,)} ~ expected 0 for shape [0]",
        "{'descr': '|S0', 'fortran_order': False, 'shape': (99999999,)} ~ 99999999 texts",
        "{'descr': '|S4', 'fortran_order': False, 'shape': (1,)} ~ not UTF-8",
        "{'descr': '<U1', 'fortran_order': False, 'shape': (1,)} ~ text 0 has 0xFFFFFFFF",
        "{'descr': '|b1', 'fortran_order': False, 'shape': (4,)} ~ the byte 255, expected 0 or 1",
        "42 ~ expected '{'",
      })
  void refusesByName(String header, String words) throws IOException {
    Path file = raw(header, new byte[] {-1, -1, -1, -1});
    DataFormatException e = assertThrows(DataFormatException.class, () -> Npy.read(file));
    assertTrue(e.getMessage().contains(words), e.getMessage());
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
  }

  /** Without a byte order NumPy takes the machine's, and so do we. */
  @ParameterizedTest
  @CsvSource({
    "f2,F16", "=f4,F32", "|f4,F32", "f4,F32", "f,F32", "float32,F32", "single,F32", "f8,F64",
    "=d,F64", "float,F64", "float64,F64", "e,F16", "i1,I8", "=i2,I16", "|i4,I32", "i8,I64",
    "int32,I32", "int,I64", "q,I64", "u1,U8", "|u2,U16", "uint16,U16", "I,U32", "=u8,U64",
    "b1,BOOL", "=b1,BOOL", "<b1,BOOL", "?,BOOL", "|?,BOOL", "bool,BOOL", "<i1,I8", ">u1,U8"
  })
  void typesWithoutAByteOrderAreNative(String descr, ElementType type) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(2 * type.bytes()).order(ByteOrder.nativeOrder());
    data.put(0, (byte) 1);
    if (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN) {
      data.put(0, (byte) 0).put(type.bytes() - 1, (byte) 1);
    }
    Path file = raw("{'descr':'" + descr + "','fortran_order':False,'shape':(2,)}", data.array());
    NpyArray read = Npy.read(file);
    assertEquals(type, read.type());
    assertEquals(descr, Npy.readHeader(file).descr());
    double one =
        switch (type) {
          case F16 -> 0x1p-24;
          case F32 -> Float.MIN_VALUE;
          case F64 -> Double.MIN_VALUE;
          default -> 1;
        };
    assertArrayEquals(new double[] {one, 0}, read.toDoubles());
  }

  @Test
  void textsWithoutAByteOrderAreNative() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
    data.putInt('a').putInt('b');
    for (String descr : new String[] {"U2", "=U2", "|U2"}) {
      Path file = raw("{'descr':'" + descr + "','fortran_order':False,'shape':()}", data.array());
      assertArrayEquals(new String[] {"ab"}, Npy.read(file).toStrings());
    }
    for (String descr : new String[] {"S2", "<S2", "=S2", "|S2"}) {
      Path file =
          raw("{'descr':'" + descr + "','fortran_order':False,'shape':()}", new byte[] {'x', 'y'});
      assertArrayEquals(new String[] {"xy"}, Npy.read(file).toStrings());
    }
  }

  @Test
  void pythonTwoLengthsAndOtherVersionsAreRead() throws IOException {
    byte[] one = {0, 0, (byte) 0x80, 0x3F};
    String header = "{'shape': (1L, 1L), 'fortran_order': True, \"descr\": \"<f4\"}\n";
    assertArrayEquals(new float[] {1}, Npy.read(raw(header, one)).toFloats());
    for (int version = 2; version <= 3; version++) {
      ByteBuffer bytes = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
      bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
      bytes.putInt(header.length()).put(header.getBytes(StandardCharsets.UTF_8)).put(one).flip();
      Path file = folder.resolve("v" + version);
      Files.write(file, java.util.Arrays.copyOf(bytes.array(), bytes.limit()));
      assertArrayEquals(new float[] {1}, Npy.read(file).toFloats());
    }
  }

  @Test
  void refusesWhatIsNoNpyFile() throws IOException {
    assertEquals(folder + ": is a folder, expected a file", problem(folder));
    Path file = folder.resolve("x.npy");
    assertEquals(file + ": not found", problem(file));
    Files.write(file, new byte[0]);
    assertEquals(file + ": is not a .npy file: it is empty", problem(file));
    Files.writeString(file, "version https://git-lfs.github.com/spec/v1\n");
    assertTrue(problem(file).endsWith("begins like a Git LFS pointer"));
    Files.writeString(file, "PK\3\4");
    assertTrue(problem(file).endsWith("begins like a zip archive (.npz)"));
    Files.write(file, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0});
    assertTrue(problem(file).endsWith("begins like gzip"));
    Files.write(file, new byte[] {(byte) 0x80, 4, (byte) 0x95, 0, 0, 0, 0, 0});
    assertTrue(problem(file).endsWith("begins like a Python pickle"));
    Files.write(file, new byte[] {(byte) 0x89, 'H', 'D', 'F', 13, 10, 26, 10});
    assertTrue(problem(file).endsWith("begins like HDF5"));
    Files.write(file, new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1});
    assertTrue(problem(file).endsWith("of 4294967295 bytes, expected at most 10000"));
    Files.write(file, new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 4, 0, 0, 0});
    assertTrue(problem(file).endsWith("npy version 4.0, expected 1.0, 2.0 or 3.0"));
  }

  @Test
  void bfloat16IsNotWritten() {
    NpyArray array = NpyArray.ofFloats(new float[] {1}, 1).as(ElementType.BF16);
    assertThrows(IllegalArgumentException.class, () -> Npy.write(folder.resolve("x.npy"), array));
  }

  private static String problem(Path file) {
    return String.valueOf(
        assertThrows(DataFormatException.class, () -> Npy.read(file)).getMessage());
  }

  private Path file(NpyArray array) throws IOException {
    Path file = folder.resolve("array.npy");
    Npy.write(file, array);
    return file;
  }

  private NpyArray roundTrip(NpyArray array) throws IOException {
    return Npy.read(file(array));
  }

  private Path raw(String header, byte[] data) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(10 + header.length() + data.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) header.length());
    bytes.put(header.getBytes(StandardCharsets.ISO_8859_1)).put(data);
    Path file = folder.resolve("raw.npy");
    return Files.write(file, bytes.array());
  }
}
