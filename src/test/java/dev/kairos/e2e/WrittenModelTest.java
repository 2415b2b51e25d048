// SPDX-License-Identifier: Apache-2.0
package dev.kairos.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.Methods;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.pipeline.TrainedRun;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.TrainedModel;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that was written alone and read back localises as its run does. */
class WrittenModelTest {
  @TempDir Path folder;

  private static TrainedModel model(Path run) throws IOException {
    RunFolder opened = RunFolder.open(run);
    try (Engine engine = Engine.open("cpu", 1)) {
      return Experiment.open(opened, Methods.of(opened), engine).trained();
    }
  }

  private static List<List<Detection>> detections(TrainedRun run, Dataset data) throws IOException {
    List<List<Detection>> found = new ArrayList<>();
    for (Recording recording : data.subset(Dataset.TEST)) {
      found.add(run.localize(data.features(recording)).detections().stream().toList());
    }
    return found;
  }

  @Test
  void itFindsWhatTheRunFinds() throws IOException {
    Path data = folder.resolve("data");
    ThumosLikeGenerator.write(data, TinyRun.DATA);
    Dataset recordings = Dataset.open(data);
    List<List<String>> trainings =
        List.of(
            TinyRun.train(data, folder.resolve("basnet"), 40),
            TinyRun.trainInStages(data, folder.resolve("multires"), 20, 20),
            TinyRun.trainOnOwnLabels(data, folder.resolve("gaufuse")),
            TinyRun.trainOnPoints(data, folder.resolve("apn"), 20, 0));
    for (List<String> training : trainings) {
      TinyRun.succeed(training);
      Path run = folder.resolve(training.get(1));
      Path written = folder.resolve(training.get(1) + "-model");
      model(run).write(written);
      TrainedModel read = TrainedModel.read(written, Methods::named);
      try (TrainedRun expected = TrainedRun.open(run);
          TrainedRun found = TrainedRun.of(read, TrainedRun.Options.defaults())) {
        List<List<Detection>> all = detections(expected, recordings);
        assertTrue(all.stream().anyMatch(each -> !each.isEmpty()), training.get(1) + ": nothing");
        assertEquals(all, detections(found, recordings), training.get(1));
      }
    }
  }

  @Test
  void whatIsNoModelIsRefusedByName() throws IOException {
    Path data = folder.resolve("data");
    ThumosLikeGenerator.write(data, TinyRun.DATA);
    Path run = folder.resolve("run");
    TinyRun.succeed(TinyRun.train(data, run, 2));
    Path written = folder.resolve("model");
    model(run).write(written);
    // The weights of a run say nothing of its method.
    Files.copy(
        run.resolve("checkpoint.safetensors"),
        written.resolve("weights.safetensors"),
        StandardCopyOption.REPLACE_EXISTING);
    DataFormatException refused =
        assertThrows(DataFormatException.class, () -> TrainedModel.read(written, Methods::named));
    assertTrue(refused.getMessage().contains("weights.safetensors"), refused.getMessage());
  }
}
