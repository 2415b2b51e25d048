// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.settings.Settings;
import dev.kairos.nn.SharedWeights;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Safetensors;
import dev.kairos.tensor.io.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A trained model in memory that belongs to no engine: settings and weights. Never changes, so any
 * thread may bring it to an engine of its own.
 */
public final class TrainedModel {
  private static final String WEIGHTS = "weights.safetensors";
  private static final String METHOD = "method";
  private static final String CONFIG = "config";
  private static final String SEED = "seed";
  private static final String STAGE = "stage";

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

  /**
   * Writes all that {@link #read} needs into a folder: what is left of a run when nobody wants to
   * train on, or to know how it was made.
   *
   * @param folder made if it is not there
   */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Map<String, String> words = new TreeMap<>();
    words.put(METHOD, method.name());
    words.put(CONFIG, config);
    words.put(SEED, String.valueOf(seed));
    if (stage != null) {
      words.put(STAGE, stage);
    }
    data.write(folder.resolve(DatasetDescription.FILE_NAME));
    Safetensors.write(folder.resolve(WEIGHTS), weights.tensors(), words); // last: it is complete
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param methods finds a method by its name
   * @throws DataFormatException if the folder holds no such model
   */
  public static TrainedModel read(Path folder, Function<String, Method> methods)
      throws IOException {
    Path file = folder.resolve(WEIGHTS);
    SafetensorsFile weights = Safetensors.read(file);
    Map<String, String> words = weights.metadata();
    return new TrainedModel(
        methods.apply(word(file, words, METHOD)),
        DatasetDescription.read(folder.resolve(DatasetDescription.FILE_NAME)),
        word(file, words, CONFIG),
        Long.parseLong(word(file, words, SEED)),
        SharedWeights.ofTensors(weights.tensors()),
        words.get(STAGE));
  }

  private static String word(Path file, Map<String, String> words, String key) {
    String word = words.get(key);
    if (word == null) {
      throw DataFormatException.of(
          "KDATA-924", file, "says no " + key, "it is not what a trained model was written to");
    }
    return word;
  }
}
