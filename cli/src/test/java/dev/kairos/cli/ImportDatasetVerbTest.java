// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.data.SnippetTiming;
import dev.kairos.methods.tal.SnippetGrid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of other code, with real annotations, from the folder to detections. */
class ImportDatasetVerbTest {
  @TempDir Path folder;

  private static Path shared(String name) {
    return SharedCase.data(name);
  }

  private Run imported(String layout, Object... more) {
    List<Object> words =
        new ArrayList<>(
            List.of(
                "import-dataset",
                layout,
                "--from",
                folder.resolve("from"),
                "--out",
                folder.resolve("data")));
    words.addAll(List.of(more));
    return Run.of(words.toArray());
  }

  /** What was imported; every recording's first row tells where actions are, as it was made. */
  private Dataset opened(Run run) throws IOException {
    assertEquals(0, run.code(), run.err());
    Dataset data = Dataset.open(folder.resolve("data"));
    int right = 0;
    int rows = 0;
    for (Recording recording : data.recordings()) {
      var features = data.features(recording);
      SnippetGrid grid = data.grid(recording, features.length());
      for (int t = 0; t < features.length(); t++) {
        double middle = grid.centre(t);
        boolean isInside =
            recording.instances().stream().anyMatch(action -> action.segment().contains(middle));
        rows++;
        right += isInside == (features.get(t, 0) == 1) ? 1 : 0;
      }
    }
    assertTrue(right > 0.99 * rows, "rows lie elsewhere in time: %d of %d".formatted(right, rows));
    return data;
  }

  /** The second command. */
  private void trained() throws IOException {
    Run train = TinyData.train(folder.resolve("data"), folder.resolve("run"), "--preset", "none");
    assertEquals(0, train.code(), train.err());
    JsonNode found = ForeignFolders.json(folder.resolve("run/detections.json"));
    assertFalse(found.path("results").isEmpty());
  }

  @Test
  void lacp() throws IOException {
    ForeignFolders.lacp(folder.resolve("from"), shared("thumos14"), 25);
    Run run = imported("lacp");
    Dataset data = opened(run);
    assertTrue(data.classes() > 10);
    assertEquals(25, data.subset("train").size());
    assertEquals(25, data.subset("test").size());
    assertEquals(List.of("rgb", "flow"), names(data));
    assertEquals(SnippetTiming.of(25, 16), data.description().timing());
    assertFalse(data.subset("train").get(0).points().isEmpty());
    assertEquals("point_labels.csv", data.pointSource());
    assertTrue(run.err().contains("every 16 at 25 a second"), run.err());
    assertTrue(data.description().notes().contains("Imported as lacp"));
    trained();
  }

  @Test
  void lacpLinked() throws IOException {
    ForeignFolders.lacp(folder.resolve("from"), shared("thumos14"), 10);
    opened(imported("lacp", "--link"));
    assertFalse(Files.exists(folder.resolve("data/features")));
    assertEquals(0, Run.of("inspect", folder.resolve("data")).code());
    trained();
  }

  @Test
  void hrpro() throws IOException {
    ForeignFolders.hrpro(folder.resolve("from"), shared("gtea"));
    Dataset data = opened(imported("hrpro"));
    assertEquals(21, data.subset("train").size());
    assertEquals(7, data.subset("test").size());
    assertEquals(7, data.classes());
    assertEquals(List.of("rgb", "flow"), names(data));
    assertEquals(1024, data.description().streams().get(0).width());
    Recording first = data.subset("train").get(0);
    assertEquals(16 / 15.0, data.grid(first, 9).secondsPerSnippet(), 1e-12);
    trained();
  }

  @Test
  void opentad() throws IOException {
    ForeignFolders.opentad(folder.resolve("from"), shared("activitynet13"), 12);
    Run run = imported("opentad");
    Dataset data = opened(run);
    assertEquals(SnippetTiming.stretched(), data.description().timing());
    assertEquals(200, data.classes());
    assertTrue(run.err().contains("left out, as missing_files.txt lists them: 2 recordings"));
    assertTrue(run.err().contains("learning from training"), run.err());
    assertFalse(data.subset("train").isEmpty());
    assertFalse(data.subset("test").isEmpty());
    trained();
  }

  @Test
  void actionformer() throws IOException {
    ForeignFolders.actionformer(folder.resolve("from"), shared("thumos14"), 12);
    Run run = imported("actionformer", "--link");
    Dataset data = opened(run);
    assertEquals(4, data.description().timing().stride());
    assertEquals(16, data.description().timing().window());
    assertTrue(run.err().contains("learning from Validation (12 recordings)"), run.err());
    trained();
  }

