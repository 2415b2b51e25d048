// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NpyArrayTest {
  @Test
  void nothingInsideCanBeChanged() {
    float[] values = {1, 2};
    int[] shape = {2};
    NpyArray array = NpyArray.ofFloats(values, shape);
    values[0] = 9;
    shape[0] = 9;
    array.toFloats()[1] = 9;
    array.shape()[0] = 9;
    assertEquals(NpyArray.ofFloats(new float[] {1, 2}, 2), array);
    NpyArray ints = NpyArray.ofInts(new int[] {1}, 1);
    ints.toInts()[0] = 9;
    NpyArray longs = NpyArray.ofLongs(new long[] {1}, 1);
    longs.toLongs()[0] = 9;
    longs.as(ElementType.U64).toLongs()[0] = 9;
    NpyArray doubles = NpyArray.ofDoubles(new double[] {1}, 1);
    doubles.toDoubles()[0] = 9;
    NpyArray texts = NpyArray.ofStrings(new String[] {"a"}, 1);
    texts.toStrings()[0] = "b";
    assertEquals(1, ints.toInts()[0] * longs.toLongs()[0] * (int) doubles.toDoubles()[0]);
    assertEquals("a", texts.toStrings()[0]);
  }

  @Test
  void shapeIsDescribed() {
    NpyArray array = NpyArray.ofFloats(new float[6], 2, 3);
    assertArrayEquals(new int[] {2, 3}, array.shape());
    assertEquals(2, array.rank());
    assertEquals(3, array.dim(-1));
    assertEquals(2, array.dim(0));
    assertEquals(6, array.size());
    assertEquals("F32 [2, 3]", array.toString());
    assertEquals("F32 [3, 2, 1]", array.reshape(3, 2, 1).toString());
    assertEquals(1, NpyArray.ofInts(new int[1]).size());
    assertEquals(0, NpyArray.ofInts(new int[0], 5, 0).size());
    refuses("axis 2", () -> array.dim(2));
    refuses("has 4 elements, found 6", () -> array.reshape(4));
    refuses("length -1", () -> NpyArray.ofInts(new int[1], -1, -1));
    refuses("more than", () -> NpyArray.ofInts(new int[0], 65536, 65536));
  }

  @Test
  void unsignedIntegersHaveTheirFullRange() {
    NpyArray bytes = NpyArray.adopt(ElementType.U8, new byte[] {-1}, 1);
    NpyArray shorts = NpyArray.adopt(ElementType.U16, new short[] {-1}, 1);
    NpyArray ints = NpyArray.adopt(ElementType.U32, new int[] {-1}, 1);
    NpyArray longs = NpyArray.adopt(ElementType.U64, new long[] {-1}, 1);
    assertEquals(255, bytes.toInts()[0]);
    assertEquals(65535, shorts.toInts()[0]);
    assertEquals(4294967295L, ints.toLongs()[0]);
    assertEquals(0x1p64, longs.toDoubles()[0]);
    assertEquals(0x1p64f, longs.toFloats()[0]);
    NpyArray tie = NpyArray.adopt(ElementType.U64, new long[] {Long.MIN_VALUE | 0x401}, 1);
    assertEquals(0x1p63 + 0x800, tie.toDoubles()[0]); // just above the tie between two doubles
    refuses("U32 value 4294967295 at index 0 is not an int", ints::toInts);
    refuses("U64 value 18446744073709551615 at index 0 is not a long", longs::toLongs);
  }

  @Test
  void conversionsRefuseWhatDoesNotFit() {
    NpyArray halves = NpyArray.ofDoubles(new double[] {3, 0.5}, 2);
    refuses("F64 value 0.5 at index 1 is not an integer", halves::toInts);
    refuses("NaN", () -> NpyArray.ofFloats(new float[] {Float.NaN}).toLongs());
    refuses("9.223372036854776E18", () -> NpyArray.ofDoubles(new double[] {0x1p63}).toLongs());
    assertEquals(Long.MIN_VALUE, NpyArray.ofDoubles(new double[] {-0x1p63}).toLongs()[0]);
    NpyArray wide = NpyArray.ofInts(new int[] {300, -1}, 2);
    refuses("I32 value 300 at index 0 is not U8", () -> wide.as(ElementType.U8));
    refuses("I32 value 300 at index 0 is not BOOL", () -> wide.as(ElementType.BOOL));
    refuses("I32 value -1 at index 1 is not U64", () -> wide.as(ElementType.U64));
    NpyArray texts = NpyArray.ofStrings(new String[0], 0);
    refuses("STRING, expected numbers", texts::toFloats);
    refuses("STRING, expected numbers", texts::toDoubles);
    refuses("STRING, expected numbers", texts::toLongs);
    refuses("I32, expected STRING", wide::toStrings);
    refuses("I32, expected STRING", () -> wide.as(ElementType.STRING));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STRING")
  void allConversionsAgree(ElementType type) {
    boolean signed = type.isFloating() || type.name().startsWith("I");
    int[] values = type == ElementType.BOOL ? new int[] {1, 0} : new int[] {signed ? -7 : 7, 120};
    NpyArray array = NpyArray.ofInts(values, 2).as(type);
    assertEquals(type, array.type());
    assertArrayEquals(values, array.toInts());
    assertArrayEquals(Arrays.stream(values).asLongStream().toArray(), array.toLongs());
    assertArrayEquals(Arrays.stream(values).asDoubleStream().toArray(), array.toDoubles());
    assertArrayEquals(new float[] {values[0], values[1]}, array.toFloats());
    float[] row = new float[3];
    array.copyFloats(1, 1, row, 2);
    assertArrayEquals(new float[] {0, 0, values[1]}, row);
    assertSame(array, array.as(type));
    assertEquals(array, array.as(ElementType.F64).as(type));
    assertEquals(array.hashCode(), array.as(ElementType.F64).as(type).hashCode());
    assertNotEquals(array, array.reshape(1, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> array.copyFloats(1, 2, row, 0));
  }

  private static void refuses(String words, Executable call) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
  }
}
