// SPDX-License-Identifier: Apache-2.0
package dev.kairos;

import dev.kairos.methods.Methods;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.pipeline.Training;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.settings.SettingsFile;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.tensor.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Trains a method on recordings that a program has. Without a {@link #store} no file is written and
 * no disk needed; with one the run is saved now and then, and the same call goes on with it after a
 * stop or a crash, to the same bits.
 *
 * <pre>{@code
 * Trained trained = Trainer.of("basnet").set("steps", 200).seed(1).train(recordings);
 * try (Localizer localizer = trained.localizer()) { .. }
 * }</pre>
 *
 * @since 0.1.0
 */
public final class Trainer {
  private static final double SECONDS_BETWEEN_SAVES = 20;

  private final String method;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private @Nullable String preset;
  private String backend = "cpu";
  private int threads = Runtime.getRuntime().availableProcessors();
  private TrainingProgress listener = (task, done, total, loss) -> {};
  private BooleanSupplier stop = () -> false;
  private @Nullable Path store;

  private Trainer(String method) {
    this.method = method;
  }

  /**
   * A trainer of a method with its usual settings.
   *
   * @param method such as {@code basnet}; see {@link #methods}
   */
  public static Trainer of(String method) {
    return new Trainer(method);
  }

  /** The names of all methods that can be trained here. */
  public static List<String> methods() {
    return Methods.all().stream().map(Method::name).toList();
  }

  /**
   * Changes a setting of the method.
   *
   * @param key as {@code kairos train METHOD --help-settings} lists them
   * @param value a number, truth value, text or list of these
   */
  public Trainer set(String key, Object value) {
    settings.put(key, String.valueOf(value));
    return this;
  }

  /**
   * Takes the settings of a preset instead of the one that fits the name of the recordings.
   *
   * @param name {@code none} for none
   */
  public Trainer preset(String name) {
    preset = name;
    return this;
  }

  /** From what all random numbers follow; 0 unless it is set. */
  public Trainer seed(long seed) {
    return set("seed", seed);
  }

  /** How many threads compute; the result does not depend on it. As many as processors. */
  public Trainer threads(int count) {
    threads = count;
    return this;
  }

  /** What computes; {@code cpu} unless it is set. */
  public Trainer backend(String name) {
    backend = name;
    return this;
  }

  /** Whom to tell how far it is. */
  public Trainer progress(TrainingProgress told) {
    listener = told;
    return this;
  }

  /**
   * When to stop before the end: asked after every step. An interrupt of the thread stops it too,
   * and stays set.
   */
  public Trainer stopWhen(BooleanSupplier asked) {
    stop = asked;
    return this;
  }

  /**
   * A folder to keep the run in.
   *
   * @param folder not there yet, empty, or with a run of the same settings on the same recordings,
   *     which goes on
   */
  public Trainer store(Path folder) {
    store = folder;
    return this;
  }

  /**
   * Trains on the recordings of part {@code TRAIN}, then localises and scores those of part {@code
   * TEST}, where there are such.
   *
   * @throws ConfigException if there is no such method or setting, or the store holds a run of
   *     other settings
   * @throws dev.kairos.kernels.KairosException if the recordings are not those of the run, no
   *     recording has a label, or the training diverges
   * @throws IllegalArgumentException if features or labels do not fit what the recordings say of
   *     themselves
   * @throws IOException if the recordings cannot be read, or the store not written
   */
  public Trained train(Recordings recordings) throws IOException {
    Dataset dataset = RecordingsDataset.of(recordings);
    Path place = store == null ? RunStore.inMemory() : store;
    ToldProgress told = new ToldProgress(listener);
    Training training =
        new Training(dataset)
            .progress(told)
            .options(
                new TrainingLoop.Options(
                    store == null ? Double.POSITIVE_INFINITY : SECONDS_BETWEEN_SAVES,
                    Double.POSITIVE_INFINITY,
                    stop));
    try (Engine engine = Engine.open(backend, threads)) {
      Experiment experiment = experiment(dataset.description(), engine);
      Training.Outcome outcome;
      if (RunFolder.exists(place)) {
        requireSame(place, experiment);
        outcome = training.resume(place, experiment);
      } else {
        outcome = training.begin(place, experiment);
      }
      List<String> notes = new ArrayList<>(told.notes());
      notes.addAll(outcome.notes());
      return new Trained(place, outcome, notes);
    }
  }

  private Experiment experiment(DatasetDescription data, Engine engine) throws IOException {
    Method chosen = Methods.named(method);
    List<String> overrides = new ArrayList<>();
    settings.forEach((key, value) -> overrides.add(key + "=" + value));
    Settings all = Experiment.settings(chosen, data, preset, null, overrides);
    return new Experiment(chosen, data, all, all.integer("seed", 0), engine);
  }

  private static void requireSame(Path place, Experiment experiment) throws IOException {
    Path config = place.resolve(RunFolder.CONFIG);
    List<String> edits = SettingsFile.edits(config, "the trainer", experiment.config());
    if (!edits.isEmpty()) {
      throw new ConfigException(
          "KCONF-007",
          place + ": holds a run of other settings than the trainer's: " + String.join("; ", edits),
          "store the run in another folder, or train with the settings of this one");
    }
  }

  @Override
  public String toString() {
    return "trainer of " + method + " " + settings;
  }
}
