// SPDX-License-Identifier: Apache-2.0
package dev.kairos.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training that remembers, stopped after every single step, leaves the bits of one in a piece.
 */
@Tag("once")
class RememberedStateTest {
  @TempDir Path folder;
  private Path data = Path.of("");

  @BeforeEach
  void writeData() throws IOException {
    data = folder.resolve("data");
    ThumosLikeGenerator.write(data, TinyRun.DATA);
  }

  private TrainingLoop.Ended train(Path out, boolean stopAtOnce) throws IOException {
    Dataset dataset = Dataset.open(data);
    try (Engine engine = Engine.open("cpu", 1)) {
      boolean begun = RunFolder.exists(out);
      Settings settings =
          begun
              ? Settings.empty().withConfig(out.resolve(RunFolder.CONFIG))
              : Settings.empty().withOverrides(List.of("epochs=3"));
      Experiment experiment =
          new Experiment(new RememberingMethod(), dataset.description(), settings, 7, engine);
      RunFolder run = begun ? RunFolder.open(out) : experiment.create(out, dataset, null);
      return experiment.train(
          run,
          new TrainingData(dataset, Dataset.TRAIN, 1 << 20),
          new TrainingLoop.Options(1e9, Double.POSITIVE_INFINITY, () -> stopAtOnce),
          Progress.NONE);
    }
  }

  @Test
  void stoppedAfterEveryStep() throws IOException {
    Path whole = folder.resolve("whole");
    assertEquals(TrainingLoop.Ended.FINISHED, train(whole, false));
    Path stopped = folder.resolve("stopped");
    int stops = 0;
    while (train(stopped, true) == TrainingLoop.Ended.STOPPED) {
      stops++;
      boolean second = RunFolder.open(stopped).position().stage() == 1;
      var names = Safetensors.read(stopped.resolve(RunFolder.CHECKPOINT)).tensors().keySet();
      assertEquals(second, names.contains("optimizer/first/adam.m.score.weight"), "" + names);
      assertTrue(names.contains("state/bank"), "" + names);
    }
    assertEquals(13, stops, "2 x 6 steps of three and 2 of the stage between, less the last");
    for (String name : List.of("checkpoint.safetensors", "metrics.jsonl")) {
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(name)), Files.readAllBytes(stopped.resolve(name)), name);
    }
  }
}
