// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import dev.kairos.methods.Methods;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.evaluation.DetectionFile;
import dev.kairos.methods.evaluation.EvaluationFile;
import dev.kairos.methods.evaluation.EvaluationResult;
import dev.kairos.methods.evaluation.SeedScores;
import dev.kairos.methods.evaluation.Thresholds;
import dev.kairos.methods.localization.Localization;
import dev.kairos.methods.report.RunReport;
import dev.kairos.methods.run.Provenance;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.run.RunLock;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A run from its first step to its scores: trains on the subset {@code train}, then localises and
 * scores the subset {@code test}, where there is one, and notes what each stage achieved. All of it
 * is kept in the run folder; a run that was stopped goes on where it stood.
 */
public final class Training {
  private static final int CACHE_SHARE = 3;

  private final Dataset dataset;
  private double[] tious = Thresholds.parse("0.1:0.1:0.7");
  private TrainingLoop.Options options = TrainingLoop.Options.defaults();
  private Progress progress = Progress.NONE;
  private Consumer<String> warnings = warning -> {};
  private @Nullable Path sources;
  private Completion completion = Completion.NONE;
  private @Nullable Path initial;
  private boolean tests = true;
  private TrainingWork work = TrainingWork.HERE;

  /**
   * How a run ended and what came of it.
   *
   * @param run its folder
   * @param ended how the training ended
   * @param isComplete false if it was stopped before everything was scored and written
   * @param found in the test recordings; empty where there are none, where it was not complete, or
   *     where all of it had been written before
   * @param result the scores; empty if there is nothing to score
   * @param about of what the scores are
   * @param classification how well the classes of the test recordings were told, see {@link
   *     dev.kairos.methods.evaluation.ClassificationMeanAveragePrecision}; empty where {@code
   *     found} is, or the model does not say
   * @param notes what a reader of the scores has to know, a sentence each
   */
  public record Outcome(
      RunFolder run,
      TrainingLoop.Ended ended,
      boolean isComplete,
      Map<String, Localization> found,
      Optional<EvaluationResult> result,
      EvaluationFile.About about,
      OptionalDouble classification,
      List<String> notes) {
    /** Copies the list. */
    public Outcome {
      notes = List.copyOf(notes);
    }
  }

  /** What else is made of a run at its end, before others may have it: a page, for example. */
  public interface Completion {
    /** Nothing. */
    Completion NONE =
        new Completion() {
          @Override
          public boolean isDone(RunFolder run) {
            return true;
          }

          @Override
          public void complete(Outcome outcome) {}
        };

    /** Whether it was made before. */
    boolean isDone(RunFolder run);

    /** Makes it. */
    void complete(Outcome outcome) throws IOException;
  }

  /** Trains on some data, which must have a subset {@code train} with labels. */
  public Training(Dataset dataset) {
    this.dataset = dataset;
  }

  /** Thresholds of the scores (0.1 to 0.7 by 0.1 unless they are set). */
  public Training tious(double... thresholds) {
    this.tious = thresholds.clone();
    return this;
  }

  /** When to save and when to stop. */
  public Training options(TrainingLoop.Options limits) {
    this.options = limits;
    return this;
  }

  /** Whom to tell how far it is; called from the thread that trains. */
  public Training progress(Progress listener) {
    this.progress = listener;
    return this;
  }

  /** Whom to tell of what may be wrong when a run goes on, such as other data. */
  public Training warnings(Consumer<String> listener) {
    this.warnings = listener;
    return this;
  }

  /** A folder in the repository of the sources, whose commit is noted. */
  public Training sources(@Nullable Path folder) {
    this.sources = folder;
    return this;
  }

  /**
   * A file of weights to begin a run with instead of drawn ones, such as {@code kairos
   * import-weights} writes; null for none. A run that goes on has its own.
   */
  public Training initialWeights(@Nullable Path file) {
    this.initial = file;
    return this;
  }

  /** Who takes the steps (this thread unless it is set). */
  public Training by(TrainingWork other) {
    this.work = other;
    return this;
  }

  /** Leaves the recordings to test on alone: they are neither localised nor scored. */
  public Training withoutTest() {
    this.tests = false;
    return this;
  }

  /** What else is made of the run at its end. */
  public Training completion(Completion made) {
    this.completion = made;
    return this;
  }

