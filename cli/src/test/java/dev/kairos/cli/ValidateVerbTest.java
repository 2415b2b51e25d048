// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateVerbTest {
  private static final List<String> FILES =
      List.of(
          "checkpoint.safetensors",
          "best.safetensors",
          "validation.json",
          "metrics.jsonl",
          "detections.json",
          "evaluation.json",
          "config.toml");

  @TempDir static Path shared;

  private static Path data = Path.of("");
  private static Path validated = Path.of("");
  private static Run first = new Run(-1, "", "");

  @TempDir Path folder;

  @BeforeAll
  static void trainOnce() throws IOException {
    data = TinyData.write(shared.resolve("data"));
    validated = shared.resolve("run");
    first = TinyData.train(data, validated, "--validate", "0.34", "--validate-every", 3);
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  @Test
  void trainKeepsTheBestWeightsAndSaysSo() throws IOException {
    assertEquals(0, first.code(), first.err());
    assertTrue(first.err().contains("held out, scored and not learned from: 2 recordings"));
    assertTrue(first.err().contains("localising with the best weights: best, after step "));
    JsonNode validation = json(validated.resolve("validation.json"));
    assertEquals(4, validation.path("evaluations").size(), validation.toString());
    assertEquals("activitynet", validation.path("protocol").asText());
    assertEquals(7, validation.path("tiou").size());
    assertEquals(2, validation.path("recordings").size());
    long kept = validation.path("kept").path("step").asLong();
    JsonNode evaluation = json(validated.resolve("evaluation.json"));
    assertEquals("best, after step " + kept, evaluation.path("weights").asText());
    assertEquals("test", evaluation.path("subset").asText());
    String config = Files.readString(validated.resolve("config.toml"));
    for (String line : List.of("heldOut = 0.34", "evaluateEvery = 3", "heldOutBy = \"subject\"")) {
      assertTrue(config.contains(line), line + " in " + config);
    }
    String page = Files.readString(validated.resolve("report.html"));
    assertTrue(page.contains("<h2 id=\"validation\">Validation</h2>"), "the section");
    assertTrue(page.contains("kept, step " + kept), "the mark");
    assertTrue(page.contains("average mAP, % from "), "the curve");
    assertTrue(page.contains("learning rate 0.001 in every step"), "the learning rate");
    assertTrue(page.contains("protocol activitynet, subset test, weights best"), "the protocol");
  }

  @Test
  void tensorBoardHasTheScoresAndTheLearningRate() throws IOException {
    String events = "";
    try (Stream<Path> files = Files.list(validated)) {
      for (Path file : files.filter(f -> f.toString().contains("tfevents")).toList()) {
        events += Files.readString(file, StandardCharsets.ISO_8859_1);
      }
    }
    for (String tag : List.of("validation/mAP", "validation/classification", "learningRate")) {
      assertTrue(events.contains(tag), tag);
    }
  }

  @Test
  void stoppedAgainAndAgainItKeepsTheSameBits() throws IOException {
    Path out = folder.resolve("run");
    Run run =
        TinyData.train(data, out, "--validate", "0.34", "--validate-every", 3, "--max-time", "0");
    int starts = 1;
    while (run.code() == 4 && starts < 30) {
      run = TinyData.resume(data, out, "--max-time", "0", "--validate", "0.34");
      starts++;
    }
    assertEquals(0, run.code(), run.err());
    assertTrue(starts > 10, "starts: " + starts);
    for (String name : FILES) {
      assertArrayEquals(
          Files.readAllBytes(validated.resolve(name)), Files.readAllBytes(out.resolve(name)), name);
    }
    Run other = TinyData.resume(data, out, "--validate", "0.5");
    assertEquals(2, other.code(), other.err());
    assertTrue(other.err().contains("train.heldOut = 0.34, asked for 0.5"), other.err());
  }

  @Test
  void localizeTakesTheBestOrTheLast() throws IOException {
    Path best = folder.resolve("best.json");
    Path last = folder.resolve("last.json");
    Run usual = localize(validated, best);
    assertEquals(0, usual.code(), usual.err());
    assertTrue(usual.err().contains("weights: best, after step "), usual.err());
    assertArrayEquals(
        Files.readAllBytes(validated.resolve("detections.json")), Files.readAllBytes(best));
    Run ended = localize(validated, last, "--checkpoint", "last");
    assertEquals(0, ended.code(), ended.err());
    assertTrue(ended.err().contains("weights: last"), ended.err());
    assertEquals(0, localize(validated, best, "--checkpoint", "best").code());

    Path bare = folder.resolve("bare");
    assertEquals(0, TinyData.train(data, bare).code());
    assertFalse(Files.exists(bare.resolve("best.safetensors")));
    Run none = localize(bare, best, "--checkpoint", "best");
    assertEquals(2, none.code(), none.err());
    assertTrue(none.err().contains("has no best.safetensors"), none.err());
    assertEquals(2, localize(validated, best, "--checkpoint", "first").code());
  }

  private static Run localize(Path run, Path out, Object... more) {
    return Run.of(
        Stream.concat(
                Stream.of("localize", "--run", run, "--data", data, "--out", out), Stream.of(more))
            .toArray());
  }

  @Test
  void whatCannotBeValidatedIsRefusedBeforeAFolderIsMade() {
    Path out = folder.resolve("no");
    for (String[] wrong :
        new String[][] {
          {"val", "3", "no recording is in subset 'val'"},
          {"test", "2", "cannot be held out, it has another use"},
          {"train", "2", "cannot be held out, it has another use"},
          {"1", "2", "a share lies between 0 and 1"},
          {"0", "2", "a share lies between 0 and 1"},
          {"-0.5", "2", "a share lies between 0 and 1"},
          {" ", "2", "names nothing"},
        }) {
      Run run = TinyData.train(data, out, "--validate", wrong[0]);
      assertEquals(Integer.parseInt(wrong[1]), run.code(), wrong[0] + ": " + run.err());
      assertTrue(run.err().contains(wrong[2]), run.err());
      assertFalse(Files.exists(out), wrong[0]);
    }
    Run unknown = TinyData.train(data, out, "--validate", "dev");
    assertTrue(unknown.err().contains("subsets here: test, train"), unknown.err());
    Run alone = TinyData.train(data, out, "--patience", 3);
    assertEquals(2, alone.code(), alone.err());
    assertEquals(2, TinyData.train(data, out, "--validate", "0.3", "--patience", 0).code());
    assertEquals(2, TinyData.train(data, out, "--validate-every", 0).code());
    Run folds = TinyData.train(data, out, "--folds", 2, "--validate", "val");
    assertEquals(2, folds.code(), folds.err());
    Run twice = TinyData.train(data, out, "--validate", "0.3", "--set", "train.heldOut=0.2");
    assertEquals(2, twice.code(), twice.err());
    assertTrue(twice.err().contains("train.heldOut was set before"), twice.err());
  }

  @Test
  void recordingsAreDrawnOneByOneWhereThatIsSet() throws IOException {
    Path out = folder.resolve("run");
    Run run = TinyData.train(data, out, "--validate", "0.34", "--set", "train.heldOutBy=recording");
    assertEquals(0, run.code(), run.err());
    String config = Files.readString(out.resolve("config.toml"));
    assertTrue(config.contains("heldOutBy = \"recording\""), config);
  }

  @Test
  void aDryRunCountsIt() {
    Run run = TinyData.train(data, folder, "--validate", "0.34", "--dry-run");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("recordings   4 to train on"), run.out());
    assertTrue(run.out().contains("held out     2 recordings of train (0.34)"), run.out());
  }

  @Test
  void seedsHaveBestWeightsEachAndTheThresholdsAskedFor() throws IOException {
    Path out = folder.resolve("seeds");
    Run run =
        TinyData.train(
            data, out, "--seeds", 2, "--validate", "0.34", "--patience", 1, "--tiou", "0.3,0.5");
    assertEquals(0, run.code(), run.err());
    for (String seed : List.of("seed-0", "seed-1")) {
      assertTrue(Files.exists(out.resolve(seed).resolve("best.safetensors")), seed);
      JsonNode validation = json(out.resolve(seed).resolve("validation.json"));
      assertEquals("[0.3,0.5]", validation.path("tiou").toString());
    }
    JsonNode summary = json(out.resolve("summary.json"));
    assertEquals("activitynet", summary.path("protocol").asText());
    assertEquals("test", summary.path("subset").asText());
  }
}
