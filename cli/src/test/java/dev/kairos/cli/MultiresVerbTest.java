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

/** A method of several stages through the verbs. */
class MultiresVerbTest {
  private static final List<String> STAGES = List.of("ilg", "ptlr1-ots", "ptlr1-rts");

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
    List<Object> words = new ArrayList<>(List.of("train", "multires", "--data", data));
    words.addAll(List.of("--out", out, "--preset", "none"));
    for (String setting :
        List.of(
            "segments=16",
            "ilg.filterHidden=4",
            "ilg.hidden=8",
            "ilg.steps=5",
            "ilg.batch=4",
            "labels.action=0.2",
            "labels.background=0.3",
            "ptlr.hidden=4",
            "ptlr.steps=4",
            "ptlr.stages=1")) {
      words.addAll(List.of("--set", setting));
    }
    words.addAll(Arrays.asList(more));
    return Run.of(words.toArray());
  }

  @Test
  void trainsAllStagesAndScoresEach() throws IOException {
    assertEquals(0, first.code(), first.err());
    assertEquals(13, Files.readAllLines(undisturbed.resolve("metrics.jsonl")).size());
    for (String stage : STAGES) {
      assertTrue(first.out().contains("\nafter " + stage + " "), first.out());
      Path own = undisturbed.resolve("stages").resolve(stage);
      for (String name :
          List.of("weights.safetensors", "metrics.jsonl", "labels.npy", "evaluation.json")) {
        assertTrue(Files.size(own.resolve(name)) > 0, stage + "/" + name);
      }
    }
    assertTrue(first.out().contains("\nmultires "), first.out());
    assertArrayEquals(
        Files.readAllBytes(undisturbed.resolve("evaluation.json")),
        Files.readAllBytes(undisturbed.resolve("stages/ptlr1-rts/evaluation.json")),
        "the last stage is the whole");
  }

  @Test
  void theReportShowsHowLabelsChange() throws IOException {
    String page = Files.readString(undisturbed.resolve("report.html"));
    assertTrue(page.contains("<h2 id=\"stages\">"), "a section of stages");
    for (String stage : STAGES) {
      assertTrue(page.contains("<th scope=\"row\">" + stage + "</th>"), stage);
    }
    assertTrue(page.contains("Labels and activations of train_00001"), "a track");
    Path again = folder.resolve("again.html");
    assertEquals(0, Run.of("report", undisturbed, "--data", data, "--out", again).code());
    String shown = Files.readString(again);
    assertTrue(shown.contains("Labels and activations of train_00001"), "a track");
    assertEquals(0, Run.of("report", undisturbed, "--out", again).code());
    assertFalse(Files.readString(again).contains("Labels and activations of"), "no annotations");
  }

  @Test
  void localisesAsAtTheEndOfAStage() throws IOException {
    byte[] last = Files.readAllBytes(undisturbed.resolve("detections.json"));
    for (String stage : STAGES) {
      Path out = folder.resolve(stage + ".json");
      Run run =
          Run.of("localize", "--run", undisturbed, "--stage", stage, "--data", data, "--out", out);
      assertEquals(0, run.code(), run.err());
      assertEquals(stage.equals("ptlr1-rts"), Arrays.equals(last, Files.readAllBytes(out)), stage);
    }
    Path out = folder.resolve("none.json");
    Run run =
        Run.of("localize", "--run", undisturbed, "--stage", "ptlr2", "--data", data, "--out", out);
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains("choose one of: ilg, ptlr1-ots, ptlr1-rts"), run.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void stoppedAgainAndAgainEndsInTheSameBits() throws IOException {
    Path out = folder.resolve("run");
    Run run = train(out, "--max-time", 0);
    int starts = 1;
    while (run.code() == 4 && starts < 30) {
      assertTrue(run.err().contains("KINT-001"), run.err());
      run = Run.of("train", "multires", "--data", data, "--out", out, "--resume", "--max-time", 0);
      starts++;
    }
    assertEquals(0, run.code(), run.err());
    assertEquals(13, starts);
    List<String> names = new ArrayList<>(List.of("checkpoint.safetensors", "detections.json"));
    STAGES.forEach(stage -> names.add("stages/" + stage + "/labels.npy"));
    STAGES.forEach(stage -> names.add("stages/" + stage + "/metrics.jsonl"));
    for (String name : names) {
      assertArrayEquals(
          Files.readAllBytes(undisturbed.resolve(name)),
          Files.readAllBytes(out.resolve(name)),
          name);
    }
  }

  @Test
  void aDryRunTimesEveryTraining() {
    Path out = folder.resolve("run");
    Run run = train(out, "--dry-run");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("for 13 steps"), run.out());
    assertFalse(Files.exists(out));
  }
}
