// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.Settings;
import dev.kairos.nn.Checkpoint;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.NpyArray;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trained model in memory that belongs to no engine: settings and weights. Never changes, so any
 * thread may bring it to an engine of its own.
 */
public final class TrainedModel {
  private final Method method;
  private final DatasetDescription data;
  private final String config;
  private final long seed;
  private final Map<String, NpyArray> weights;
  private final @Nullable String stage;

  TrainedModel(
      Method method,
      DatasetDescription data,
      String config,
      long seed,
      Map<String, NpyArray> weights,
      @Nullable String stage) {
    this.method = method;
    this.data = data;
    this.config = config;
    this.seed = seed;
    this.weights = Map.copyOf(weights);
    this.stage = stage;
  }

  /** What it was trained on. */
  public DatasetDescription data() {
    return data;
  }

  /** The same model with the same weights, in the memory of an engine. */
  public Experiment on(Engine engine) {
    Settings settings = Settings.empty().withPreset("the run's configuration", config);
    Experiment experiment = new Experiment(method, data, settings, seed, engine);
    Checkpoint.load(experiment.model().parameters(), weights, Path.of(RunFolder.CHECKPOINT));
    experiment.localizeAsAfter(stage);
    return experiment;
  }
}
