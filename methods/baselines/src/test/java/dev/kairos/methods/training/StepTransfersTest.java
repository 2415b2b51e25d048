// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.basnet.Basnet;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.generate.ThumosLikeOptions;
import dev.kairos.methods.plain.Plain;
import dev.kairos.methods.settings.Settings;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Transfers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training step moves between the host and the engine's memory. */
class StepTransfersTest {
  private static final int BATCH = 2;
  private static final int SEGMENTS = 16;

  @TempDir Path parent;
  private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    folder = parent.resolve("data");
    ThumosLikeGenerator.write(folder, new ThumosLikeOptions(4, 2, 6, 1, 20, 40, 8, 8, 0.5, 0.2));
  }

  /** The transfers of a step that is not the first, and how many losses it gives. */
  private record Moved(Transfers transfers, int losses, int width, int classes) {}

  private Moved step(Method method, String... more) throws IOException {
    Dataset dataset = Dataset.open(folder);
    List<String> settings = new ArrayList<>(List.of("segments=" + SEGMENTS, "batch=" + BATCH));
    settings.addAll(List.of(more));
    try (Engine engine = Engine.open("cpu", 1)) {
      Settings all = Experiment.settings(method, dataset.description(), "none", null, settings);
      Model model = method.model(all, dataset.description(), engine, new RandomKey(1, 2));
      TrainingData data = new TrainingData(dataset, "train", 1L << 28);
      Stage stage = model.stages(data).get(0);
      stage.step(0);
      Transfers before = engine.transfers();
      Map<String, Double> losses = stage.step(1);
      Transfers transfers = engine.transfers().since(before);
      int read = losses.size() - 1; // the learning rate is known here
      return new Moved(transfers, read, data.width(), data.classes());
    }
  }

  @Test
  void aStepOfBasnetMovesItsBatchInAndOneBlockOfLossesOut() throws IOException {
    Moved moved = step(new Basnet(), "filterHidden=4", "hidden=8");
    long numbers = (long) BATCH * SEGMENTS * moved.width() + (long) BATCH * moved.classes();
    assertEquals(
        new Transfers(2, numbers * Float.BYTES, 1, (long) moved.losses() * Float.BYTES),
        moved.transfers());
  }

  @Test
  void aStepOfThePlainBaselineReadsOnce() throws IOException {
    Moved moved = step(new Plain(), "supervision=clip");
    assertEquals(2 * BATCH, moved.transfers().writes());
    assertEquals(1, moved.transfers().reads());
  }
}
