// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings without a label: unknown, or such in which nothing happens. */
class NegativesVerbTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path data = Path.of("");

  /** Two of the recordings to learn from lose all that is known of them. */
  @BeforeEach
  void write() throws IOException {
    data = TinyData.write(folder.resolve("data"));
    Path file = data.resolve("annotations.json");
    JsonNode root = JSON.readTree(file.toFile());
    for (String id : List.of("train_00001", "train_00004")) {
      ((ObjectNode) root.path("database").path(id)).putArray("annotations");
    }
    JSON.writeValue(file.toFile(), root);
    Path points = data.resolve("points.csv");
    List<String> kept =
        Files.readAllLines(points).stream()
            .filter(line -> !line.startsWith("train_00001,") && !line.startsWith("train_00004,"))
            .toList();
    Files.write(points, kept);
  }

  private void negative() throws IOException {
    Path toml = data.resolve("dataset.toml");
    Files.writeString(toml, "unlabelled = \"negative\"\n" + Files.readString(toml));
  }

  @ParameterizedTest
  @CsvSource({
    "basnet, filterHidden=4 hidden=4 segments=16 batch=6 steps=4",
    "bm, attentionHidden=4 segments=16 batch=6 steps=4",
    "facnet, hidden=4 batch=6 epochs=4",
    "stpn, hidden=4 segments=16 batch=6 steps=4",
    "wum, hidden=4 segments=16 batch=6 steps=4",
    "plain, hidden=4 batch=6 steps=4",
    "rskp, hidden=8 epochs=4 batch=2 memory.from=2 train.evaluateEvery=0",
    "gaufuse, hidden=8 epochs=8 batch=2 memory.from=2 train.evaluateEvery=0",
    "multires, segments=16 ilg.filterHidden=4 ilg.hidden=8 ilg.steps=4 ilg.batch=6 labels.action=0.2"
        + " labels.background=0.3 ptlr.hidden=4 ptlr.steps=4 ptlr.stages=1",
    "apn, embedded=8 boundaryWidth=4 width=8 heads=2 layers=1 samples=4 classWidth=8 batch=4 epochs=4"
  })
  void everyMethodLearnsFromRecordingsInWhichNothingHappens(String method, String settings)
      throws IOException {
    negative();
    List<Object> words =
        new ArrayList<>(List.of("train", method, "--data", data, "--out", folder.resolve("run")));
    words.addAll(List.of("--preset", "none"));
    for (String setting : settings.split(" ", -1)) {
      words.addAll(List.of("--set", setting));
    }
    Run run = Run.of(words.toArray());
    assertEquals(0, run.code(), run.err());
    assertFalse(run.err().contains("has no label"), run.err());
    for (String line : Files.readAllLines(folder.resolve("run/metrics.jsonl"))) {
      JsonNode loss = JSON.readTree(line).path("loss");
      assertTrue(loss.isMissingNode() || Double.isFinite(loss.doubleValue()), line);
    }
  }

  @Test
  void nothingIsKnownOfARecordingWithoutALabelUnlessSaid() {
    Run run = TinyData.train(data, folder.resolve("run"), "--dry-run");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("is to train on but has no label"), run.err());
    assertTrue(run.out().contains("4 to train on, 2 left out without label"), run.out());
  }

  @Test
  void aRecordingWithPassedOverLabelsIsUnknown() throws IOException {
    negative();
    Path file = data.resolve("annotations.json");
    JsonNode root = JSON.readTree(file.toFile());
    ((ObjectNode) root.path("database").path("train_00004"))
        .putArray("annotations")
        .addObject()
        .put("label", "Ambiguous");
    JSON.writeValue(file.toFile(), root);
    Path toml = data.resolve("dataset.toml");
    Files.writeString(toml, "ignore_classes = [\"Ambiguous\"]\n" + Files.readString(toml));
    Run run = TinyData.train(data, folder.resolve("run"), "--dry-run");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("5 to train on, 1 left out without label"), run.out());
    Run inspect = Run.of("inspect", data);
    assertTrue(inspect.out().contains("labels passed over: Ambiguous"), inspect.out());
    assertTrue(inspect.out().contains("nothing happens in 1 recording"), inspect.out());
  }
}
