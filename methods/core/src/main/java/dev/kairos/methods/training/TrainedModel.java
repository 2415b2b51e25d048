// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.settings.Settings;
import dev.kairos.nn.SharedWeights;
import dev.kairos.tensor.Engine;
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
  private final SharedWeights weights;
  private final @Nullable String stage;

  TrainedModel(
      Method method,
      DatasetDescription data,
      String config,
      long seed,
      SharedWeights weights,
      @Nullable String stage) {
    this.method = method;
    this.data = data;
    this.config = config;
    this.seed = seed;
    this.weights = weights;
    this.stage = stage;
  }

  /** What it was trained on. */
  public DatasetDescription data() {
    return data;
  }

  /**
   * The same model on an engine, to localise and not to train: its weights are read and never
   * written, by all engines in one place where they compute in the host's memory.
   */
  public Experiment on(Engine engine) {
    Settings settings = Settings.empty().withPreset("the run's configuration", config);
    Experiment experiment = new Experiment(method, data, settings, seed, engine);
    weights.giveTo(experiment.model().parameters());
    experiment.localizeAsAfter(stage);
    return experiment;
  }
}