  /**
   * Begins a run on all processors and takes it as far as it goes.
   *
   * @param place the run folder to make: not there yet, or empty
   * @param method its name, such as {@code basnet}
   * @param settings {@code key=value}, over the preset that fits the data set's name
   * @throws dev.kairos.methods.settings.ConfigException if there is no such method or setting
   */
  public Outcome run(Path place, String method, String... settings) throws IOException {
    Method chosen = Methods.named(method);
    DatasetDescription data = dataset.description();
    Settings all = Experiment.settings(chosen, data, null, null, List.of(settings));
    try (Engine engine = Engine.open("cpu", Runtime.getRuntime().availableProcessors())) {
      return begin(place, new Experiment(chosen, data, all, all.integer("seed", 0), engine));
    }
  }

  /**
   * Trains with several seeds in a row on all processors, and goes on where such runs were stopped;
   * see {@link SeedTraining}.
   *
   * @param folder that holds the runs, {@code seed-N} each
   * @param first the first seed; the others follow it
   * @param count how many
   * @param method as for {@link #run}, as are the settings
   * @return empty if it was asked to stop; the same call goes on
   */
  public Optional<SeedScores> runSeeds(
      Path folder, long first, int count, String method, String... settings) throws IOException {
    SeedTraining.Run each =
        (place, seed) -> {
          List<String> own = new ArrayList<>(List.of(settings));
          own.add("seed=" + seed);
          Outcome outcome =
              RunFolder.exists(place)
                  ? resume(place)
                  : run(place, method, own.toArray(String[]::new));
          if (!outcome.isComplete()) {
            throw new StoppingProgress.Stop();
          }
          return outcome.result();
        };
    try {
      return Optional.of(new SeedTraining(folder, method, tious).run(first, count, each));
    } catch (StoppingProgress.Stop e) {
      return Optional.empty();
    }
  }

  /** Goes on with a run that was stopped, with its own settings, on all processors. */
  public Outcome resume(Path place) throws IOException {
    RunFolder run = RunFolder.open(place);
    try (Engine engine = Engine.open("cpu", Runtime.getRuntime().availableProcessors())) {
      Method method = Methods.of(run);
      Settings own = Settings.empty().withConfig(run.file(RunFolder.CONFIG));
      DatasetDescription data = dataset.description();
      return resume(place, new Experiment(method, data, own, own.integer("seed", 0), engine));
    }
  }

  /**
   * Begins a run.
   *
   * @param place the run folder to make: not there yet, or empty
   */
  public Outcome begin(Path place, Experiment experiment) throws IOException {
    TrainingData data = trainingData(); // refused before a folder is made
    var unused = experiment.heldOut(data); // and so is this
    RunFolder.requireUnused(place);
    Map<String, NpyArray> weights =
        initial == null ? Map.of() : PublishedWeights.read(experiment, List.of(initial));
    try (RunLock lock = RunFolder.lock(place)) {
      return finish(experiment.create(place, dataset, weights, sources), experiment, data);
    }
  }

  /**
   * Goes on with a run, whose settings the experiment must have.
   *
   * @throws DataFormatException if the data have other streams or classes, or the run's files were
   *     edited or damaged
   */
  public Outcome resume(Path place, Experiment experiment) throws IOException {
    TrainingData data = trainingData();
    RunFolder folder = RunFolder.open(place);
    try (RunLock lock = RunFolder.lock(place)) {
      var unused = folder.requireSameConfig();
      experiment.describe(folder, dataset, sources);
      new SameData(dataset, warnings).require(folder, experiment);
      goOn(folder, experiment);
      return finish(folder, experiment, data);
    }
  }

  /** Notes what computes from now on, where that is something else. */
  private static void goOn(RunFolder folder, Experiment experiment) throws IOException {
    Provenance origin = RunReport.origin(folder);
    Provenance now = origin.goingOnWith(experiment.backend().arithmetic());
    if (!now.equals(origin)) {
      AtomicFiles.writeString(folder.file(RunFolder.PROVENANCE), now.toJson());
    }
  }

  private TrainingData trainingData() {
    return new TrainingData(dataset, Dataset.TRAIN, cacheBytes());
  }

  private Outcome finish(RunFolder folder, Experiment experiment, TrainingData data)
      throws IOException {
    TrainingLoop.Ended ended = work.train(experiment, folder, dataset, data, options, progress);
    if (ended == TrainingLoop.Ended.STOPPED) {
      return stopped(folder, ended);
    }
    boolean before = ended == TrainingLoop.Ended.FINISHED_BEFORE;
    if (experiment.takeBest(folder) && hasTest()) {
      progress.note("localising with the best weights: " + experiment.weights());
    }
    if (before) {
      progress.note(folder.path() + ": training was finished before");
    }
    return before && isWritten(folder) && completion.isDone(folder)
        ? written(folder, ended, experiment.weights())
        : complete(folder, experiment, ended);
  }

