// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.golden.ApnJson;
import dev.kairos.golden.Golden;
import dev.kairos.golden.GoldenEngine;
import dev.kairos.golden.OnEveryBackend;
import dev.kairos.nn.Checkpoint;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code apn/e_text.json} and the tower of {@code apn/m_prompts.json}: CLIP's text encoder. */
@Tag("every-backend")
class ClipTextEncoderGoldenTest {
  /** Each backend with each file of weights. */
  static Stream<String[]> weights() throws IOException {
    List<String[]> all = new ArrayList<>();
    for (JsonNode file : Golden.get(ApnJson.file("e_text.json"), "weights_files")) {
      for (String backend : GoldenEngine.backends()) {
        all.add(new String[] {backend, file.textValue()});
      }
    }
    return all.stream();
  }

  /** The same without those that were rounded to half precision, for which there are no steps. */
  static Stream<String[]> unrounded() throws IOException {
    return weights().filter(each -> !isHalf(each[1]));
  }

  private static boolean isHalf(String file) {
    return file.contains("f16");
  }

  private static ClipTextEncoder encoder(String file, JsonNode golden, Engine engine)
      throws IOException {
    ClipTextWeights weights = ClipTextWeights.read(ApnJson.path(file));
    return new ClipTextEncoder(weights, Golden.get(golden, "heads").intValue(), engine);
  }

  /** The last axis is that of tokens. */
  private static List<int[]> texts(JsonNode ids) {
    int[] shape = Golden.ints(Golden.get(ids, "shape"));
    int[] all = Golden.ints(Golden.get(ids, "data"));
    int context = shape[shape.length - 1];
    List<int[]> texts = new ArrayList<>();
    for (int from = 0; from < all.length; from += context) {
      texts.add(Arrays.copyOfRange(all, from, from + context));
    }
    return texts;
  }

  private static Tensor tensor(Engine engine, double[][] rows) {
    double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return engine.tensor(flat, rows.length, rows[0].length);
  }

  @ParameterizedTest
  @MethodSource("weights")
  void sizesAreThoseOfTheTensors(String backend, String file) throws IOException {
    JsonNode golden = ApnJson.file("e_text.json");
    ClipTextWeights weights = ClipTextWeights.read(ApnJson.path(file));
    assertEquals(Golden.get(golden, "vocab").intValue(), weights.vocabulary());
    assertEquals(Golden.get(golden, "context").intValue(), weights.context());
    assertEquals(Golden.get(golden, "width").intValue(), weights.width());
    assertEquals(Golden.get(golden, "layers").intValue(), weights.layers());
    assertEquals(Golden.get(golden, "embed_dim").intValue(), weights.output());
    try (Engine engine = Engine.open(backend, 2)) {
      double[][] found = encoder(file, golden, engine).encode(texts(Golden.get(golden, "ids")));
      String key = isHalf(file) ? "embedding_from_f16_weights" : "embedding";
      ApnJson.assertOutput(Golden.get(golden, key), tensor(engine, found), key);
      if (!isHalf(file)) {
        double[][] unit = Arrays.stream(found).map(UnitVectors::unit).toArray(double[][]::new);
        ApnJson.assertOutput(
            Golden.get(golden, "embedding_unit"), tensor(engine, unit), "embedding_unit");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("unrounded")
  void everyStepAgrees(String backend, String file) throws IOException {
    JsonNode golden = ApnJson.file("e_text.json");
    try (Engine engine = Engine.open(backend, 2)) {
      ClipTextEncoder encoder = encoder(file, golden, engine);
      List<int[]> texts = texts(Golden.get(golden, "ids"));
      int context = texts.get(0).length;
      JsonNode hidden = Golden.get(golden, "hidden");
      Tensor z = encoder.embed(texts, context);
      ApnJson.assertOutput(hidden.get(0), z, "after positions");
      for (int l = 1; l < hidden.size(); l++) {
        z = encoder.block(l - 1, z, encoder.mask(context));
        ApnJson.assertOutput(hidden.get(l), z, "after block " + l);
      }
      ApnJson.assertOutput(Golden.get(golden, "ln_final"), encoder.norm(z), "ln_final");
      Tensor pooled = encoder.norm(encoder.atEnds(z, texts));
      ApnJson.assertOutput(Golden.get(golden, "pooled"), pooled, "pooled");
      JsonNode embedding = Golden.get(golden, "embedding");
      ApnJson.assertOutput(embedding, encoder.project(pooled), "embedding");
      assertTrue(hidden.size() > 1);
    }
  }

  /** All the way to the context and only as far as the longest text, alone and together. */
  @OnEveryBackend
  void whatFollowsTheEndHasNoInfluence(String backend) throws IOException {
    JsonNode golden = ApnJson.file("e_text.json");
    String file = Golden.get(golden, "weights_files").get(0).textValue();
    try (Engine engine = Engine.open(backend, 2)) {
      ClipTextEncoder encoder = encoder(file, golden, engine);
      List<int[]> texts = texts(Golden.get(golden, "ids"));
      double[][] whole = encoder.encode(texts, texts.get(0).length);
      double bound = backend.equals("reference") ? 1e-13 : 1e-5;
      for (int n = 0; n < whole.length; n++) {
        int[] text = texts.get(n);
        int end = ClipTextEncoder.end(text);
        int[] padded = text.clone();
        Arrays.fill(padded, end, padded.length, text[end]); // as some tokenisers fill up
        int[] alone = Arrays.copyOf(text, end + 1);
        for (int[] other : List.of(text, padded, alone)) {
          double[] found = encoder.encode(List.of(other))[0];
          for (int e = 0; e < found.length; e++) {
            assertEquals(whole[n][e], found[e], bound, "text " + n);
          }
        }
      }
    }
  }

  @OnEveryBackend
  void promptsOfClassesBecomeVectors(String backend) throws IOException {
    JsonNode tower = Golden.get(ApnJson.file("m_prompts.json"), "tower");
    List<int[]> texts = texts(Golden.get(tower, "ids"));
    NpyArray embedding = ApnJson.array(Golden.get(tower, "embedding"));
    NpyArray vectors = ApnJson.array(Golden.get(tower, "class_vectors"));
    for (JsonNode file : Golden.get(tower, "weights_files")) {
      try (Engine engine = Engine.open(backend, 2)) {
        double[][] found = encoder(file.textValue(), tower, engine).encode(texts);
        Tensor rows = tensor(engine, found).reshape(embedding.dim(0), embedding.dim(1), -1);
        double[] means = ClassWordsGoldenTest.meanDirections(Checkpoint.array(rows));
        if (isHalf(file.textValue())) { // expected are those of the unrounded weights
          assertEquals(vectors.dim(0), UnitVectors.dot(vectors.toDoubles(), means), 1e-4);
        } else {
          ApnJson.assertOutput(Golden.get(tower, "embedding"), rows, "embedding");
          Tensor directions = engine.tensor(means, vectors.shape());
          ApnJson.assertOutput(Golden.get(tower, "class_vectors"), directions, "class vectors");
        }
      }
    }
  }
}
