// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.localization.Localization;
import dev.kairos.methods.localization.Localizer;
import dev.kairos.methods.run.BestCheckpoint;
import dev.kairos.methods.run.Provenance;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.run.StageFolder;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.NonFiniteScoresException;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.nn.SharedWeights;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A method on a data set with all its settings: what one run folder holds. Makes the model, trains
 * it, and brings it back to localise.
 *
 * <p>It belongs to the thread of its {@link Engine}: a call from another is refused by an {@link
 * IllegalStateException} that names both. To localise in several threads, let each bring {@link
 * #trained} to an engine of its own, or open the run by {@code pipeline.TrainedRun}, which does.
 */
public final class Experiment {
  private static final RandomKey ROOT = new RandomKey(0, 0);
  private static final String SHARDS = "train.shards";
  private static final int MOST_SHARDS = 1 << 16;

  private final Method method;
  private final DatasetDescription data;
  private final Settings settings;
  private final long seed;
  private final Engine engine;
  private final Model model;
  private final HeldOutOptions heldOut;
  private final RandomKey key;
  private final int shards; // of a step's batch; 0 where batches are computed whole
  private ShardWorkers workers = ShardWorkers.alone();
  private String weights = "";
  private @Nullable String stage; // to localise as at its end; null for the end of all

  /**
   * Makes the model with fresh weights.
   *
   * @param settings of the method; every key it does not know is an error
   * @throws ConfigException if a setting is unknown or out of range
   */
  public Experiment(
      Method method, DatasetDescription data, Settings settings, long seed, Engine engine) {
    this.method = method;
    this.data = data;
    this.settings = settings;
    this.seed = seed;
    this.engine = engine;
    settings.choice("method", method.name(), method.name());
    settings.integer("seed", seed);
    this.key = new RandomKey(seed, ROOT.child(method.name()).stream());
    this.model = newModel();
    this.heldOut = HeldOutOptions.read(settings, model.heldOut());
    this.shards = shards(settings, model.undivided());
    settings.finish();
  }

  /**
   * The settings of a new run: overrides, then the configuration file, then the preset, then the
   * method's defaults.
   *
   * @param preset a name, {@code none}, or null for the one that fits the data set's name
   * @param config a TOML file or null
   * @param overrides {@code key=value}
   */
  public static Settings settings(
      Method method,
      DatasetDescription data,
      @Nullable String preset,
      @Nullable Path config,
      List<String> overrides)
      throws IOException {
    Settings settings = Settings.empty();
    Optional<String> name =
        preset == null
            ? Presets.forDataset(method, data.name())
            : preset.equals("none") ? Optional.empty() : Optional.of(preset);
    if (name.isPresent()) {
      settings = settings.withPreset(name.get(), preset(method, name.get()));
    }
    if (config != null) {
      settings = settings.withConfig(config);
    }
    return settings.withOverrides(overrides);
  }

  /**
   * A preset of a method, as TOML.
   *
   * @throws ConfigException if it has none of that name
   */
  public static String preset(Method method, String name) {
    Map<String, String> known = method.presets();
    String toml = known.get(name);
    if (toml == null) {
      throw new ConfigException(
          "KCONF-006",
          method.name() + " has no preset " + name,
          "choose one of: " + String.join(", ", known.keySet()) + ", none");
    }
    return toml;
  }

  /** Methods that cannot do it do not list the setting, and say why where it is given. */
  private int shards(Settings given, Optional<String> undivided) {
    if (undivided.isEmpty()) {
      return given.sizeIfGiven(SHARDS, 0, MOST_SHARDS).orElse(0);
    }
    if (given.has(SHARDS)) {
      throw new ConfigException(
          "KCONF-003",
          SHARDS + ": batches of " + method.name() + " cannot be cut into shards",
          undivided.get() + "; leave the setting out");
    }
    return 0;
  }

  /** Each setting was in its own range; together they may still make no model. */
  private Model newModel() {
    try {
      return method.model(settings, data, engine, key);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "KCONF-008", method.name() + ": no model has these settings: " + e.getMessage(), null);
    }
  }

  /** The model. */
  public Model model() {
    return model;
  }

  /** The method. */
  public Method method() {
    return method;
  }

  /** A copy of the model as it is now, with which other engines and threads can localise. */
  public TrainedModel trained() {
    engine.requireOwner("trained");
    return new TrainedModel(
        method, data, config(), seed, SharedWeights.of(model.parameters()), stage);
  }

  /** Localises as at the end of a stage, null for the end of all. */
  void localizeAsAfter(@Nullable String name) {
    stage = name;
  }

  /** What computes. */
  public Backend backend() {
    return engine.backend();
  }

  /** What the data are. */
  public DatasetDescription data() {
    return data;
  }

  /** Every setting, by key. */
  public Map<String, Object> resolved() {
    return settings.resolved();
  }

  /** Every setting, as TOML. */
  public String config() {
    return settings.toToml();
  }

  /**
   * Begins a run folder for this experiment, with all that it says before training or not at all.
   *
   * @param initial weights to begin with instead of drawn ones, by name; empty for none
   * @param sources a folder inside the repository of the sources, null when there is none
   */
  public RunFolder create(
      Path out, Dataset dataset, Map<String, NpyArray> initial, @Nullable Path sources)
      throws IOException {
    return RunFolder.create(
        out,
        config(),
        folder -> {
          if (!initial.isEmpty()) { // first: a start that is killed after it is completed
            Safetensors.write(folder.file(RunFolder.INITIAL), initial, Map.of());
          }
          describe(folder, dataset, sources);
        });
  }

  /** The same with drawn weights. */
  public RunFolder create(Path out, Dataset dataset, @Nullable Path sources) throws IOException {
    return create(out, dataset, Map.of(), sources);
  }

  /**
   * Writes what a run folder says of its data and its origin, where it does not say so yet: a start
   * that was killed is completed.
   *
   * @param sources a folder inside the repository of the sources, null when there is none
   */
  public void describe(RunFolder folder, Dataset dataset, @Nullable Path sources)
      throws IOException {
    if (!Files.exists(folder.file(DatasetDescription.FILE_NAME))) {
      data.write(folder.file(DatasetDescription.FILE_NAME));
    }
    if (!Files.exists(folder.file(RunFolder.PROVENANCE))) {
      AtomicFiles.writeString(folder.file(RunFolder.PROVENANCE), origin(dataset, sources).toJson());
    }
  }

  private Provenance origin(Dataset dataset, @Nullable Path sources) throws IOException {
    return Provenance.of(
        config(),
        dataset.fingerprints(),
        dataset.pointSource(),
        seed,
        sources,
        engine.backend().name(),
        engine.backend().arithmetic(),
        engine.backend().lanes(),
        engine.backend().threads(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** Trains, from where the folder's checkpoint stands. */
  public TrainingLoop.Ended train(
      RunFolder folder, TrainingData trainingData, TrainingLoop.Options options, Progress progress)
      throws IOException {
    engine.requireOwner("train");
    if (!trainingData.unlabelled().isEmpty()) {
      progress.note(
          "left out of training, "
              + Plural.of(trainingData.unlabelled().size(), "recording")
              + " without a label: "
              + Shown.some(trainingData.unlabelled()));
    }
    HeldOut parted = heldOut(trainingData);
    if (!parted.described().isEmpty()) {
      progress.note("held out, scored and not learned from: " + parted.described());
    }
    if (!parted.classesNotLearned().isEmpty()) {
      progress.note(
          "only among what is held out, so they are not learned: "
              + Shown.some(parted.classesNotLearned()));
    }
    return new TrainingLoop(folder, model.parameters(), options, progress).run(stages(parted));
  }

  /**
   * The stages of a training on what is left to learn from, as {@link HeldOut#watched} gives them,
   * their batches cut into shards where the settings say so.
   */
  public List<Stage> stages(HeldOut parted) {
    List<Stage> stages = parted.watched(model);
    if (shards > 0) {
      stages.forEach(stage -> stage.shard(shards, workers));
    }
    return stages;
  }

  /** How many shards the batch of a step is cut into at most; 0 where it is computed whole. */
  public int shards() {
    return shards;
  }

  /**
   * Shares the shards of the training out among workers, of which this is one.
   *
   * @throws IllegalStateException if the settings cut no batch into shards
   */
  public Experiment sharedBy(ShardWorkers all) {
    if (shards == 0) {
      throw new IllegalStateException(SHARDS + " is not set: there is nothing to share out");
    }
    this.workers = all;
    return this;
  }

  /**
   * Parts what may be learned from, as the settings say.
   *
   * @throws ConfigException if that cannot be parted so
   */
  public HeldOut heldOut(TrainingData trainingData) {
    return HeldOut.of(heldOut, trainingData, key);
  }

  /**
   * Brings a trained run back, as far as it has come.
   *
   * @throws DataFormatException if the run has no checkpoint
   */
  public static Experiment open(RunFolder folder, Method method, Engine engine) throws IOException {
    return open(folder, method, engine, List.of());
  }

  /**
   * Brings a trained run back with other settings, such as those of localisation.
   *
   * @param overrides {@code key=value}
   * @throws ConfigException if one is unknown or out of range
   * @throws DataFormatException if the run has no checkpoint, or its weights do not fit the
   *     settings
   */
  public static Experiment open(
      RunFolder folder, Method method, Engine engine, List<String> overrides) throws IOException {
    return open(folder, method, engine, KeptWeights.BEST, overrides);
  }

  /**
   * The same with the weights that somebody chooses.
   *
   * @throws DataFormatException if the run has no checkpoint, or its weights do not fit the
   *     settings
   */
  public static Experiment open(
      RunFolder folder, Method method, Engine engine, KeptWeights which, List<String> overrides)
      throws IOException {
    Experiment experiment = fresh(folder, method, engine, overrides);
    if (which == KeptWeights.BEST && experiment.takeBest(folder)) {
      return experiment;
    }
    RunFolder.Saved saved =
        folder
            .saved()
            .orElseThrow(
                () ->
                    DataFormatException.of(
                        "KDATA-208",
                        folder.path(),
                        "has no " + RunFolder.CHECKPOINT + ": its training saved nothing yet",
                        "go on with kairos train --resume"));
    saved.restore(experiment.model().parameters());
    List<String> stages = experiment.model().stageNames();
    if (!stages.isEmpty()) {
      saved.require(saved.position().stage() < stages.size(), "stage", "below " + stages.size());
      experiment.stage = stages.get(saved.position().stage());
    }
    return experiment;
  }

  /**
   * Takes the weights that scored best on what the training held out.
   *
   * @return whether there are such; the weights stay what they are where there are none
   * @throws DataFormatException if the file is damaged or of another run
   */
  public boolean takeBest(RunFolder folder) throws IOException {
    engine.requireOwner("takeBest");
    Optional<BestCheckpoint> kept = BestCheckpoint.read(folder);
    if (kept.isEmpty()) {
      return false;
    }
    BestCheckpoint best = kept.get();
    best.restore(model.parameters());
    List<String> stages = model.stageNames();
    if (!stages.isEmpty()) {
      if (best.stage() >= stages.size()) {
        throw DataFormatException.of(
            "KDATA-210",
            best.file(),
            "is of stage %d, the run has %d".formatted(best.stage() + 1, stages.size()),
            "the file belongs to another run");
      }
      stage = stages.get(best.stage());
    }
    weights = KeptWeights.BEST.word() + ", after step " + best.total();
    return true;
  }

  /**
   * Which weights it has, for result files: {@code best, after step 80}; empty for those at the end
   * of a stage or of all.
   */
  public String weights() {
    return weights;
  }

  /** Brings a run back as it was at the end of one of its stages. */
  public static Experiment open(RunFolder folder, Method method, Engine engine, String stage)
      throws IOException {
    return open(folder, method, engine, stage, List.of());
  }

  /** The same with other settings. */
  public static Experiment open(
      RunFolder folder, Method method, Engine engine, String stage, List<String> overrides)
      throws IOException {
    Experiment experiment = fresh(folder, method, engine, overrides);
    experiment.goBack(folder, stage);
    return experiment;
  }

  private static Experiment fresh(
      RunFolder folder, Method method, Engine engine, List<String> overrides) throws IOException {
    DatasetDescription data = DatasetDescription.read(folder.file(DatasetDescription.FILE_NAME));
    Path config = folder.file(RunFolder.CONFIG);
    Settings settings =
        overrides.isEmpty()
            ? Settings.empty().withConfig(config)
            : Settings.empty().withWholeConfig(config).withOverrides(overrides);
    return new Experiment(method, data, settings, settings.integer("seed", 0), engine);
  }

  /**
   * Goes back to the end of one of the stages, or on to it: takes the weights of all up to it from
   * their folders, and localises with what was trained then.
   *
   * @throws ConfigException if the model has no stage of that name
   * @throws DataFormatException if that stage is not finished
   */
  public void goBack(RunFolder folder, String name) throws IOException {
    engine.requireOwner("goBack");
    List<String> names = model.stageNames();
    int index = names.indexOf(name);
    if (index < 0) {
      throw new ConfigException(
          "KCONF-009",
          folder.path() + ": has no stage " + name,
          names.isEmpty()
              ? method.name() + " is trained in one stage"
              : "choose one of: " + String.join(", ", names));
    }
    for (String stageName : names.subList(0, index + 1)) {
      StageFolder.of(folder, stageName).restore(model.parameters());
    }
    stage = name;
    weights = "";
  }

  /**
   * Localises recordings of a data set, in the order given.
   *
   * @throws DataFormatException if the data set has other streams than the model was trained on
   */
  public Map<String, Localization> localize(
      Dataset dataset, List<Recording> recordings, Progress progress) throws IOException {
    engine.requireOwner("localize");
    dataset.requireStreams(data);
    Map<String, Localization> found = new LinkedHashMap<>();
    progress.start(stage == null ? "localize" : "localize, " + stage, recordings.size());
    for (Recording recording : recordings) {
      FeatureSequence features = dataset.features(recording);
      try {
        found.put(recording.id(), localize(features, dataset.grid(recording, features.length())));
      } catch (NonFiniteScoresException e) {
        throw e.in("recording '" + recording.id() + "'");
      }
      progress.step(found.size(), Double.NaN);
    }
    progress.finish();
    return found;
  }

  /**
   * Localises one recording.
   *
   * @param features all streams joined, {@code [T, D]}
   * @throws IllegalArgumentException if the features have another width than those trained on
   * @throws NonFiniteScoresException if extreme features or weights overflow
   */
  public Localization localize(FeatureSequence features, SnippetGrid grid) {
    engine.requireOwner("localize");
    if (features.width() != data.totalWidth()) {
      throw new IllegalArgumentException(
          "localize: the model was trained on "
              + data.totalWidth()
              + " values a snippet, found "
              + features.width());
    }
    try (Scope scope = engine.scope()) {
      Localizer localizer = stage == null ? model.localizer() : model.localizer(stage);
      return localizer.localize(features, grid);
    }
  }
}
