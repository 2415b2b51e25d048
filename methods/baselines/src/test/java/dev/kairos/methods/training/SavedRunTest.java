// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kairos.methods.basnet.Basnet;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.generate.ThumosLikeOptions;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.Settings;
import dev.kairos.nn.CheckpointSeal;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Safetensors;
import dev.kairos.tensor.io.SafetensorsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused, and what repaired, when a run is gone on with. */
class SavedRunTest {
  private static final int STEPS = 6;

  @TempDir Path parent;
  private Path out = Path.of("");

  @BeforeEach
  void stopAfterThreeSteps() throws IOException {
    Path data = parent.resolve("data");
    ThumosLikeGenerator.write(data, new ThumosLikeOptions(4, 2, 6, 1, 20, 40, 8, 8, 0.5, 0.2));
    out = parent.resolve("run");
    assertEquals(TrainingLoop.Ended.STOPPED, train(3));
  }

  private TrainingLoop.Ended train(int stopAfter) throws IOException {
    Dataset dataset = Dataset.open(parent.resolve("data"));
    Method method = new Basnet();
    try (Engine engine = Engine.open("cpu", 1)) {
      Settings settings =
          RunFolder.exists(out)
              ? Settings.empty().withConfig(out.resolve("config.toml"))
              : Experiment.settings(
                  method,
                  dataset.description(),
                  "none",
                  null,
                  List.of(
                      "segments=16", "batch=2", "steps=" + STEPS, "filterHidden=4", "hidden=8"));
      Experiment experiment =
          new Experiment(
              method, dataset.description(), settings, settings.integer("seed", 0), engine);
      RunFolder run =
          RunFolder.exists(out) ? RunFolder.open(out) : experiment.create(out, dataset, null);
      int[] asked = new int[1];
      var options = new TrainingLoop.Options(0, 1e9, () -> ++asked[0] == stopAfter);
      return experiment.train(
          run, new TrainingData(dataset, "train", 1 << 28), options, Progress.NONE);
    }
  }

  private DataFormatException refused() {
    return assertThrows(DataFormatException.class, () -> train(-1));
  }

  private void edit(String from, String to) throws IOException {
    String config = Files.readString(out.resolve("config.toml"));
    assertTrue(config.contains(from), config);
    Files.writeString(out.resolve("config.toml"), config.replace(from, to));
  }

  /** Rewrites the checkpoint's texts, as one who knows how. */
  private void tamper(Map<String, String> texts, boolean sealed) throws IOException {
    Path file = out.resolve(RunFolder.CHECKPOINT);
    SafetensorsFile read = Safetensors.read(file);
    Map<String, String> all = new TreeMap<>(read.metadata());
    all.remove(CheckpointSeal.KEY);
    all.putAll(texts);
    Safetensors.write(
        file, read.tensors(), sealed ? CheckpointSeal.seal(read.tensors(), all) : all);
    Files.deleteIfExists(out.resolve(RunFolder.STATE));
  }

