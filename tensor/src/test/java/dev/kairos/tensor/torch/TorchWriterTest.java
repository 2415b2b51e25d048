// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchWriterTest {
  @TempDir Path folder;

  @Test
  void readsItsOwnAsItWas() throws IOException {
    Map<String, NpyArray> tensors = new LinkedHashMap<>();
    NpyArray numbers = NpyArray.ofInts(new int[] {0, 1, 2, 3, 4, 5}, 2, 3);
    for (ElementType type :
        List.of(
            ElementType.F16,
            ElementType.BF16,
            ElementType.F32,
            ElementType.F64,
            ElementType.I8,
            ElementType.U8,
            ElementType.I16,
            ElementType.I32,
            ElementType.I64)) {
      tensors.put("conv." + type, numbers.as(type));
    }
    tensors.put("Größe", NpyArray.ofFloats(new float[] {1.5f}));
    tensors.put("none", NpyArray.ofFloats(new float[0], 0, 3));
    tensors.put("flags", NpyArray.ofBooleans(new boolean[] {true, false}, 2));
    Path file = folder.resolve("x.pt");
    TorchWriter.write(file, tensors);
    Map<String, NpyArray> read = TorchFile.open(file).readStateDict();
    assertEquals(tensors, read);
    assertEquals(List.copyOf(tensors.keySet()), List.copyOf(read.keySet()));
    byte[] first = Files.readAllBytes(file);
    TorchWriter.write(file, tensors);
    assertArrayEquals(first, Files.readAllBytes(file));
  }

  /** This very file was read by PyTorch 1.13, with {@code weights_only=True} and without. */
  @Test
  void writesWhatPyTorchWasSeenToRead() throws IOException {
    Path file = folder.resolve("x.pt");
    TorchWriter.write(file, weights());
    assertArrayEquals(TorchFileTest.bytes("written.pt"), Files.readAllBytes(file));
  }

  private static Map<String, NpyArray> weights() {
    Map<String, NpyArray> tensors = new LinkedHashMap<>();
    tensors.put("conv.weight", NpyArray.ofFloats(new float[] {1, 2, 3, 4, 5, 6}, 1, 2, 3));
    tensors.put("conv.bias", NpyArray.ofFloats(new float[] {-0.5f}, 1));
    tensors.put("steps", NpyArray.ofLongs(new long[] {7}));
    tensors.put("half", NpyArray.ofFloats(new float[] {0.5f}, 1).as(ElementType.BF16));
    return tensors;
  }

  @Test
  void refusesWhatPyTorchHasNot() {
    Path file = folder.resolve("x.pt");
    for (ElementType type : List.of(ElementType.U16, ElementType.U32, ElementType.U64)) {
      Map<String, NpyArray> one = Map.of("a", NpyArray.ofInts(new int[1]).as(type));
      assertThrows(IllegalArgumentException.class, () -> TorchWriter.write(file, one));
    }
    Map<String, NpyArray> text = Map.of("a", NpyArray.ofStrings(new String[] {"x"}));
    assertThrows(IllegalArgumentException.class, () -> TorchWriter.write(file, text));
  }
}
