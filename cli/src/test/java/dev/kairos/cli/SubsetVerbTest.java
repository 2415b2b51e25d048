// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which recordings of a data folder are learned from and scored on. */
class SubsetVerbTest {
  @TempDir Path folder;
  private Path data = Path.of("");

  @BeforeEach
  void write() throws IOException {
    data = TinyData.write(folder.resolve("data"));
  }

  private void rename(String from, String to) throws IOException {
    Path file = data.resolve("annotations.json");
    Files.writeString(file, Files.readString(file).replace('"' + from + '"', '"' + to + '"'));
  }

  @Test
  void publishedNamesAreTakenAndSaid() throws IOException {
    rename("train", "training");
    rename("test", "validation");
    Run run = TinyData.train(data, folder.resolve("run"));
    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.err().contains("learning from training (6 recordings), scoring on validation (3"),
        run.err());
    Run scored =
        Run.of(
            "evaluate",
            "--detections",
            folder.resolve("run/detections.json"),
            "--truth",
            data,
            "--subset",
            "test");
    assertEquals(0, scored.code(), scored.err());
    Run found =
        Run.of(
            "localize",
            "--run",
            folder.resolve("run"),
            "--data",
            data,
            "--subset",
            "validation",
            "--out",
            folder.resolve("found.json"));
    assertEquals(0, found.code(), found.err());
    assertEquals(
        Files.readString(folder.resolve("run/detections.json")),
        Files.readString(folder.resolve("found.json")));
  }

  @Test
  void subsetsThatAreAskedForAreKeptInTheRun() throws IOException {
    rename("train", "one");
    rename("test", "two");
    Path place = folder.resolve("run");
    Run run =
        TinyData.train(
            data, place, "--train-subset", "one", "--test-subset", "two", "--max-time=0");
    assertEquals(4, run.code(), run.err());
    assertTrue(run.err().contains("--train-subset one --test-subset two"), run.err());
    Run resumed = TinyData.resume(data, place);
    assertEquals(0, resumed.code(), resumed.err());
    assertTrue(resumed.err().contains("learning from one (6"), resumed.err());
    assertTrue(Files.readString(place.resolve("dataset.toml")).contains("train = [\"one\"]"));
    Run unknown = TinyData.train(data, folder.resolve("other"), "--train-subset", "three");
    assertEquals(3, unknown.code(), unknown.err());
    assertTrue(unknown.err().contains("subsets here: one, two"), unknown.err());
  }

  @Test
  void recordingsWithoutFeaturesAreLeftOutOnRequest() throws IOException {
    Files.delete(data.resolve("features/rgb/train_00002.npy"));
    Run refused = TinyData.train(data, folder.resolve("run"));
    assertEquals(3, refused.code(), refused.err());
    assertTrue(refused.err().contains("--skip-missing"), refused.err());
    Run run = TinyData.train(data, folder.resolve("run"), "--skip-missing");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("left out 1 recording without features: train_00002"), run.err());
  }

  @Test
  void foldsAreScoredOnWhatTheyDidNotLearnFrom() throws IOException {
    Path place = folder.resolve("folds");
    Run run = TinyData.train(data, place, "--folds", "3");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("basnet, fold 3"), run.out());
    assertTrue(run.out().contains("standard deviation"), run.out());
    Set<String> scored = new TreeSet<>();
    for (int fold = 1; fold <= 3; fold++) {
      Path found = place.resolve("fold-" + fold + "/detections.json");
      Iterator<String> ids =
          new ObjectMapper().readTree(found.toFile()).path("results").fieldNames();
      int count = 0;
      for (; ids.hasNext(); count++) {
        assertTrue(scored.add(ids.next()));
      }
      assertEquals(2, count);
    }
    assertEquals(6, scored.size());
    assertTrue(Files.readString(place.resolve("summary.json")).contains("\"fold\" : 1"));
    Run again = TinyData.resume(data, place, "--folds", "3");
    assertEquals(0, again.code(), again.err());
    assertEquals(run.out(), again.out());
    assertEquals(2, TinyData.train(data, folder.resolve("x"), "--folds", "7").code());
    assertEquals(2, TinyData.train(data, folder.resolve("x"), "--folds", "subject").code());
    assertEquals(
        2, TinyData.train(data, folder.resolve("x"), "--folds", "3", "--seeds", "2").code());
  }
}
