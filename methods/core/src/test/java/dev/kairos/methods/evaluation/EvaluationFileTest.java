// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Segment;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationFileTest {
  private static final String GOOD =
      "{\"tiou\":[0.3,0.5],\"map\":[0.5,0.25],\"average\":0.375,"
          + "\"per_class\":{\"a\":[0.5,0.25]},\"videos\":2,\"detections\":9}";

  @TempDir Path folder;

  private EvaluationFile.Content read(String text) throws IOException {
    return EvaluationFile.read(Files.writeString(folder.resolve("e.json"), text));
  }

  private static EvaluationResult random(SplittableRandom random) {
    Map<String, List<ActionInstance>> truth = new LinkedHashMap<>();
    Map<String, List<Detection>> found = new LinkedHashMap<>();
    for (String video : List.of("v", "w")) {
      List<ActionInstance> actions = new ArrayList<>();
      List<Detection> detections = new ArrayList<>();
      for (int n = 0; n < 40; n++) {
        String label = "class \"" + n % 5 + "\"";
        double start = random.nextDouble(500);
        actions.add(new ActionInstance(label, new Segment(start, start + 6)));
        double shifted = start + random.nextDouble(5);
        detections.add(
            new Detection(label, new Segment(shifted, shifted + 6), random.nextDouble()));
      }
      truth.put(video, actions);
      found.put(video, detections);
    }
    return MeanAveragePrecision.evaluate(truth, found, Thresholds.parse("0.1:0.1:0.7"));
  }

  @Test
  void scoresComeBackToTheSameBits() throws IOException {
    EvaluationResult result = random(new SplittableRandom(11));
    assertTrue(0.1 < result.average() && result.average() < 0.9, "scores worth keeping");
    Path file = folder.resolve("evaluation.json");
    EvaluationFile.write(file, result, new EvaluationFile.About("test", "best, after step 8"));
    EvaluationFile.Content kept = EvaluationFile.read(file);
    assertEquals(List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7), kept.tious());
    assertEquals(Arrays.stream(result.map()).boxed().toList(), kept.map());
    assertEquals(result.average(), kept.average());
    assertEquals(result.classes(), List.copyOf(kept.perClass().keySet()));
    for (String label : result.classes()) {
      assertEquals(Arrays.stream(result.ap(label)).boxed().toList(), kept.perClass().get(label));
    }
    assertEquals(2, kept.recordings());
    assertEquals(80, kept.detections());
    assertEquals(new EvaluationFile.About("test", "best, after step 8"), kept.about());
    assertEquals(
        "protocol activitynet, subset test, weights best, after step 8",
        kept.about().words(kept.protocol()));
    EvaluationFile.write(file, result, EvaluationFile.About.NOTHING);
    assertEquals(EvaluationFile.toJson(result) + "\n", Files.readString(file));
    assertEquals(EvaluationFile.About.NOTHING, EvaluationFile.read(file).about());
  }

  @Test
  void boundariesStandBesideTheScores() throws IOException {
    EvaluationResult result = random(new SplittableRandom(3));
    Path file = folder.resolve("evaluation.json");
    BoundaryErrors errors = new BoundaryErrors(2, 1, -1, 2, 0.5, 0.5);
    EvaluationFile.write(file, result, EvaluationFile.About.NOTHING, errors);
    String text = Files.readString(file);
    assertTrue(
        text.endsWith(
            "\"boundaries\":{\"matched\":2,\"missed\":1,\"start\":-0.5,\"start_absolute\":1.0,"
                + "\"end\":0.25,\"end_absolute\":0.25}}\n"),
        text);
    assertEquals(result.average(), EvaluationFile.read(file).average());
  }

  @Test
  void readsThatOfTheContract() throws IOException {
    EvaluationFile.Content kept = read(GOOD);
    assertEquals(Map.of("a", List.of(0.5, 0.25)), kept.perClass());
    assertEquals(9, kept.detections());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "KFMT-211|{\"tiou\":|not JSON",
        "KFMT-212|[1, 2]|tiou is missing",
        "KFMT-212|{}|tiou is missing",
        "KFMT-212|{\"tiou\":0.5}|tiou: expected a list, found 0.5",
        "KFMT-213|{\"tiou\":[]}|expected a threshold",
        "KFMT-212|{\"tiou\":[0.5],\"per_class\":[]}|per_class: expected an object",
        "KFMT-213|{\"tiou\":[0.5],\"per_class\":{\"a\":[0.5,0.5]}}|per_class \"a\": expected 1",
        "KFMT-214|{\"tiou\":[0.5],\"per_class\":{},\"map\":[1.5]}|map: expected a fraction",
        "KFMT-212|{\"tiou\":[0.5],\"per_class\":{},\"map\":[\"x\"]}|map: expected a number"
      })
  void refusesWhatIsNoEvaluation(String code, String text, String words) {
    DataFormatException e = assertThrows(DataFormatException.class, () -> read(text));
    assertEquals(code, e.code());
    assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains("e.json"), e.getMessage());
  }

  @Test
  void refusesCountsThatAreNone() {
    for (String count : List.of("-1", "2.5", "\"2\"", "99999999999")) {
      String text = GOOD.replace("\"videos\":2", "\"videos\":" + count);
      DataFormatException e = assertThrows(DataFormatException.class, () -> read(text));
      assertTrue(String.valueOf(e.getMessage()).contains("videos: expected"), e.getMessage());
    }
  }
}
