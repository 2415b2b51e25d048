// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.tuning;

import dev.kairos.kernels.KairosException;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.evaluation.ValidationFile;
import dev.kairos.methods.files.UserFile;
import dev.kairos.methods.pipeline.RunsWork;
import dev.kairos.methods.pipeline.Training;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.run.RunLock;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.SettingSpace;
import dev.kairos.methods.settings.SettingSpace.Axis;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.NonFiniteScoresException;
import dev.kairos.methods.training.DivergedException;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.SettingSurvey;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tries settings of a method and finds those that do best on recordings which the trainings hold
 * out. The recordings to test on are never looked at.
 *
 * <p>Each trial is a run folder, {@code trial-N}, or one with a run for each seed; a search that
 * was stopped goes on, and one trial that fails, by a loss that is no number or settings that do
 * not go together, is noted and does not end it.
 */
public final class Tuning {
  /** Why a trial failed, in its folder. */
  static final String FAILURE = "failure.txt";

  private final Method method;
  private final Dataset dataset;
  private final SettingSpace space;
  private final SearchPlan.Search search;
  private final Supplier<Settings> base;
  private int trials;
  private int seeds = 1;
  private Supplier<Engine> engines =
      () -> Engine.open("cpu", Runtime.getRuntime().availableProcessors());
  private TrainingLoop.Options options = TrainingLoop.Options.defaults();
  private Progress progress = Progress.NONE;
  private Training.Completion completion = Training.Completion.NONE;
  private @Nullable Path sources;
  private RunsWork work = RunsWork.IN_TURN;

  /**
   * A search.
   *
   * @param base the settings that all trials share, fresh at each call; they hold something out
   */
  public Tuning(
      Method method,
      Dataset dataset,
      SettingSpace space,
      SearchPlan.Search search,
      Supplier<Settings> base) {
    this.method = method;
    this.dataset = dataset;
    this.space = space;
    this.search = search;
    this.base = base;
  }

  /** How many trials at most; 0 for all of a grid, or {@link SearchPlan#USUAL_TRIALS}. */
  public Tuning trials(int count) {
    this.trials = count;
    return this;
  }

  /** How many seeds each trial is trained with, beginning with that of the settings. */
  public Tuning seeds(int count) {
    this.seeds = count;
    return this;
  }

  /** What computes; each training opens one and closes it. */
  public Tuning engines(Supplier<Engine> opening) {
    this.engines = opening;
    return this;
  }

  /** When trainings save and when to stop. */
  public Tuning options(TrainingLoop.Options limits) {
    this.options = limits;
    return this;
  }

  /** Whom to tell how far it is. */
  public Tuning progress(Progress listener) {
    this.progress = listener;
    return this;
  }

  /** What else is made of each run at its end. */
  public Tuning completion(Training.Completion made) {
    this.completion = made;
    return this;
  }

  /** Who trains many runs at once (nobody unless it is set). */
  public Tuning by(RunsWork others) {
    this.work = others;
    return this;
  }

  /** A folder in the repository of the sources, whose commit is noted. */
  public Tuning sources(@Nullable Path folder) {
    this.sources = folder;
    return this;
  }

  /**
   * Tries all, or goes on with what was begun in a folder.
   *
   * @param folder to hold the trials; not there yet, empty, or of the same search
   * @return what came of it; not complete if it was asked to stop
   * @throws ConfigException if a value of the space is not allowed, nothing is held out, or another
   *     search was begun here; nothing is trained then
   */
  public TuningResult run(Path folder) throws IOException {
    long first = base.get().integer("seed", 0);
    List<Map<String, String>> plan = SearchPlan.of(space, search, trials, first);
    Map<String, Object> common = new SpaceCheck(method, dataset.description(), space, base).check();
    requireHeldOut();
    SearchRecord record = new SearchRecord(method.name(), search, seeds, common, space);
    record.requireSame(folder);
    try (RunLock lock = RunFolder.lock(folder)) {
      record.write(folder);
      trainAtOnce(folder, plan, first);
      return tryAll(folder, plan, first);
    }
  }

  /** Lets others train what is not done; what they leave is trained when it is its turn. */
  private void trainAtOnce(Path folder, List<Map<String, String>> plan, long first)
      throws IOException {
    if (work == RunsWork.IN_TURN) {
      return;
    }
    Map<Path, Path> trials = new LinkedHashMap<>(); // by the folders of their runs
    List<RunsWork.Planned> runs = new ArrayList<>();
    for (int i = 0; i < plan.size(); i++) {
      Path trial = folder.resolve("trial-" + (i + 1));
      for (long seed = first; seed < first + seeds; seed++) {
        Path place = place(trial, seed);
        if (!Files.exists(trial.resolve(FAILURE)) && !isDone(place)) {
          Optional<String> config = config(plan.get(i), seed);
          config.ifPresent(toml -> runs.add(new RunsWork.Planned(place, method.name(), toml)));
          trials.put(place, trial);
        }
      }
    }
    for (Map.Entry<Path, String> problem :
        work.train(dataset, runs, options, progress).entrySet()) {
      fail(Objects.requireNonNull(trials.get(problem.getKey())), problem.getValue());
    }
  }

