// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuneVerbTest {
  private static final List<String> SMALL =
      List.of("segments=16", "filterHidden=4", "steps=6", "batch=4");

  @TempDir static Path shared;

  private static Path data = Path.of("");
  private static Path tuned = Path.of("");
  private static Run first = new Run(-1, "", "");

  @TempDir Path folder;

  @BeforeAll
  static void tuneOnce() throws IOException {
    data = TinyData.write(shared.resolve("data"));
    tuned = shared.resolve("tune");
    first = tune(space(shared, "learningRate = [1e-9, 0.01]\nhidden = [4, 8]"), tuned);
  }

  private static Path space(Path folder, String toml) throws IOException {
    return Files.writeString(folder.resolve("space.toml"), toml);
  }

  private static Run tune(Path space, Path out, Object... more) {
    List<Object> words =
        new ArrayList<>(List.of("tune", "basnet", "--data", data, "--out", out, "--space", space));
    SMALL.forEach(setting -> words.addAll(List.of("--set", setting)));
    words.addAll(List.of("--validate", "0.34", "--validate-every", 3));
    words.addAll(Arrays.asList(more));
    return Run.of(words.toArray());
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  @Test
  void triesAllAndPrintsTheCommandThatTrainsTheBest() throws IOException {
    assertEquals(0, first.code(), first.err());
    List<String> lines = first.out().lines().toList();
    assertTrue(lines.get(0).contains("protocol activitynet, tIoU 0.1, 0.2"), first.out());
    assertTrue(lines.get(0).contains("2 recordings of train (0.34)"), first.out());
    assertTrue(lines.get(1).matches("trial +mAP, % +sd +classes, % +kept after +learn.* hidden"));
    assertEquals(4, lines.stream().filter(l -> l.matches(" +[1-4] +\\d+\\.\\d\\d .*")).count());
    assertTrue(first.err().contains("trial 4 of 4: learningRate=0.01 hidden=8"), first.err());
    JsonNode trials = json(tuned.resolve("trials.json"));
    int best = trials.path("best").asInt();
    JsonNode chosen = trials.path("trials").get(best - 1);
    String command = lines.get(lines.size() - 1);
    assertTrue(command.startsWith("  kairos train basnet --data "), command);
    assertTrue(command.contains("--validate 0.34 --validate-every 3"), command);
    String rate = chosen.path("settings").path("learningRate").asText();
    assertTrue(command.contains("--set learningRate=" + rate + " --set hidden="), command);
    for (int trial = 1; trial <= 4; trial++) {
      Path run = tuned.resolve("trial-" + trial);
      assertTrue(Files.exists(run.resolve("report.html")), "" + run);
      assertFalse(Files.exists(run.resolve("detections.json")), "test was localised");
    }
    List<Object> words = new ArrayList<>(Arrays.asList(command.strip().split(" ")));
    words.remove(0);
    Run train = Run.of(words.toArray());
    assertEquals(0, train.code(), train.err());
    JsonNode kept = json(tuned.resolve("best").resolve("validation.json")).path("kept");
    assertEquals(chosen.path("average"), kept.path("average"));
    assertEquals("test", json(tuned.resolve("best/evaluation.json")).path("subset").asText());
  }

  @Test
  void thePageHasTheTrialsAndTheCommand() throws IOException {
    String page = Files.readString(tuned.resolve("report.html"));
    for (String part :
        List.of(
            "Search over settings of basnet",
            "protocol activitynet, tIoU 0.1, 0.2",
            "<th scope=\"col\">learningRate</th>",
            "kairos train basnet",
            "trial 2: learningRate=1.0E-9 hidden=8",
            "were not looked at")) {
      assertTrue(page.contains(part), part);
    }
  }

  @Test
  void resumesAndRefusesAnotherSearch() throws IOException {
    String before = Files.readString(tuned.resolve("trials.json"));
    Path same = space(folder, "learningRate = [1e-9, 0.01]\nhidden = [4, 8]");
    Run refused = tune(same, tuned);
    assertEquals(3, refused.code(), refused.err());
    assertTrue(refused.err().contains("--resume"), refused.err());
    Run again = tune(same, tuned, "--resume", "--json");
    assertEquals(0, again.code(), again.err());
    assertEquals(before, again.out());
    assertFalse(again.err().contains("basnet: "), "something was trained: " + again.err());
    Run other =
        tune(space(folder, "learningRate = [1e-9, 0.02]\nhidden = [4, 8]"), tuned, "--resume");
    assertEquals(2, other.code(), other.err());
    assertTrue(other.err().contains("space.learningRate was"), other.err());
    Run missing = tune(same, folder.resolve("none"), "--resume");
    assertEquals(3, missing.code(), missing.err());
  }

  @Test
  void aRandomSearchOverSeveralSeeds() throws IOException {
    Path out = folder.resolve("random");
    Path space = space(folder, "learningRate = {min = 1e-4, max = 1e-1, scale = \"log\"}");
    Run run = tune(space, out, "--trials", 2, "--seeds", 2, "--seed", 4, "--tiou", "0.3,0.5");
    assertEquals(0, run.code(), run.err());
    JsonNode trials = json(out.resolve("trials.json"));
    assertEquals("random", trials.path("search").asText());
    assertEquals("[0.3,0.5]", trials.path("tiou").toString());
    assertEquals(2, trials.path("trials").size());
    for (JsonNode trial : trials.path("trials")) {
      assertEquals(2, trial.path("runs").size());
      double mean =
          (trial.path("runs").get(0).path("average").asDouble()
                  + trial.path("runs").get(1).path("average").asDouble())
              / 2;
      assertEquals(mean, trial.path("average").asDouble(), 1e-12);
      double rate = trial.path("settings").path("learningRate").asDouble();
      assertTrue(rate >= 1e-4 && rate <= 0.1, "" + rate);
    }
    assertTrue(Files.exists(out.resolve("trial-1/seed-4/report.html")));
    assertTrue(run.out().contains("--seed 4 --seeds 2"), run.out());
  }

  @Test
  void whatCannotBeSearchedIsRefused() throws IOException {
    Path out = folder.resolve("no");
    Run misspelt = tune(space(folder, "learningRat = [0.1]"), out);
    assertEquals(2, misspelt.code(), misspelt.err());
    assertTrue(misspelt.err().contains("did you mean learningRate?"), misspelt.err());
    assertTrue(misspelt.err().contains("space.toml:1:1"), misspelt.err());
    Run twice = tune(space(folder, "steps = [3, 4]"), out);
    assertEquals(2, twice.code(), twice.err());
    assertTrue(twice.err().contains("the space searches over it too"), twice.err());
    Path good = space(folder, "hidden = [4]");
    assertEquals(2, tune(good, out, "--seeds", 0).code());
    assertEquals(2, tune(good, out, "--trials", 0).code());
    Run search = tune(good, out, "--search", "gird");
    assertEquals(2, search.code(), search.err());
    assertTrue(search.err().contains("did you mean 'grid'?"), search.err());
    Run ranges = tune(space(folder, "hidden = {min = 4, max = 8}"), out, "--search", "grid");
    assertEquals(2, ranges.code(), ranges.err());
    Run absent = tune(folder.resolve("absent.toml"), out);
    assertEquals(3, absent.code(), absent.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void whereEveryTrialFailsTheWorkFails() throws IOException {
    Path out = folder.resolve("failed");
    Path space =
        space(folder, "suppression = [\"nms\"]\n\"softNms.parameter\" = [0.3]\nhidden = [4]");
    Run run = tune(space, out);
    assertEquals(1, run.code(), run.err());
    assertTrue(run.out().contains("trial 1: KCONF-001"), run.out());
    assertTrue(run.err().contains("every trial failed"), run.err());
    assertTrue(Files.readString(out.resolve("report.html")).contains("KCONF-001"));
  }
}
