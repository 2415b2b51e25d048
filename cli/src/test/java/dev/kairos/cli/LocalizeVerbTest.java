// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kairos.methods.evaluation.DetectionFile;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalizeVerbTest {
  @TempDir static Path shared;

  private static Path data = Path.of("");
  private static Path trained = Path.of("");

  @TempDir Path folder;

  @BeforeAll
  static void trainOnce() throws IOException {
    data = TinyData.write(shared.resolve("data"));
    trained = shared.resolve("run");
    assertEquals(0, TinyData.train(data, trained).code());
  }

  private static String feature(String stream, String id) {
    return data.resolve("features/" + stream + "/" + id + ".npy").toString();
  }

  /** The run's own key of another suppression has no use then, and is no error. */
  @Test
  void localizesWithOtherSettings() throws IOException {
    Path out = folder.resolve("d.json");
    Run run =
        Run.of(
            "localize",
            "--run",
            trained,
            "--data",
            data,
            "--out",
            out,
            "--set",
            "suppression=fusion",
            "--set",
            "fusion.template=uniform");
    assertEquals(0, run.code(), run.err());
    assertFalse(
        Arrays.equals(
            Files.readAllBytes(trained.resolve("detections.json")), Files.readAllBytes(out)));
    Run unknown =
        Run.of("localize", "--run", trained, "--data", data, "--out", out, "--set", "fussion=1");
    assertEquals(2, unknown.code(), unknown.err());
    assertTrue(unknown.err().contains("fussion"), unknown.err());
  }

  @Test
  void findsWhatTrainingFoundAndDumpsWhatLiesBetween() throws IOException {
    Path out = folder.resolve("d.json");
    Path dump = folder.resolve("dump");
    Run run =
        Run.of(
            "localize",
            "--run",
            trained,
            "--data",
            data,
            "--out",
            out,
            "--dump",
            dump,
            "--threads",
            1);
    assertEquals(0, run.code(), run.err());
    assertArrayEquals(
        Files.readAllBytes(trained.resolve("detections.json")), Files.readAllBytes(out));
    NpyArray cas = Npy.read(dump.resolve("cas/test_00001.npy"));
    assertEquals(ElementType.F64, cas.type());
    assertArrayEquals(new int[] {16, 3}, cas.shape());
    JsonNode all = new ObjectMapper().readTree(dump.resolve("localizations.json").toFile());
    assertEquals(3, all.size());
    JsonNode one = all.get("test_00001");
    assertEquals(List.of("Action00", "Action01"), fields(one.get("video_scores")));
    double step = one.get("seconds_per_snippet").asDouble();
    var detection = DetectionFile.read(out).get("test_00001").get(0);
    assertEquals(detection.segment().end(), one.at("/proposals/0/end").asDouble() * step, 1e-9);
  }

  private static List<String> fields(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  @Test
  void aRecordingThatFailsStopsTheOthersOrDoesNot() throws IOException {
    Path features = Files.createDirectories(folder.resolve("features"));
    for (String stream : List.of("rgb", "flow")) {
      Path to = Files.createDirectories(features.resolve(stream));
      for (String id : List.of("test_00001", "test_00002", "test_00003")) {
        Files.copy(Path.of(feature(stream, id)), to.resolve(id + ".npy"));
      }
    }
    Files.writeString(features.resolve("rgb/test_00002.npy"), "no array");
    Path out = folder.resolve("d.csv");
    Run stopped = Run.of("localize", "--run", trained, "--features", features, "--out", out);
    assertEquals(3, stopped.code(), stopped.err());
    assertFalse(Files.exists(out));
    Run went =
        Run.of(
            "localize",
            "--run",
            trained,
            "--features",
            features,
            "--out",
            out,
            "--on-error",
            "skip");
    assertEquals(1, went.code(), went.err());
    assertTrue(went.err().contains("recording 'test_00002' left out: "), went.err());
    assertTrue(went.err().contains("KNUM-005: 1 of 3 recordings failed"), went.err());
    String found = Files.readString(out);
    assertTrue(found.contains("test_00001,") && found.contains("test_00003,"), found);
    assertFalse(found.contains("test_00002"), found);
  }

  @Test
  void findsTheSameInFilesAlone() throws IOException {
    Path out = folder.resolve("one.json");
    String files = feature("rgb", "test_00002") + "," + feature("flow", "test_00002");
    Run run = Run.of("localize", "--run", trained, "--features", files, "--out", out);
    assertEquals(0, run.code(), run.err());
    var all = DetectionFile.read(trained.resolve("detections.json"));
    assertEquals(all.get("test_00002"), DetectionFile.read(out).get("test_00002"));
    assertEquals(1, DetectionFile.read(out).size());
  }

  @Test
  void takesOneFileWithAllStreams() throws IOException {
    float[] rgb = Npy.read(Path.of(feature("rgb", "test_00003"))).toFloats();
    float[] flow = Npy.read(Path.of(feature("flow", "test_00003"))).toFloats();
    int length = rgb.length / 8;
    float[] joint = new float[length * 16];
    for (int t = 0; t < length; t++) {
      System.arraycopy(rgb, t * 8, joint, t * 16, 8);
      System.arraycopy(flow, t * 8, joint, t * 16 + 8, 8);
    }
    Path file = folder.resolve("test_00003.npy");
    Npy.write(file, NpyArray.ofFloats(joint, length, 16));
    Path out = folder.resolve("one.json");
    assertEquals(0, Run.of("localize", "--run", trained, "--features", file, "--out", out).code());
    assertEquals(
        DetectionFile.read(trained.resolve("detections.json")).get("test_00003"),
        DetectionFile.read(out).get("test_00003"));
  }

  @Test
  void refusesTheWrongWidth() {
    Path out = folder.resolve("one.json");
    Run run =
        Run.of(
            "localize", "--run", trained, "--features", feature("rgb", "test_00001"), "--out", out);
    assertEquals(3, run.code(), run.err());
    assertTrue(run.err().contains("test_00001.npy: expected 16 columns"), run.err());
    assertTrue(run.err().contains("found 8"), run.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void refusesWhatItCannotUse() {
    Path out = folder.resolve("one.json");
    Run both =
        Run.of("localize", "--run", trained, "--data", data, "--features", "a.npy", "--out", out);
    assertEquals(2, both.code(), both.err());
    assertEquals(2, Run.of("localize", "--run", trained, "--out", out).code());
    Run subset =
        Run.of("localize", "--run", trained, "--data", data, "--subset", "tset", "--out", out);
    assertEquals(3, subset.code(), subset.err());
    assertTrue(subset.err().contains("subsets here: test, train"), subset.err());
    assertEquals(3, Run.of("localize", "--run", data, "--data", data, "--out", out).code());
    assertEquals(3, Run.of("localize", "--run", trained, "--data", data, "--out", folder).code());
    Path nowhere = folder.resolve("no/such/file.json");
    assertEquals(3, Run.of("localize", "--run", trained, "--data", data, "--out", nowhere).code());
  }

  @Test
  void extremeFeaturesAreNoBug() throws IOException {
    float[] huge = new float[9 * 16];
    Arrays.fill(huge, 3e38f);
    Path file = folder.resolve("huge.npy");
    Npy.write(file, NpyArray.ofFloats(huge, 9, 16));
    Path out = folder.resolve("d.json");
    Run run = Run.of("localize", "--run", trained, "--features", file, "--out", out);
    assertEquals(1, run.code(), run.err());
    assertTrue(run.err().contains("KNUM-002: scores must be finite"), run.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void saysInWordsWhatIsWrongWithTheStateOfARun() throws IOException {
    Path run = folder.resolve("run");
    Files.createDirectory(run);
    for (String name :
        List.of("config.toml", "dataset.toml", "checkpoint.safetensors", "state.json")) {
      Files.copy(trained.resolve(name), run.resolve(name));
    }
    Run good = Run.of("inspect", run);
    assertEquals(0, good.code(), good.err());
    assertTrue(good.out().contains("run of method basnet"), good.out());
    assertTrue(good.out().contains("training finished after step 12"), good.out());
    for (String state : List.of("", "[]", "garbage", "{\"a\": ")) {
      Files.writeString(run.resolve("state.json"), state);
      Run found =
          Run.of("localize", "--run", run, "--data", data, "--out", folder.resolve("d.json"));
      assertEquals(3, found.code(), found.err());
      assertTrue(found.err().contains("state.json: is not a JSON object"), found.err());
      assertFalse(found.err().matches("(?s).*(why:|jackson|REDACTED).*"), found.err());
      Run inspected = Run.of("inspect", run, trained);
      assertEquals(3, inspected.code(), inspected.err());
      assertTrue(inspected.out().contains("KDATA-205"), inspected.out());
      assertTrue(inspected.out().contains("training finished"), "the good run is shown too");
    }
  }

  @Test
  void aConfigurationWithoutAMethodIsNamed() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.createFile(run.resolve("config.toml"));
    Run found = Run.of("localize", "--run", run, "--data", data, "--out", folder.resolve("d.json"));
    assertEquals(2, found.code(), found.err());
    assertTrue(found.err().contains("config.toml: names no method"), found.err());
  }

  private Path features(String... ids) throws IOException {
    Path features = folder.resolve("features");
    for (String stream : List.of("rgb", "flow")) {
      Files.createDirectories(features.resolve(stream));
      for (String id : ids) {
        Files.copy(Path.of(feature(stream, id)), features.resolve(stream).resolve(id + ".npy"));
      }
    }
    return features;
  }

  @Test
  void takesAFolderOfFeaturesWithoutAnnotations() throws IOException {
    Path out = folder.resolve("found.json");
    Path features = features("test_00003", "test_00001");
    Run run = Run.of("localize", "--run", trained, "--features", features, "--out", out);
    assertEquals(0, run.code(), run.err());
    var all = DetectionFile.read(trained.resolve("detections.json"));
    var found = DetectionFile.read(out);
    assertEquals(List.of("test_00001", "test_00003"), List.copyOf(found.keySet()));
    found.forEach((id, detections) -> assertEquals(all.get(id), detections));
    Path csv = folder.resolve("found.csv");
    assertEquals(
        0, Run.of("localize", "--run", trained, "--features", features, "--out", csv).code());
    long count = found.values().stream().mapToLong(List::size).sum();
    assertEquals(count + 1, Files.readAllLines(csv).size());
  }

  @Test
  void aFolderSaysWhatIsMissing() throws IOException {
    Path out = folder.resolve("found.json");
    Path features = features("test_00001", "test_00002");
    Files.delete(features.resolve("flow/test_00002.npy"));
    Run lacks = Run.of("localize", "--run", trained, "--features", features, "--out", out);
    assertEquals(3, lacks.code(), lacks.err());
    assertTrue(lacks.err().contains("1 file missing: flow/test_00002.npy"), lacks.err());
    Files.delete(features.resolve("flow/test_00001.npy"));
    Files.delete(features.resolve("flow"));
    Run stream = Run.of("localize", "--run", trained, "--features", features, "--out", out);
    assertTrue(stream.err().contains("has no folder flow"), stream.err());
    Run outer = Run.of("localize", "--run", trained, "--features", data, "--out", out);
    assertEquals(3, outer.code(), outer.err());
    assertTrue(outer.err().contains("try: name " + data.resolve("features")), outer.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void severalRecordingsByRepeatingTheOption() throws IOException {
    Path out = folder.resolve("found.json");
    Run run =
        Run.of(
            "localize",
            "--run",
            trained,
            "--features",
            feature("rgb", "test_00002") + "," + feature("flow", "test_00002"),
            "--features",
            feature("rgb", "test_00001") + "," + feature("flow", "test_00001"),
            "--out",
            out);
    assertEquals(0, run.code(), run.err());
    var all = DetectionFile.read(trained.resolve("detections.json"));
    var found = DetectionFile.read(out);
    assertEquals(2, found.size());
    found.forEach((id, detections) -> assertEquals(all.get(id), detections));
    String one = feature("rgb", "test_00002") + "," + feature("flow", "test_00002");
    Run twice =
        Run.of("localize", "--run", trained, "--features", one, "--features", one, "--out", out);
    assertEquals(2, twice.code(), twice.err());
    assertTrue(twice.err().contains("would be called 'test_00002'"), twice.err());
  }

  @Test
  void writesWhatAnnotationToolsOpen() throws IOException {
    Path elan = folder.resolve("elan");
    Run run =
        Run.of("localize", "--run", trained, "--data", data, "--format", "elan", "--out", elan);
    assertEquals(0, run.code(), run.err());
    assertTrue(Files.exists(elan.resolve("test_00001.eaf")));
    Path one = folder.resolve("one.eaf");
    Run many = Run.of("localize", "--run", trained, "--data", data, "--out", one);
    assertEquals(2, many.code(), many.err());
    assertTrue(many.err().contains("an ELAN file holds one recording"), many.err());
    String files = feature("rgb", "test_00002") + "," + feature("flow", "test_00002");
    assertEquals(0, Run.of("localize", "--run", trained, "--features", files, "--out", one).code());
    Path via = folder.resolve("via.json");
    assertEquals(
        0,
        Run.of("localize", "--run", trained, "--data", data, "--format", "via", "--out", via)
            .code());
    assertEquals(3, new ObjectMapper().readTree(via.toFile()).get("view").size());
    assertEquals(
        2,
        Run.of("localize", "--run", trained, "--data", data, "--format", "tex", "--out", via)
            .code());
  }
}
