// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.Methods;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.generate.ThumosLikeOptions;
import dev.kairos.methods.pipeline.RunsWork;
import dev.kairos.methods.settings.SettingSpace;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.tuning.SearchPlan;
import dev.kairos.methods.tuning.Tuning;
import dev.kairos.methods.tuning.TuningResult;
import dev.kairos.spark.harness.Master;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterRunsTest {
  private static final List<String> BASE =
      List.of(
          "segments=16",
          "hidden=8",
          "batch=4",
          "steps=6",
          "seed=5",
          "train.evaluateEvery=3",
          "train.heldOut=0.4",
          "train.heldOutBy=recording");

  @TempDir Path folder;

  private static Tuning tuning(Dataset data, Path space) throws IOException {
    Supplier<Settings> base =
        () -> {
          try {
            return Experiment.settings(
                Methods.named("plain"), data.description(), "none", null, BASE);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    SettingSpace searched = SettingSpace.read(space);
    return new Tuning(Methods.named("plain"), data, searched, SearchPlan.usual(searched), base)
        .seeds(2);
  }

  /** One trial fails by settings that do not go together, as it does in turn. */
  @Test
  void aSearchOverTasksHasTheTrialsOfOneInTurn() throws IOException {
    Path data = folder.resolve("data");
    ThumosLikeGenerator.write(data, new ThumosLikeOptions(5, 2, 8, 1, 20, 30, 8, 8, 0.5, 0.2));
    Dataset dataset = Dataset.open(data);
    Path space = folder.resolve("space.toml");
    Files.writeString(
        space, "suppression = [\"nms\", \"soft-nms\"]\n\"softNms.parameter\" = [0.3, 0.5]\n");
    TuningResult inTurn = tuning(dataset, space).run(folder.resolve("turn"));
    assertTrue(inTurn.trials().stream().anyMatch(trial -> trial.isFailed()));
    assertFalse(inTurn.trials().stream().allMatch(trial -> trial.isFailed()));
    RunsWork nobody =
        (all, runs, options, progress) -> {
          assertEquals(List.of(), runs, "a search that is done trains nothing again");
          return Map.of();
        };
    for (Master master : Master.values()) {
      Path place = folder.resolve("tasks" + master);
      try (SparkSession session = master.open()) {
        TuningResult atOnce = tuning(dataset, space).by(new ClusterRuns(() -> session)).run(place);
        assertEquals(inTurn.toJson(), atOnce.toJson());
      }
      assertEquals(
          Files.readString(folder.resolve("turn").resolve(TuningResult.FILE_NAME)),
          Files.readString(place.resolve(TuningResult.FILE_NAME)));
      assertEquals(inTurn.toJson(), tuning(dataset, space).by(nobody).run(place).toJson());
    }
  }
}