  @Test
  void anEditedConfigurationIsRefusedSettingBySetting() throws IOException {
    edit("learningRate = 1.0E-4", "learningRate = 0.01");
    edit("seed = 0", "seed = 8");
    byte[] before = Files.readAllBytes(out.resolve(RunFolder.CHECKPOINT));
    DataFormatException e = refused();
    assertEquals("KDATA-212", e.code());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(out.resolve("config.toml") + ": was changed"), message);
    assertTrue(message.contains("learningRate was 1.0E-4, is 0.01"), message);
    assertTrue(message.contains("seed was 0, is 8"), message);
    assertTrue(e.hint().orElseThrow().contains("--config " + out.resolve("config.toml")));
    assertArrayEquals(before, Files.readAllBytes(out.resolve(RunFolder.CHECKPOINT)));
    edit("learningRate = 0.01", "learningRate = 1.0E-4");
    edit("seed = 8", "seed = 0");
    assertEquals(TrainingLoop.Ended.FINISHED, train(-1));
  }

  @Test
  void keysThatCameOrWentAreNamed() throws IOException {
    edit("\nhidden = 8 #", "\nhidden2 = 8 #");
    assertEquals(
        List.of("hidden = 8 is gone", "hidden2 is new"), RunFolder.open(out).configEdits());
  }

  @Test
  void anotherSpellingOfTheSameValuesIsNoChange() throws IOException {
    edit("learningRate = 1.0E-4", "# as published\nlearningRate   = 0.000_1");
    assertEquals(TrainingLoop.Ended.STOPPED, train(1));
    edit("# as published\nlearningRate   = 0.000_1", "learningRate = 1e-4 # again");
    assertEquals(TrainingLoop.Ended.FINISHED, train(-1));
  }

  /** As runs were written before settings had meanings. */
  @Test
  void aConfigurationWithoutMeaningsIsTheSame() throws IOException {
    Path config = out.resolve("config.toml");
    Files.writeString(config, Files.readString(config).replaceAll(" #.*", ""));
    assertEquals(List.of(), RunFolder.open(out).configEdits());
    assertEquals(TrainingLoop.Ended.FINISHED, train(-1));
  }

  @Test
  void anEditBeforeTheFirstCheckpointIsNoticedToo() throws IOException {
    Files.delete(out.resolve(RunFolder.CHECKPOINT));
    Files.delete(out.resolve(RunFolder.STATE));
    edit("seed = 0", "seed = 8");
    assertTrue(String.valueOf(refused().getMessage()).contains("seed was 0, is 8"));
  }

  @Test
  void withoutACopyTheEditIsStillNoticed() throws IOException {
    Files.delete(out.resolve(RunFolder.PROVENANCE));
    edit("seed = 0", "seed = 8");
    assertTrue(String.valueOf(refused().getMessage()).contains("no copy says how"));
  }

  @Test
  void numbersOutOfRangeAreRefused() throws IOException {
    SafetensorsFile good = Safetensors.read(out.resolve(RunFolder.CHECKPOINT));
    Map<String, String> wrong =
        Map.ofEntries(
            Map.entry("kairos.stage=3000000000", "KDATA-204"),
            Map.entry("kairos.stage=-1", "KDATA-204"),
            Map.entry("kairos.stage=99", "KDATA-213"),
            Map.entry("kairos.stage=1", "KDATA-213"),
            Map.entry("kairos.step=999", "KDATA-213"),
            Map.entry("kairos.step=" + STEPS, "KDATA-213"),
            Map.entry("kairos.step=99999999999999999999", "KDATA-204"),
            Map.entry("kairos.total=4", "KDATA-213"),
            Map.entry("kairos.updates=4", "KDATA-213"),
            Map.entry("kairos.finished=true", "KDATA-213"),
            Map.entry("kairos.finished=yes", "KDATA-204"),
            Map.entry("kairos.step=" + "x".repeat(100_000), "KDATA-204"));
    for (Map.Entry<String, String> entry : wrong.entrySet()) {
      String[] word = entry.getKey().split("=", 2);
      for (boolean sealed : new boolean[] {true, false}) {
        Safetensors.write(
            out.resolve(RunFolder.CHECKPOINT), good.tensors(), new TreeMap<>(good.metadata()));
        tamper(Map.of(word[0], word[1]), sealed);
        DataFormatException e = refused();
        assertEquals(entry.getValue(), e.code(), entry.getKey() + ": " + e.getMessage());
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains(RunFolder.CHECKPOINT), message);
        assertTrue(message.contains("metadata kairos.") && message.length() < 1000, message);
      }
    }
  }

  @Test
  void checkpointsOfBeforeTheHashStillLoad() throws IOException {
    tamper(Map.of(), false);
    assertEquals(TrainingLoop.Ended.FINISHED, train(-1));
  }

  @Test
  void aFlippedBitIsNoticedWithoutTheStateFile() throws IOException {
    Path file = out.resolve(RunFolder.CHECKPOINT);
    Files.delete(out.resolve(RunFolder.STATE));
    byte[] bytes = Files.readAllBytes(file);
    long data = Safetensors.readHeader(file).dataOffset();
    SplittableRandom random = new SplittableRandom(20250301);
    for (int i = 0; i < 20; i++) {
      byte[] damaged = bytes.clone();
      damaged[(int) random.nextLong(data, bytes.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      assertEquals("KFMT-304", refused().code());
    }
    Files.write(file, bytes);
    assertEquals(TrainingLoop.Ended.FINISHED, train(-1));
  }

  @Test
  void aStateThatACrashKeptBehindIsBroughtUpToDate() throws IOException {
    Path old = parent.resolve("old.json");
    Files.copy(out.resolve(RunFolder.STATE), old);
    assertEquals(TrainingLoop.Ended.FINISHED, train(-1));
    Path state = out.resolve(RunFolder.STATE);
    byte[] expected = Files.readAllBytes(state);
    Files.copy(old, state, StandardCopyOption.REPLACE_EXISTING); // killed between the two moves
    assertEquals(TrainingLoop.Ended.FINISHED_BEFORE, train(-1));
    assertArrayEquals(expected, Files.readAllBytes(state));
    JsonNode json = new ObjectMapper().readTree(state.toFile());
    assertTrue(json.path("finished").asBoolean());
    Files.delete(state);
    assertEquals(TrainingLoop.Ended.FINISHED_BEFORE, train(-1));
    assertArrayEquals(expected, Files.readAllBytes(state));
  }

  /** The hash in a checkpoint is of what was trained with, and not of a file edited meanwhile. */
  @Test
  void anEditWhileItTrainsIsNoticedWhenItGoesOn() throws IOException {
    Dataset dataset = Dataset.open(parent.resolve("data"));
    RunFolder run = RunFolder.open(out);
    Settings settings = Settings.empty().withConfig(out.resolve("config.toml"));
    try (Engine engine = Engine.open("cpu", 1)) {
      Experiment experiment =
          new Experiment(
              new Basnet(), dataset.description(), settings, settings.integer("seed", 0), engine);
      int[] asked = new int[1];
      var options =
          new TrainingLoop.Options(
              0,
              1e9,
              () -> {
                try {
                  edit(asked[0] == 0 ? "seed = 0" : "seed = 8", "seed = 8");
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
                return ++asked[0] == 2;
              });
      var unused =
          experiment.train(run, new TrainingData(dataset, "train", 0), options, Progress.NONE);
    }
    assertTrue(String.valueOf(refused().getMessage()).contains("seed was 0, is 8"));
  }
}
