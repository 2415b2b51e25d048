// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.generate.ThumosLikeOptions;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.run.RunLock;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainVerbTest {
  /** Of a process that no system counts up to. */
  private static final String LEFT_OVER = ".kairos-999999999999-a.tmp";

  @TempDir static Path shared;

  private static Path data = Path.of("");
  private static Path undisturbed = Path.of("");
  private static Run first = new Run(-1, "", "");

  @TempDir Path folder;

  @BeforeAll
  static void trainOnce() throws IOException {
    data = TinyData.write(shared.resolve("data"));
    undisturbed = shared.resolve("run");
    first = TinyData.train(data, undisturbed);
  }

  private static byte[] checkpoint(Path run) throws IOException {
    return Files.readAllBytes(run.resolve("checkpoint.safetensors"));
  }

  private static void assertFails(int code, String words, Run run) {
    assertEquals(code, run.code(), run.err());
    assertTrue(run.err().contains(words), run.err());
    assertEquals("", run.out());
  }

  @Test
  void trainsLocalisesScoresAndReports() throws IOException {
    assertEquals(0, first.code(), first.err());
    assertTrue(first.out().startsWith("mAP, %    @0.1    @0.2"), first.out());
    assertTrue(first.out().contains("\nbasnet "), first.out());
    assertTrue(first.err().contains("preset thumos-like, by the data set's name"), first.err());
    assertTrue(first.err().contains("backend "), first.err());
    for (String name :
        List.of(
            "config.toml",
            "checkpoint.safetensors",
            "state.json",
            "metrics.jsonl",
            "provenance.json",
            "dataset.toml",
            "detections.json",
            "report.html")) {
      assertTrue(Files.size(undisturbed.resolve(name)) > 0, name);
    }
    assertEquals(12, Files.readAllLines(undisturbed.resolve("metrics.jsonl")).size());
    JsonNode origin = new ObjectMapper().readTree(undisturbed.resolve("provenance.json").toFile());
    assertTrue(origin.hasNonNull("end"), origin.toString());
    String config = Files.readString(undisturbed.resolve("config.toml"));
    assertTrue(config.contains("steps = 12"), config);
    assertTrue(config.contains("learningRate = 0.001"), "the preset's: " + config);
  }

  @Test
  void stoppedAgainAndAgainEndsInTheSameBits() throws IOException {
    Path out = folder.resolve("run");
    Run run = TinyData.train(data, out, "--max-time", "0");
    int starts = 1;
    while (run.code() == 4 && starts < 30) {
      assertTrue(run.err().contains("KINT-001"), run.err());
      assertTrue(run.err().contains("--resume"), run.err());
      run = TinyData.resume(data, out, "--max-time", "0", "--threads", 1 + starts % 2);
      starts++;
    }
    assertEquals(0, run.code(), run.err());
    assertTrue(starts > 10, "a step a start, the last one ends the run: " + starts);
    assertArrayEquals(checkpoint(undisturbed), checkpoint(out));
    for (String name : List.of("metrics.jsonl", "detections.json", "config.toml")) {
      assertArrayEquals(
          Files.readAllBytes(undisturbed.resolve(name)),
          Files.readAllBytes(out.resolve(name)),
          name);
    }
    Run again = TinyData.resume(data, out);
    assertEquals(0, again.code(), again.err());
    assertTrue(again.err().contains("finished before"), again.err());
    assertTrue(again.out().contains("basnet"), again.out());
  }

  @Test
  void theNumberOfThreadsChangesNoBit() throws IOException {
    Path one = folder.resolve("one");
    Path three = folder.resolve("three");
    assertEquals(0, TinyData.train(data, one, "--threads", 1).code());
    assertEquals(0, TinyData.train(data, three, "--threads", 3).code());
    assertArrayEquals(checkpoint(one), checkpoint(three));
  }

  @Test
  void resumesAFolderThatHoldsNoCheckpointYet() throws IOException {
    Path out = folder.resolve("run");
    Files.createDirectories(out);
    Files.copy(undisturbed.resolve("config.toml"), out.resolve("config.toml"));
    Run run = TinyData.resume(data, out);
    assertEquals(0, run.code(), run.err());
    assertArrayEquals(checkpoint(undisturbed), checkpoint(out));
  }

  @Test
  void resumesAnEmptyFolderFromTheBeginning() throws IOException {
    Path out = Files.createDirectories(folder.resolve("run"));
    Files.writeString(out.resolve(LEFT_OVER), "half");
    assertEquals(0, TinyData.train(data, out, "--resume").code());
    assertArrayEquals(checkpoint(undisturbed), checkpoint(out));
    assertFalse(Files.exists(out.resolve(LEFT_OVER)));
  }

  @Test
  void whoeverWritesIntoTheFolderIsNamed() throws Exception {
    Path out = folder.resolve("run");
    assertEquals(4, TinyData.train(data, out, "--max-time", "0").code());
    byte[] before = checkpoint(out);
    ExecutorService other = Executors.newSingleThreadExecutor();
    RunLock lock = other.submit(() -> RunFolder.lock(out)).get();
    try {
      Path unfinished = Files.writeString(out.resolve(LEFT_OVER), "half");
      for (Run run : List.of(TinyData.train(data, out), TinyData.resume(data, out))) {
        assertFails(3, "KDATA-209: " + out + ": is being written to by ", run);
      }
      assertTrue(Files.exists(unfinished));
    } finally {
      other
          .submit(
              () -> {
                lock.close();
                return "";
              })
          .get();
      other.shutdown();
    }
    assertArrayEquals(before, checkpoint(out));
    assertEquals(0, TinyData.resume(data, out).code());
    assertArrayEquals(checkpoint(undisturbed), checkpoint(out));
  }

  @Test
  void goingOnWithOtherLoopsIsSaid() throws IOException {
    Path out = folder.resolve("run");
    assertEquals(4, TinyData.train(data, out, "--max-time", "0").code());
    Path origin = out.resolve("provenance.json");
    String text = Files.readString(origin);
    String now = new ObjectMapper().readTree(text).path("arithmetic").asText();
    assertTrue(List.of("scalar", "vector").contains(now), text);
    assertFalse(TinyData.resume(data, out, "--max-time", "0").err().contains("loops"));
    String other = now.equals("scalar") ? "vector" : "scalar";
    Files.writeString(
        origin,
        text.replace("\"arithmetic\" : \"" + now + "\"", "\"arithmetic\" : \"" + other + "\""));
    Run run = TinyData.resume(data, out);
    assertEquals(0, run.code(), run.err());
    String said = "the run was begun with " + other + " loops and goes on with " + now + " ones";
    assertTrue(run.err().contains(said), run.err());
  }

  @Test
  void aRunNamesTheSourceOfItsPointsAndTellsOfAnother() throws IOException {
    Path out = folder.resolve("run");
    assertEquals(4, TinyData.train(data, out, "--max-time", "0").code());
    Path origin = out.resolve("provenance.json");
    String text = Files.readString(origin);
    String source = new ObjectMapper().readTree(text).path("points").asText();
    assertEquals("uniform in the middle 60 %, seed 3", source);
    assertFalse(TinyData.resume(data, out, "--max-time", "0").err().contains("points"));
    Files.writeString(origin, text.replace(source, "table of 2019"));
    Run run = TinyData.resume(data, out);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("than those the run was begun with, 'table of 2019'"), run.err());
    assertTrue(Files.readString(out.resolve("report.html")).contains("table of 2019"));
  }

  @Test
  void anEditedConfigurationIsNeverUsedInSilence() throws IOException {
    Path out = folder.resolve("run");
    assertEquals(4, TinyData.train(data, out, "--max-time", "0").code());
    Path config = out.resolve("config.toml");
    String text = Files.readString(config);
    Files.writeString(config, text.replace("learningRate = 0.001", "learningRate = 0.01"));
    Run run = TinyData.resume(data, out);
    assertFails(3, "config.toml: was changed since the run was trained with it", run);
    assertTrue(run.err().contains("learningRate was 0.001, is 0.01"), run.err());
    assertTrue(run.err().contains("--config " + config + " --out OTHER"), run.err());
    Run localized =
        Run.of(
            "localize", "--run", out, "--data", data, "--out", folder.resolve("detections.json"));
    assertEquals(0, localized.code(), localized.err());
    assertTrue(localized.err().contains("learningRate was 0.001, is 0.01"), localized.err());
    Files.writeString(config, text);
    assertEquals(0, TinyData.resume(data, out).code());
    assertArrayEquals(checkpoint(undisturbed), checkpoint(out));
  }

  @Test
  void resumingKeepsTheSettings() {
    assertEquals(0, TinyData.train(data, undisturbed, "--resume").code(), "the same settings");
    assertFails(
        2,
        "the run has steps = 12, asked for 13",
        TinyData.resume(data, undisturbed, "--set", "steps=13"));
    assertFails(2, "KCONF-007", TinyData.resume(data, undisturbed, "--seed", 5));
    assertFails(2, "KCONF-001", TinyData.resume(data, undisturbed, "--set", "stepss=12"));
    assertFails(3, "KDATA-203", TinyData.resume(data, folder.resolve("nothing")));
  }

  @Test
  void severalSeedsGiveMeanAndDeviation() throws IOException {
    Path out = folder.resolve("runs");
    Run run = TinyData.train(data, out, "--seeds", 2, "--seed", 7);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("basnet, seed 7"), run.out());
    assertTrue(run.out().contains("standard deviation"), run.out());
    JsonNode summary = new ObjectMapper().readTree(out.resolve("summary.json").toFile());
    double a = summary.at("/runs/0/average").asDouble();
    double b = summary.at("/runs/1/average").asDouble();
    assertEquals(8, summary.at("/runs/1/seed").asInt());
    assertEquals((a + b) / 2, summary.at("/mean/average").asDouble(), 1e-12);
    assertEquals(Math.abs(a - b) / Math.sqrt(2), summary.at("/sd/average").asDouble(), 1e-12);

    byte[] second = checkpoint(out.resolve("seed-8"));
    Files.delete(out.resolve("seed-8/checkpoint.safetensors"));
    Run resumed = TinyData.train(data, out, "--seeds", 2, "--seed", 7, "--resume");
    assertEquals(0, resumed.code(), resumed.err());
    assertTrue(resumed.err().contains("seed-7: training was finished before"), resumed.err());
    assertEquals(run.out(), resumed.out());
    assertArrayEquals(second, checkpoint(out.resolve("seed-8")));

    Path single = folder.resolve("eight");
    assertEquals(0, TinyData.train(data, single, "--set", "seed=8").code());
    assertArrayEquals(second, checkpoint(single));
  }

  @Test
  void dryRunWritesNothing() throws IOException {
    Path out = folder.resolve("run");
    Run run = TinyData.train(data, out, "--dry-run");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("6 to train on"), run.out());
    assertTrue(run.out().contains("for 12 steps"), run.out());
    assertTrue(run.out().contains("parameters"), run.out());
    assertFalse(Files.exists(out));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void refusesAWrongCommandLine() {
    Path out = folder.resolve("run");
    Run unknown = Run.of("train", "basnte", "--data", data, "--out", out);
    assertFails(2, "did you mean basnet?", unknown);
    assertFails(2, "did you mean steps?", TinyData.train(data, out, "--set", "stpes=3"));
    assertFails(2, "--threads", TinyData.train(data, out, "--threads", 0));
    assertFails(2, "--out RUN", Run.of("train", "basnet", "--data", data));
    assertFails(2, "no preset nosuch", TinyData.train(data, out, "--preset", "nosuch"));
    assertFails(1, "no backend is called tpu", TinyData.train(data, out, "--backend", "tpu"));
    assertFalse(Files.exists(out));
  }

  @Test
  void refusesAConfigurationWithATypo() throws IOException {
    Path config = Files.writeString(folder.resolve("c.toml"), "segments = 16\nhiden = 4\n");
    Run run = TinyData.train(data, folder.resolve("run"), "--config", config);
    assertFails(2, "c.toml:2:1: unknown key hiden", run);
    assertTrue(run.err().contains("did you mean hidden?"), run.err());
  }

  @Test
  void refusesAPlaceThatIsTaken() throws IOException {
    byte[] before = checkpoint(undisturbed);
    assertFails(3, "never overwritten", TinyData.train(data, undisturbed));
    assertArrayEquals(before, checkpoint(undisturbed));
    Path file = Files.writeString(folder.resolve("file"), "mine");
    assertFails(3, "is a file", TinyData.train(data, file));
    assertFails(3, "file", TinyData.resume(data, file));
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void refusesADamagedCheckpoint() throws IOException {
    Path out = folder.resolve("run");
    assertEquals(4, TinyData.train(data, out, "--max-time", "0").code());
    byte[] bytes = checkpoint(out);
    bytes[bytes.length - 5] ^= 1;
    Files.write(out.resolve("checkpoint.safetensors"), bytes);
    assertFails(3, "checkpoint.safetensors: SHA-256 differs", TinyData.resume(data, out));
    Files.write(out.resolve("checkpoint.safetensors"), Arrays.copyOf(bytes, 100));
    assertFails(3, "checkpoint.safetensors", TinyData.resume(data, out));
    assertArrayEquals(Arrays.copyOf(bytes, 100), checkpoint(out));
  }

  @Test
  void refusesDataThatCannotBeTrainedOnAndSaysAll() throws IOException {
    Path out = folder.resolve("run");
    assertFails(3, "no such folder", TinyData.train(folder.resolve("no"), out));
    Path bad = TinyData.write(folder.resolve("bad"));
    Path nan = bad.resolve("features/rgb/train_00001.npy");
    NpyArray features = Npy.read(nan);
    float[] values = features.toFloats();
    values[9] = Float.NaN;
    Npy.write(nan, NpyArray.ofFloats(values, features.shape()));
    Files.delete(bad.resolve("features/flow/train_00002.npy"));
    Run run = TinyData.train(bad, out);
    assertFails(3, "train_00001.npy", run);
    assertTrue(run.err().contains("NaN"), run.err());
    assertTrue(run.err().contains("train_00002.npy"), run.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void divergenceIsAFailureOfTheWork() throws IOException {
    Path bad = TinyData.write(folder.resolve("bad"));
    for (int i = 1; i <= 6; i++) {
      Path file = bad.resolve("features/rgb/train_0000" + i + ".npy");
      NpyArray features = Npy.read(file);
      float[] values = new float[(int) features.size()];
      Arrays.fill(values, Float.MAX_VALUE);
      Npy.write(file, NpyArray.ofFloats(values, features.shape()));
    }
    assertFails(
        1, "KNUM-001", TinyData.train(bad, folder.resolve("run"), "--set", "learningRate=10"));
  }

  @Test
  void resumingOnOtherDataIsRefused() throws IOException {
    Path other = folder.resolve("other");
    ThumosLikeGenerator.write(other, new ThumosLikeOptions(3, 3, 6, 3, 20, 30, 8, 8, 0.5, 0.2));
    Run run = TinyData.resume(other, undisturbed);
    assertFails(3, "KDATA-921", run);
  }

  @Test
  void leavesNothingWhereThereIsNothingToTrainOn() throws IOException {
    Path other = TinyData.write(folder.resolve("data"));
    Path annotations = other.resolve("annotations.json");
    String text = Files.readString(annotations);
    Path run = folder.resolve("run");
    Files.writeString(annotations, text.replace("\"train\"", "\"other\""));
    assertFails(3, "no recording is in subset 'train'", TinyData.train(other, run));
    assertFalse(Files.exists(run));
    Files.writeString(annotations, "{\"database\": {}}");
    assertFails(3, "annotations.json: no recording in it", TinyData.train(other, run));
    assertFalse(Files.exists(run));
  }

  @Test
  void whatIsWrongInManyFilesIsSaidOnce() throws IOException {
    Path other = TinyData.write(folder.resolve("data"));
    Path description = other.resolve("dataset.toml");
    String text = Files.readString(description);
    Files.writeString(description, text.replace("width = 8", "width = 7"));
    Run run = TinyData.train(other, folder.resolve("run"));
    assertFails(3, "expected 7 columns, found 8 (and 17 more such: ", run);
    assertEquals(1, run.err().split("KDATA-132", -1).length - 1, run.err());
  }

  @Test
  void settingsThatMakeNoModelAreNoBug() {
    for (String setting : List.of("hidden=1048576", "activationThresholds=[]")) {
      Run run =
          Run.of(
              "train", "basnet", "--data", data, "--out", folder.resolve("run"), "--set", setting);
      assertFails(2, "KCONF-008: basnet: no model has these settings: ", run);
      assertFalse(Files.exists(folder.resolve("run")));
    }
  }
}