  @Test
  void wtalc() throws IOException {
    Path from = folder.resolve("from");
    Path notes = from.resolve("Thumos14reduced-Annotations");
    Map<String, ObjectNode> recordings =
        ForeignFolders.recordings(shared("thumos14").resolve("annotations.json"), 8);
    List<Object> names = new ArrayList<>(recordings.keySet());
    List<Object> subsets = new ArrayList<>();
    List<Object> segments = new ArrayList<>();
    List<Object> labels = new ArrayList<>();
    List<Object> durations = new ArrayList<>();
    List<Object> features = new ArrayList<>();
    for (ObjectNode recording : recordings.values()) {
      double duration = recording.path("duration").asDouble();
      boolean isTest = recording.path("subset").asText().equals("test");
      subsets.add(isTest ? "test" : "validation");
      durations.add(duration);
      List<Object> own = new ArrayList<>();
      List<Object> named = new ArrayList<>();
      for (JsonNode action : recording.path("annotations")) {
        own.add(
            List.of(
                action.path("segment").path(0).asDouble(),
                action.path("segment").path(1).asDouble()));
        named.add(action.path("label").asText());
      }
      segments.add(own);
      labels.add(named);
      int rows = (int) Math.ceil(duration * 25 / 16);
      features.add(ForeignFolders.features(recording, 0.64, 0.32, rows, 8));
    }
    PickledNpy.write(from.resolve("Thumos14reduced-I3D-JOINTFeatures.npy"), features);
    PickledNpy.write(notes.resolve("videoname.npy"), names);
    PickledNpy.write(notes.resolve("subset.npy"), subsets);
    PickledNpy.write(notes.resolve("segments.npy"), segments);
    PickledNpy.write(notes.resolve("labels.npy"), labels);
    PickledNpy.write(notes.resolve("labels_all.npy"), labels);
    PickledNpy.write(notes.resolve("duration.npy"), durations);
    Dataset data = opened(imported("wtalc"));
    assertEquals(8, data.subset("train").size());
    assertEquals(List.of("rgb", "flow"), names(data));
    trained();
    Run linked =
        Run.of("import-dataset", "wtalc", "--from", from, "--out", folder.resolve("l"), "--link");
    assertEquals(3, linked.code(), linked.err());
    assertFalse(Files.exists(folder.resolve("l")));
  }

  @Test
  void generic() throws IOException {
    ForeignFolders.actionformer(folder.resolve("from"), shared("thumos14"), 6);
    Run asked = imported("generic", "--snippet-seconds", "0.16");
    assertEquals(0, asked.code(), asked.err());
    assertEquals(
        SnippetTiming.ofSeconds(0.16), Dataset.open(folder.resolve("data")).description().timing());
    Run again = imported("generic");
    assertEquals(3, again.code());
    assertTrue(again.err().contains("exists and is not empty"), again.err());
  }

  /**
   * Both streams in one folder, told apart by the ends of names; ids with the ending of a video.
   */
  @Test
  void streamsByTheEndsOfNames() throws IOException {
    Path from = folder.resolve("from");
    Map<String, ObjectNode> recordings =
        ForeignFolders.recordings(shared("gtea").resolve("groundtruth.json"), 4);
    Map<String, ObjectNode> films = new LinkedHashMap<>();
    for (Map.Entry<String, ObjectNode> entry : recordings.entrySet()) {
      films.put(entry.getKey() + ".avi", entry.getValue());
      int rows = entry.getValue().path("num_frames").asInt() / 16;
      for (String stream : List.of("rgb", "flow")) {
        ForeignFolders.write(
            from.resolve("i3d/" + entry.getKey() + "_" + stream + ".npy"),
            ForeignFolders.features(entry.getValue(), 16.0 / 15, 8.0 / 15, rows, 4));
      }
    }
    films.values().iterator().next().withArray("annotations").addObject().put("label", "Ambiguous");
    ForeignFolders.writeJson(from.resolve("gt.json"), films);
    Run run = imported("generic", "--link");
    assertTrue(run.err().contains("label Ambiguous is passed over"), run.err());
    Dataset data = opened(run);
    assertFalse(data.description().classes().contains("Ambiguous"));
    assertEquals(List.of("rgb", "flow"), names(data));
    assertEquals(16, data.description().timing().stride());
    assertEquals(8, data.recordings().size());
  }

  @Test
  void whatIsMissingIsSaid() throws IOException {
    ForeignFolders.lacp(folder.resolve("from"), shared("thumos14"), 4);
    Run wrong = imported("lcap");
    assertEquals(2, wrong.code());
    assertTrue(wrong.err().contains("did you mean lacp?"), wrong.err());
    Path first;
    try (var files = Files.list(folder.resolve("from/features/test/rgb"))) {
      first = files.sorted().findFirst().orElseThrow();
    }
    Files.delete(first);
    Run missing = imported("lacp");
    assertEquals(3, missing.code(), missing.err());
    assertTrue(missing.err().contains("1 recording without features"), missing.err());
    assertFalse(Files.exists(folder.resolve("data")));
    Run skipped = imported("lacp", "--skip-missing");
    assertEquals(0, skipped.code(), skipped.err());
    assertTrue(skipped.err().contains("left out, as they have no features"), skipped.err());
    Path classes = folder.resolve("few.txt");
    Files.writeString(classes, "Diving\n");
    Run few =
        Run.of(
            "import-dataset",
            "lacp",
            "--from",
            folder.resolve("from"),
            "--out",
            folder.resolve("x"),
            "--skip-missing",
            "--classes",
            classes);
    assertEquals(3, few.code(), few.err());
    assertTrue(few.err().contains("is not a class"), few.err());
    Files.delete(folder.resolve("from/gt.json"));
    Run bare =
        Run.of(
            "import-dataset",
            "lacp",
            "--from",
            folder.resolve("from"),
            "--out",
            folder.resolve("x"));
    assertEquals(3, bare.code());
    assertTrue(bare.err().contains("holds no gt.json"), bare.err());
  }

  private static List<String> names(Dataset data) {
    return data.description().streams().stream().map(stream -> stream.name()).toList();
  }
}
