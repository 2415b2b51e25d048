// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A method that learns from points through the verbs; its single stage has a folder. */
class ApnVerbTest {
  @TempDir static Path shared;

  private static Path data = Path.of("");
  private static Path undisturbed = Path.of("");
  private static Run first = new Run(-1, "", "");

  @TempDir Path folder;

  @BeforeAll
  static void trainOnce() throws IOException {
    data = TinyData.write(shared.resolve("data"));
    undisturbed = shared.resolve("run");
    first = train(undisturbed);
  }

  private static Run train(Path out, Object... more) {
    List<Object> words = new ArrayList<>(List.of("train", "apn", "--data", data, "--out", out));
    words.addAll(List.of("--preset", "none"));
    for (String setting :
        List.of(
            "embedded=8",
            "boundaryWidth=4",
            "width=8",
            "heads=2",
            "layers=1",
            "samples=4",
            "classWidth=8",
            "batch=3",
            "epochs=5",
            "pseudo.logEvery=2",
            "pseudo.quality=true")) {
      words.addAll(List.of("--set", setting));
    }
    words.addAll(Arrays.asList(more));
    return Run.of(words.toArray());
  }

  private static long lines(String text, String beginning) {
    return text.lines().filter(line -> line.startsWith(beginning)).count();
  }

  @Test
  void oneStageIsLocalisedAndPrintedOnce() throws IOException {
    assertEquals(0, first.code(), first.err());
    assertEquals(1, lines(first.out(), "apn "), first.out());
    assertEquals(0, lines(first.out(), "after "), first.out());
    assertFalse(Files.exists(undisturbed.resolve("stages/apn/evaluation.json")));
    assertEquals(10, Files.readAllLines(undisturbed.resolve("metrics.jsonl")).size());
  }

  @Test
  void theReportShowsPseudoActions() throws IOException {
    Path again = folder.resolve("again.html");
    assertEquals(0, Run.of("report", undisturbed, "--data", data, "--out", again).code());
    for (Path file : List.of(undisturbed.resolve("report.html"), again)) {
      String page = Files.readString(file);
      assertTrue(page.contains("<h2 id=\"pseudo\">"), "a section");
      assertTrue(page.contains("Points and pseudo actions of train_00001"), "lanes");
      for (String look : List.of("0", "2", "4", "5")) {
        assertTrue(page.contains(">epoch " + look + "</text>"), look);
        assertTrue(page.contains("<th scope=\"row\">" + look + "</th>"), look);
      }
      assertFalse(page.contains("<h2 id=\"stages\">"), "one stage is nothing to compare");
    }
  }

  @Test
  void localisesAndEvaluates() throws IOException {
    for (List<String> stage : List.of(List.<String>of(), List.of("--stage", "apn"))) {
      Path out = folder.resolve("found" + stage.size() + ".json");
      List<Object> words =
          new ArrayList<>(List.of("localize", "--run", undisturbed, "--data", data, "--out", out));
      words.addAll(stage);
      Run run = Run.of(words.toArray());
      assertEquals(0, run.code(), run.err());
      assertArrayEquals(
          Files.readAllBytes(undisturbed.resolve("detections.json")), Files.readAllBytes(out));
      Run scored =
          Run.of(
              "evaluate",
              "--detections",
              out,
              "--truth",
              data.resolve("annotations.json"),
              "--subset",
              "test");
      assertEquals(0, scored.code(), scored.err());
    }
    Path out = folder.resolve("none.json");
    Run run =
        Run.of("localize", "--run", undisturbed, "--stage", "bdm", "--data", data, "--out", out);
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains("choose one of: apn"), run.err());
  }

  @Test
  void stoppedAgainAndAgainEndsInTheSameBits() throws IOException {
    Path out = folder.resolve("run");
    Run run = train(out, "--max-time", 0);
    int starts = 1;
    while (run.code() == 4 && starts < 30) {
      run = Run.of("train", "apn", "--data", data, "--out", out, "--resume", "--max-time", 0);
      starts++;
    }
    assertEquals(0, run.code(), run.err());
    assertEquals(10, starts);
    for (String name :
        List.of(
            "checkpoint.safetensors",
            "detections.json",
            "stages/apn/pseudo-actions.json",
            "stages/apn/weights.safetensors")) {
      assertArrayEquals(
          Files.readAllBytes(undisturbed.resolve(name)),
          Files.readAllBytes(out.resolve(name)),
          name);
    }
  }

  @Test
  void aDryRunTimesTheTraining() {
    Path out = folder.resolve("run");
    Run run = train(out, "--dry-run");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("for 10 steps"), run.out());
    assertFalse(Files.exists(out));
  }

  @Test
  void withoutPointsItIsRefused() throws IOException {
    Path bare = folder.resolve("bare");
    try (var files = Files.walk(data)) {
      for (Path file : files.toList()) {
        if (!file.endsWith("points.csv")) {
          Files.copy(file, bare.resolve(data.relativize(file).toString()));
        }
      }
    }
    Run run = Run.of("train", "apn", "--data", bare, "--out", folder.resolve("run"));
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains("apn learns from points"), run.err());
  }
}
