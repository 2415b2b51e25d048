// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.golden.ApnJson;
import dev.kairos.golden.Golden;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code apn/m_prompts.json} and {@code apn/e_hashtext.json}: what is made of class names. */
class ClassWordsGoldenTest {
  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.textValue()));
    return texts;
  }

  @Test
  void namesBecomePrompts() throws IOException {
    JsonNode golden = ApnJson.file("m_prompts.json");
    assertEquals(texts(Golden.get(golden, "templates")), Prompts.DEFAULTS);
    int compared = 0;
    for (JsonNode each : Golden.get(golden, "texts")) {
      String words = ClassWords.of(Golden.get(each, "name").textValue());
      assertEquals(Golden.get(each, "words").textValue(), words);
      List<String> prompts = texts(Golden.get(each, "prompts"));
      assertEquals(prompts, new Prompts(Prompts.DEFAULTS).of(words));
      compared += prompts.size();
    }
    assertEquals(Golden.get(golden, "texts").size() * Prompts.DEFAULTS.size(), compared);
  }

  @Test
  void promptsAreAveraged() throws IOException {
    JsonNode average = Golden.get(ApnJson.file("m_prompts.json"), "average");
    NpyArray embeddings = ApnJson.array(Golden.get(average, "embeddings"));
    NpyArray expected = ApnJson.array(Golden.get(average, "class_vectors"));
    double[] found = meanDirections(embeddings);
    ApnJson.assertExact(expected.toDoubles(), found, "class vectors");
  }

  /** Of {@code [M, n, E]}: {@code [M, E]}. */
  static double[] meanDirections(NpyArray embeddings) {
    int prompts = embeddings.dim(1);
    int width = embeddings.dim(2);
    double[] all = embeddings.toDoubles();
    double[] found = new double[embeddings.dim(0) * width];
    for (int c = 0; c < embeddings.dim(0); c++) {
      double[][] rows = new double[prompts][];
      for (int i = 0; i < prompts; i++) {
        int from = (c * prompts + i) * width;
        rows[i] = Arrays.copyOfRange(all, from, from + width);
      }
      System.arraycopy(UnitVectors.meanDirection(rows), 0, found, c * width, width);
    }
    return found;
  }

  @Test
  void wordsBecomeCodes() throws IOException {
    JsonNode golden = ApnJson.file("e_hashtext.json");
    for (JsonNode each : Golden.get(golden, "cases")) {
      String words = ClassWords.of(Golden.get(each, "raw").textValue());
      assertEquals(Golden.get(each, "norm").textValue(), words);
      NpyArray expected = ApnJson.array(Golden.get(each, "vec"));
      double[] found = WordCodes.vector(words, Golden.get(each, "E").intValue());
      ApnJson.assertExact(expected.toDoubles(), found, words);
    }
    Golden.get(golden, "fnv_of_word")
        .properties()
        .forEach(
            each ->
                assertEquals(
                    each.getValue().textValue(),
                    String.format("%016x", WordCodes.hash(each.getKey()))));
  }
}
