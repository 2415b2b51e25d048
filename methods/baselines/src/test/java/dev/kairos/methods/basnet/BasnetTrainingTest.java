// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.basnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.backbone.BasnetModel;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.generate.ThumosLikeOptions;
import dev.kairos.methods.training.Batch;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.StepPosition;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BasnetTrainingTest {
  @TempDir Path folder;

  /** The recordings of the first four steps, seven recordings, four a step. */
  private List<List<Integer>> taken(String order) throws Exception {
    Path data = folder.resolve(order);
    ThumosLikeGenerator.write(data, new ThumosLikeOptions(3, 2, 7, 1, 20, 40, 8, 8, 0.5, 0.2));
    Dataset dataset = Dataset.open(data);
    BasnetConfig config =
        BasnetConfig.from(
            Experiment.settings(
                new Basnet(),
                dataset.description(),
                "none",
                null,
                List.of("segments=16", "batch=4", "filterHidden=2", "hidden=2", "order=" + order)));
    RandomKey key = new RandomKey(3, 4);
    try (Engine engine = Engine.open("reference", 1)) {
      BasnetModel network =
          new BasnetModel(new Parameters(engine, key), 16, 3, config.filterHidden(), 2, 0.5);
      TrainingData training = new TrainingData(dataset, "train", 0);
      BasnetTraining task =
          new BasnetTraining(config, network, training, config.order(training.size(), key), engine);
      List<List<Integer>> steps = new ArrayList<>();
      for (int step = 0; step < 4; step++) {
        StepPosition at = task.position(step);
        Batch batch = task.draw(at, key.child(step)).get(0);
        steps.add(IntStream.range(0, batch.size()).mapToObj(batch::recording).toList());
      }
      return steps;
    }
  }

  @Test
  void anEpochTakesEachRecordingOnceAndEndsWithASmallerBatch() throws Exception {
    List<List<Integer>> steps = taken("epochs");
    assertEquals(List.of(4, 3, 4, 3), steps.stream().map(List::size).toList());
    for (int epoch = 0; epoch < 2; epoch++) {
      List<Integer> all = new ArrayList<>(steps.get(2 * epoch));
      all.addAll(steps.get(2 * epoch + 1));
      assertEquals(7, new HashSet<>(all).size(), all.toString());
    }
    assertNotEquals(steps.subList(0, 2), steps.subList(2, 4), "shuffled anew");
  }

  @Test
  void theRestOfAnEpochMayWaitForTheNext() throws Exception {
    List<Integer> all = taken("epochs-carried").stream().flatMap(List::stream).toList();
    assertEquals(16, all.size());
    for (int epoch = 0; epoch < 2; epoch++) {
      assertEquals(7, new HashSet<>(all.subList(7 * epoch, 7 * epoch + 7)).size(), all.toString());
    }
  }

  @Test
  void drawsAreOfOneSizeAndIndependent() throws Exception {
    List<List<Integer>> steps = taken("draws");
    for (List<Integer> step : steps) {
      assertEquals(4, new HashSet<>(step).size(), steps.toString());
    }
    assertTrue(
        steps.get(1).stream().anyMatch(steps.get(0)::contains), "4 of 7 twice: at least one again");
  }
}
