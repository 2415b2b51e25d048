// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.basnet.Basnet;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.generate.ThumosLikeOptions;
import dev.kairos.methods.plain.Plain;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.Settings;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLoopTest {
  private static final int STEPS = 12;
  private static final long NOTHING = 0;
  private static final long ALL = 1L << 28;

  @TempDir Path parent;
  private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    folder = parent.resolve("data");
    ThumosLikeGenerator.write(folder, new ThumosLikeOptions(4, 2, 6, 1, 20, 40, 8, 8, 0.5, 0.2));
  }

  private static List<String> settings(Method method, String... more) {
    List<String> settings = new ArrayList<>(List.of("segments=16", "batch=2", "steps=" + STEPS));
    settings.addAll(method instanceof Basnet ? List.of("filterHidden=4", "hidden=8") : List.of());
    settings.addAll(List.of(more));
    return settings;
  }

  private static Model model(Method method, Dataset dataset, Engine engine, String... more)
      throws IOException {
    Settings settings =
        Experiment.settings(method, dataset.description(), "none", null, settings(method, more));
    return method.model(settings, dataset.description(), engine, new RandomKey(1, 2));
  }

  private RunFolder run(String name) throws IOException {
    return RunFolder.create(parent.resolve(name), "seed = 1\n");
  }

  private static void train(RunFolder run, Model model, TrainingData data, int stopAfter)
      throws IOException {
    int[] asked = new int[1];
    var options =
        new TrainingLoop.Options(
            Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, () -> ++asked[0] == stopAfter);
    var unused =
        new TrainingLoop(run, model.parameters(), options, Progress.NONE).run(model.stages(data));
  }

  private static Map<String, double[]> weights(Model model) {
    Map<String, double[]> weights = new LinkedHashMap<>();
    model.parameters().byName().forEach((name, p) -> weights.put(name, p.value().toDoubles()));
    return weights;
  }

  private static void assertSame(Map<String, double[]> expected, Model model) {
    weights(model).forEach((name, w) -> assertArrayEquals(expected.get(name), w, name));
  }

  private void assertReadingAheadChangesNothing(Method method, String... more) throws IOException {
    Dataset dataset = Dataset.open(folder);
    try (Engine engine = Engine.open("cpu", 1)) {
      Model inline = model(method, dataset, engine, more);
      for (Stage stage : inline.stages(new TrainingData(dataset, "train", ALL))) {
        for (long step = 0; step < stage.steps(); step++) {
          stage.step(step);
        }
      }
      Map<String, double[]> expected = weights(inline);
      for (long budget : new long[] {NOTHING, ALL}) {
        TrainingData data = new TrainingData(dataset, "train", budget);
        String name = String.join("-", method.name(), String.join("-", more), "" + budget);
        Model ahead = model(method, dataset, engine, more);
        train(run(name), ahead, data, -1);
        assertSame(expected, ahead);
        RunFolder stopped = run(name + "-stopped");
        train(stopped, model(method, dataset, engine, more), data, 5);
        assertEquals(5, stopped.position().total());
        Model resumed = model(method, dataset, engine, more);
        train(stopped, resumed, data, -1);
        assertSame(expected, resumed);
      }
    }
  }

  @Test
  void readingAheadChangesNothing() throws IOException {
    assertReadingAheadChangesNothing(new Basnet());
    for (String supervision : List.of("clip", "points", "full")) {
      assertReadingAheadChangesNothing(new Plain(), "supervision=" + supervision);
    }
    assertNoReaderIsLeft();
  }

  @Test
  void aDamagedFileEndsTheStepThatNeedsIt() throws IOException {
    Dataset dataset = Dataset.open(folder);
    String id = dataset.subset("train").get(3).id();
    Path damaged = folder.resolve("features").resolve("rgb").resolve(id + ".npy");
    try (Engine engine = Engine.open("cpu", 1)) {
      TrainingData data = new TrainingData(dataset, "train", NOTHING);
      try (RandomAccessFile file = new RandomAccessFile(damaged.toFile(), "rw")) {
        file.setLength(file.length() - 1);
      }
      Model inline = model(new Basnet(), dataset, engine);
      Stage stage = inline.stages(data).get(0);
      int good = 0;
      try {
        while (good < STEPS) {
          stage.step(good);
          good++;
        }
      } catch (DataFormatException e) {
        assertTrue(good > 0, "choose another recording: the first step has it");
      }
      assertTrue(good < STEPS, "choose another recording: no step has it");
      RunFolder run = run("damaged");
      DataFormatException e =
          assertThrows(
              DataFormatException.class,
              () -> train(run, model(new Basnet(), dataset, engine), data, -1));
      assertTrue(e.getMessage().contains(damaged.toString()), e.getMessage());
      try (var lines = Files.lines(run.file(RunFolder.METRICS))) {
        assertEquals(good, lines.count());
      }
    }
    assertNoReaderIsLeft();
  }

  private static void assertNoReaderIsLeft() {
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("kairos-read-ahead")));
  }
}
