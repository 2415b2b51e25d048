// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.contract.Campaign;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClipTextWeightsTest {
  private static final int VOCABULARY = 12;
  private static final int CONTEXT = 7;
  private static final int[] TEXT = {10, 3, 4, 11};

  @TempDir Path folder;

  private Path write(Consumer<Map<String, NpyArray>> change) throws IOException {
    Map<String, NpyArray> tensors = TinyTower.tensors(VOCABULARY, CONTEXT, 2);
    change.accept(tensors);
    Path file = folder.resolve("model.safetensors");
    Safetensors.write(file, tensors, Map.of("format", "pt"));
    return file;
  }

  private static double[] encoded(Path file) throws IOException {
    try (Engine engine = Engine.open("reference", 1)) {
      ClipTextWeights weights = ClipTextWeights.read(file);
      return new ClipTextEncoder(weights, TinyTower.HEADS, engine).encode(List.of(TEXT))[0];
    }
  }

  private void assertRefused(String code, String words, Consumer<Map<String, NpyArray>> change)
      throws IOException {
    Path file = write(change);
    DataFormatException e =
        assertThrows(DataFormatException.class, () -> ClipTextWeights.read(file));
    String message = String.valueOf(e.getMessage());
    assertEquals(code, e.code(), message);
    assertTrue(message.startsWith(file + ": ") && message.contains(words), message);
    assertTrue(e.hint().isPresent());
  }

  @ParameterizedTest
  @EnumSource(
      value = ElementType.class,
      names = {"F32", "BF16"})
  void anyPrecisionGivesTheSameNumbers(ElementType type) throws IOException {
    double[] expected = encoded(write(tensors -> {}));
    double[] found = encoded(write(tensors -> tensors.replaceAll((name, each) -> each.as(type))));
    assertArrayEquals(expected, found);
  }

  @Test
  void otherTensorsAreIgnored() throws IOException {
    double[] expected = encoded(write(tensors -> {}));
    Path file =
        write(
            tensors -> {
              tensors.put(
                  "visual.transformer.resblocks.7.ln_1.weight", NpyArray.ofInts(new int[1]));
              tensors.put("positional_ids", NpyArray.ofLongs(new long[CONTEXT], 1, CONTEXT));
              tensors.put("logit_scale", NpyArray.ofFloats(new float[] {Float.NaN}));
              tensors.put("transformer.resblocks.x", NpyArray.ofInts(new int[1]));
            });
    assertArrayEquals(expected, encoded(file));
    assertEquals(2, ClipTextWeights.read(file).layers());
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    assertRefused("KFMT-401", "token_embedding.weight", Map::clear);
    assertRefused("KFMT-402", "tensor text_projection is", t -> t.remove("text_projection"));
    assertRefused("KFMT-402", "positional_embedding", t -> t.remove("positional_embedding"));
    String bias = "transformer.resblocks.1.mlp.c_fc.bias";
    assertRefused("KFMT-402", "tensor " + bias + " is", t -> t.remove(bias));
    assertRefused(
        "KFMT-402",
        "transformer.resblocks.0.*",
        t -> t.keySet().removeIf(name -> name.startsWith("transformer")));
    assertRefused(
        "KFMT-402",
        "transformer.resblocks.0.attn.in_proj_bias",
        t -> t.keySet().removeIf(name -> name.startsWith("transformer.resblocks.0")));
  }

  @Test
  void otherShapesAreNamed() throws IOException {
    for (String name : TinyTower.tensors(VOCABULARY, CONTEXT, 2).keySet()) {
      NpyArray other = NpyArray.ofFloats(new float[] {1, 2, 3}, 1, 1, 3);
      assertRefused("KFMT-403", "tensor " + name + ": expected", t -> t.put(name, other));
    }
    assertRefused(
        "KFMT-403",
        "tensor ln_final.weight: expected shape [8], found [9]",
        t -> t.put("ln_final.weight", NpyArray.ofFloats(new float[9], 9)));
    assertRefused(
        "KFMT-403",
        "[context, width], found [0, 8]",
        t -> t.put("positional_embedding", NpyArray.ofFloats(new float[0], 0, 8)));
    assertRefused(
        "KFMT-403",
        "tensor transformer.resblocks.0.mlp.c_fc.weight: expected shape [32, 8], found [8, 32]",
        t ->
            t.put(
                "transformer.resblocks.0.mlp.c_fc.weight",
                NpyArray.ofFloats(new float[256], 8, 32)));
  }

  @Test
  void otherTypesAndNumbersAreNamed() throws IOException {
    for (ElementType type : List.of(ElementType.F64, ElementType.I64, ElementType.BOOL)) {
      assertRefused(
          "KFMT-404",
          "tensor ln_final.bias is of " + type,
          t -> t.put("ln_final.bias", NpyArray.ofInts(new int[8], 8).as(type)));
    }
    float[] values = new float[3 * TinyTower.WIDTH];
    values[17] = Float.NEGATIVE_INFINITY;
    String bias = "transformer.resblocks.1.attn.in_proj_bias";
    assertRefused(
        "KFMT-405",
        "tensor " + bias + ": element 17 is -Infinity",
        t -> t.put(bias, NpyArray.ofFloats(values, values.length)));
  }

  @Test
  void headsMustDivideTheWidth() throws IOException {
    ClipTextWeights weights = ClipTextWeights.read(write(tensors -> {}));
    try (Engine engine = Engine.open("reference", 1)) {
      for (int heads : new int[] {0, 3}) {
        DataFormatException e =
            assertThrows(
                DataFormatException.class, () -> new ClipTextEncoder(weights, heads, engine));
        assertEquals("KFMT-406", e.code());
        assertTrue(e.hint().orElseThrow().contains("text.heads"));
      }
    }
  }

  @Test
  void aFileThatEndsEarlyIsRefused() throws IOException {
    Path file = write(tensors -> {});
    byte[] bytes = Files.readAllBytes(file);
    for (int length : new int[] {0, 7, 8, 100, bytes.length / 2, bytes.length - 1}) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThrows(DataFormatException.class, () -> ClipTextWeights.read(file), "of " + length);
    }
    assertThrows(
        DataFormatException.class, () -> ClipTextWeights.read(folder.resolve("none.safetensors")));
  }

  @Test
  void damagedFilesAreReadWholeOrRefusedInOneLine() throws IOException {
    Path file = write(tensors -> {});
    byte[] whole = Files.readAllBytes(file);
    int[] counts = new int[2];
    Campaign.run(
        40,
        400,
        random -> {
          byte[] damaged = whole.clone();
          boolean header = random.nextBoolean();
          for (int n = 1 + random.nextInt(2); n > 0; n--) {
            int at = random.nextInt(header ? 3000 : damaged.length);
            damaged[at] =
                (byte) (random.nextBoolean() ? '0' + random.nextInt(10) : random.nextInt());
          }
          Files.write(file, damaged);
          try {
            for (double each : encoded(file)) {
              assertFalse(Double.isNaN(each));
            }
            counts[0]++;
          } catch (DataFormatException e) {
            String message = String.valueOf(e.getMessage());
            assertFalse(message.chars().anyMatch(Character::isISOControl), message);
            assertTrue(message.length() < 1000, message);
            counts[1]++;
          }
        });
    assertTrue(counts[0] > 0 && counts[1] > 0, counts[0] + " read, " + counts[1] + " refused");
  }
}