  /** Every setting of a run; empty where they do not go together, which its turn will say. */
  private Optional<String> config(Map<String, String> settings, long seed) {
    try (Engine engine = Engine.open("cpu", 1)) {
      Settings all = with(settings, seed);
      return Optional.of(new Experiment(method, dataset.description(), all, seed, engine).config());
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  private Path place(Path trial, long seed) {
    return seeds == 1 ? trial : trial.resolve("seed-" + seed);
  }

  private static void fail(Path trial, String problem) throws IOException {
    Files.createDirectories(trial);
    AtomicFiles.writeString(trial.resolve(FAILURE), problem + "\n");
  }

  /** Refused before anything is trained. */
  private void requireHeldOut() {
    try (Engine engine = engines.get()) {
      Settings all = base.get();
      Experiment experiment =
          new Experiment(
              method,
              SettingSurvey.narrow(dataset.description()),
              all,
              all.integer("seed", 0),
              engine);
      TrainingData data = new TrainingData(dataset, Dataset.TRAIN, 0);
      if (experiment.heldOut(data).described().isEmpty()) {
        throw new ConfigException(
            "KCONF-010",
            "nothing is held out, so no setting can be found better than another",
            "train.evaluations=20 with train.heldOut=0.2");
      }
    }
  }

  private Settings with(Map<String, String> settings, long seed) {
    List<String> words = new ArrayList<>();
    settings.forEach((key, value) -> words.add(key + "=" + value));
    words.add("seed=" + seed);
    return base.get().withOverrides(words);
  }

  private TuningResult tryAll(Path folder, List<Map<String, String>> plan, long first)
      throws IOException {
    List<Trial> done = new ArrayList<>();
    for (Map<String, String> settings : plan) {
      int number = done.size() + 1;
      progress.note("trial " + number + " of " + plan.size() + ": " + words(settings));
      Optional<Trial> trial = tryOne(folder.resolve("trial-" + number), number, settings, first);
      if (trial.isEmpty()) {
        return result(plan.size(), done, false);
      }
      done.add(trial.get());
      progress.note(said(trial.get()));
      result(plan.size(), done, done.size() == plan.size()).write(folder);
    }
    return result(plan.size(), done, true);
  }

  private static String words(Map<String, String> settings) {
    return new Trial(0, Path.of(""), settings, List.of(), "").words();
  }

  private static String said(Trial trial) {
    return trial.isFailed()
        ? "trial " + trial.number() + " failed: " + trial.problem()
        : String.format(
            Locale.ROOT,
            "trial %d: average mAP %.2f %% on what was held out",
            trial.number(),
            trial.average() * 100);
  }

  private TuningResult result(int planned, List<Trial> done, boolean isComplete)
      throws IOException {
    Optional<Trial.Run> run = done.stream().flatMap(trial -> trial.runs().stream()).findFirst();
    return new TuningResult(
        method.name(),
        dataset.description().name(),
        search,
        planned,
        done,
        run.isPresent() ? Optional.of(scores(run.get().folder())) : Optional.empty(),
        isComplete);
  }

  private static ValidationFile.Content scores(Path run) throws IOException {
    return ValidationFile.read(run.resolve(ValidationFile.NAME));
  }

  /** Empty if it was asked to stop. */
  private Optional<Trial> tryOne(Path folder, int number, Map<String, String> settings, long first)
      throws IOException {
    Path failure = folder.resolve(FAILURE);
    if (Files.exists(failure)) {
      String problem = UserFile.readString(failure).strip();
      return Optional.of(new Trial(number, folder, settings, List.of(), problem));
    }
    List<Trial.Run> runs = new ArrayList<>();
    for (long seed = first; seed < first + seeds; seed++) {
      Path place = place(folder, seed);
      try {
        if (!isDone(place) && !train(place, with(settings, seed), seed)) {
          return Optional.empty();
        }
        runs.add(new Trial.Run(seed, place, scores(place).kept().orElseThrow()));
      } catch (DivergedException | NonFiniteScoresException | ConfigException e) {
        String problem = e.code() + ": " + e.getMessage();
        fail(folder, problem);
        return Optional.of(new Trial(number, folder, settings, List.of(), problem));
      }
    }
    return Optional.of(new Trial(number, folder, settings, runs, ""));
  }

  private boolean isDone(Path place) throws IOException {
    if (!RunFolder.exists(place) || !Files.exists(place.resolve(ValidationFile.NAME))) {
      return false;
    }
    RunFolder run = RunFolder.open(place);
    return run.position().finished() && completion.isDone(run);
  }

  /** False if it was asked to stop. */
  private boolean train(Path place, Settings fresh, long seed) throws IOException {
    Training training =
        new Training(dataset)
            .withoutTest()
            .options(options)
            .progress(progress)
            .warnings(progress::note)
            .sources(sources)
            .completion(completion);
    DatasetDescription data = dataset.description();
    try (Engine engine = engines.get()) {
      Training.Outcome outcome;
      if (RunFolder.exists(place)) {
        Settings own = Settings.empty().withConfig(place.resolve(RunFolder.CONFIG));
        outcome = training.resume(place, new Experiment(method, data, own, seed, engine));
      } else {
        outcome = training.begin(place, new Experiment(method, data, fresh, seed, engine));
      }
      if (outcome.isComplete() && !Files.exists(place.resolve(ValidationFile.NAME))) {
        throw new ConfigException(
            "KCONF-010", place + ": the training took no step, and scored nothing", "more steps");
      }
      return outcome.isComplete();
    }
  }

  /** Whether an exception says that a value is not known as a setting in this combination. */
  static boolean isUnknownKey(KairosException e) {
    return e.code().equals("KCONF-001");
  }

  /** The keys of a space. */
  static List<String> keys(SettingSpace space) {
    return space.axes().stream().map(Axis::key).toList();
  }

  /** The first value of each setting of a space. */
  static Map<String, String> firsts(SettingSpace space) {
    Map<String, String> firsts = new LinkedHashMap<>();
    space.axes().forEach(axis -> firsts.put(axis.key(), axis.extremes().get(0)));
    return firsts;
  }
}
