// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.golden.ApnJson;
import dev.kairos.golden.Golden;
import dev.kairos.golden.SharedFile;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.Settings;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings and class names to vectors, by a tower with the whole of CLIP's vocabulary. */
class ClipClassTextsTest {
  private static final List<String> CLASSES = List.of("CleanAndJerk", "BaseballPitch", "动作😀");
  private static final int CONTEXT = 77;

  @TempDir Path folder;

  /** The golden tower with more tokens and a longer context. */
  private Path tower() throws IOException {
    return tower(tensors -> {});
  }

  private Path tower(Consumer<Map<String, NpyArray>> change) throws IOException {
    Path tiny = ApnJson.path("tiny_clip_openai_f32.safetensors");
    Map<String, NpyArray> tensors = new TreeMap<>(Safetensors.read(tiny).tensors());
    int width = array(tensors, "positional_embedding").dim(1);
    tensors.put("token_embedding.weight", random(49408, width));
    tensors.put("positional_embedding", random(CONTEXT, width));
    change.accept(tensors);
    Path file = folder.resolve("tower.safetensors");
    Safetensors.write(file, tensors, Map.of());
    return file;
  }

  private static NpyArray array(Map<String, NpyArray> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  private static NpyArray random(int rows, int width) {
    double[] values = new SplittableRandom(rows).doubles((long) rows * width, -1, 1).toArray();
    return NpyArray.ofDoubles(values, rows, width).as(ElementType.F32);
  }

  private static int heads() throws IOException {
    return Golden.get(ApnJson.file("e_text.json"), "heads").intValue();
  }

  private static ClassVectors vectors(Path weights, String... more) throws IOException {
    return vectors("reference", CLASSES, weights, more);
  }

  private static ClassVectors vectors(
      String backend, List<String> classes, Path weights, String... more) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "text.source=clip",
                "text.heads=" + heads(),
                "text.width=" + Golden.get(ApnJson.file("e_text.json"), "embed_dim").intValue(),
                "text.weights=" + weights,
                "text.vocabulary=" + SharedFile.of(ClipTokenizerGoldenTest.VOCABULARY)));
    words.addAll(Arrays.asList(more));
    try (Engine engine = Engine.open(backend, 1)) {
      return ClassTexts.from(Settings.empty().withOverrides(words)).vectors(classes, engine);
    }
  }

  @Test
  void aClassIsTheDirectionOfItsPrompts() throws IOException {
    Path file = tower();
    ClassVectors found = vectors(file);
    assertEquals("CLIP tower.safetensors", found.source());
    assertEquals(CLASSES.size(), found.size());
    ClipTokenizer tokenizer =
        new ClipTokenizer(ClipVocabulary.read(SharedFile.of(ClipTokenizerGoldenTest.VOCABULARY)));
    try (Engine engine = Engine.open("reference", 1)) {
      ClipTextEncoder encoder = new ClipTextEncoder(ClipTextWeights.read(file), heads(), engine);
      for (int c = 0; c < CLASSES.size(); c++) {
        double[][] prompts =
            encoder.encode(
                new Prompts(Prompts.DEFAULTS)
                    .of(ClassWords.of(CLASSES.get(c))).stream()
                        .map(text -> tokenizer.sequence(text, CONTEXT))
                        .toList(),
                CONTEXT);
        int width = found.width();
        double[] row = Arrays.copyOfRange(found.toDoubles(), c * width, (c + 1) * width);
        assertArrayEquals(UnitVectors.meanDirection(prompts), row, 1e-12);
      }
    }
    ClassVectors single = vectors(file, "text.prompts=['the {}']");
    assertNotEquals(found.fingerprint(), single.fingerprint());
  }

  @Test
  void theTowerMustKnowTheVocabulary() throws IOException {
    Path tiny = ApnJson.path("tiny_clip_hf_f32.safetensors");
    DataFormatException e = assertThrows(DataFormatException.class, () -> vectors(tiny));
    assertEquals("KFMT-407", e.code());
  }

  /** In single precision too, where equal texts of two batches may differ in their last bits. */
  @Test
  void namesOfTheSameWordsAreRefused() throws IOException {
    Path file = tower();
    List<String> classes = List.of("HighJump", "TaiChi", "BaseballPitch", "Diving", "high_jump");
    ConfigException e = assertThrows(ConfigException.class, () -> vectors("scalar", classes, file));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("'HighJump' and 'high_jump'"), message);
  }

  @Test
  void aTowerWithoutDirectionsIsRefused() throws IOException {
    Path file =
        tower(
            tensors -> {
              int[] shape = array(tensors, "text_projection").shape();
              NpyArray zeros = NpyArray.ofFloats(new float[shape[0] * shape[1]], shape);
              tensors.put("text_projection", zeros);
            });
    DataFormatException e = assertThrows(DataFormatException.class, () -> vectors(file));
    assertEquals("KFMT-405", e.code());
  }
}