  private static Outcome stopped(RunFolder folder, TrainingLoop.Ended ended) {
    return new Outcome(
        folder,
        ended,
        false,
        Map.of(),
        Optional.empty(),
        EvaluationFile.About.NOTHING,
        OptionalDouble.empty(),
        List.of());
  }

  private boolean hasTest() {
    return tests && dataset.subsets().contains(Dataset.TEST);
  }

  private boolean isWritten(RunFolder folder) throws IOException {
    return RunReport.origin(folder).end() != null
        && (!hasTest() || Files.exists(folder.file(RunFolder.DETECTIONS)));
  }

  /**
   * Scores what was found before, at the thresholds that are asked for now.
   *
   * @param weights those that found it
   */
  private Outcome written(RunFolder folder, TrainingLoop.Ended ended, String weights)
      throws IOException {
    Optional<EvaluationResult> result = Optional.empty();
    if (hasTest()) {
      var detections = DetectionFile.read(folder.file(RunFolder.DETECTIONS));
      result = ScoredSubset.evaluate(dataset, Dataset.TEST, detections, tious);
      keep(folder, detections, result, weights);
    }
    EvaluationFile.About about = new EvaluationFile.About(Dataset.TEST, weights);
    return new Outcome(
        folder, ended, true, Map.of(), result, about, OptionalDouble.empty(), List.of());
  }

  /** Keeps the scores beside the detections, for those who compare runs. */
  private void keep(
      RunFolder folder,
      Map<String, List<Detection>> detections,
      Optional<EvaluationResult> result,
      String weights)
      throws IOException {
    if (result.isPresent()) {
      ScoredSubset.keep(
          folder.file(RunFolder.EVALUATION),
          result.get(),
          new EvaluationFile.About(Dataset.TEST, weights),
          dataset,
          detections);
    }
  }

  /** Everything after the last step. */
  private Outcome complete(RunFolder folder, Experiment experiment, TrainingLoop.Ended ended)
      throws IOException {
    Map<String, Localization> found = Map.of();
    Optional<EvaluationResult> result = Optional.empty();
    OptionalDouble classification = OptionalDouble.empty();
    List<String> notes = List.of();
    String weights = experiment.weights();
    Progress stopping = new StoppingProgress(progress, options.stop());
    try {
      if (hasTest()) {
        ScoredSubset scored = ScoredSubset.of(experiment, dataset, Dataset.TEST, tious, stopping);
        found = scored.found();
        result = scored.result();
        DetectionFile.write(folder.file(RunFolder.DETECTIONS), scored.detections());
        keep(folder, scored.detections(), result, weights);
        if (result.isPresent()) {
          LostDetections lost = scored.lost(experiment, dataset, Dataset.TEST);
          classification = lost.classification();
          notes = lost.note(result.get().average()).stream().toList();
        } else {
          notes =
              List.of("No recording of subset test has an annotated action: nothing was scored.");
        }
      } else {
        notes =
            List.of(
                tests
                    ? "The data set has no subset test: nothing was localised."
                    : "The recordings to test on were not looked at.");
      }
      Optional<String> subset = hasTest() ? Optional.of(Dataset.TEST) : Optional.empty();
      StageReview.measure(folder, experiment, dataset, subset, tious, stopping);
    } catch (StoppingProgress.Stop | ClosedByInterruptException e) {
      return stopped(folder, ended);
    }
    end(folder);
    EvaluationFile.About about = new EvaluationFile.About(Dataset.TEST, weights);
    Outcome outcome = new Outcome(folder, ended, true, found, result, about, classification, notes);
    completion.complete(outcome);
    return outcome;
  }

  /** Heap that features may take: a third of all. */
  public static long cacheBytes() {
    return Runtime.getRuntime().maxMemory() / CACHE_SHARE;
  }

  /** Notes when the work was done. */
  public static void end(RunFolder folder) throws IOException {
    AtomicFiles.writeString(
        folder.file(RunFolder.PROVENANCE),
        RunReport.origin(folder).ended(Instant.now().truncatedTo(ChronoUnit.SECONDS)).toJson());
  }
}
