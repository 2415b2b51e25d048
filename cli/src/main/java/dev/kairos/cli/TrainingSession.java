// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.cli.report.ReportPage;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.evaluation.DetectionFile;
import dev.kairos.methods.evaluation.EvaluationFile;
import dev.kairos.methods.evaluation.EvaluationResult;
import dev.kairos.methods.pipeline.ScoredSubset;
import dev.kairos.methods.pipeline.StageReview;
import dev.kairos.methods.report.ReportData;
import dev.kairos.methods.report.RunReport;
import dev.kairos.methods.training.Claim;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.Provenance;
import dev.kairos.methods.training.RunFolder;
import dev.kairos.methods.training.Settings;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One or several runs of a method on a data set: each from its first step to its report. */
final class TrainingSession {
  static final String REPORT = "report.html";
  private static final int CACHE_SHARE = 3;

  private final KairosCommand kairos;
  private final Method method;
  private final Dataset dataset;
  private final SettingOptions settings;
  private final ComputeOptions compute;
  private final double[] tious;
  private final Limits limits;
  private final StopSignal signal;

  /**
   * When to save and stop, and how to go on.
   *
   * @param checkpointSeconds least time between two checkpoints
   * @param deadline when to stop, as {@link System#nanoTime} counts
   * @param resume whether runs that were begun are gone on with
   * @param command what the user types to go on
   */
  record Limits(double checkpointSeconds, long deadline, boolean resume, String command) {
    double secondsLeft() {
      return (deadline - System.nanoTime()) * 1e-9;
    }
  }

  TrainingSession(
      KairosCommand kairos,
      Method method,
      Dataset dataset,
      SettingOptions settings,
      ComputeOptions compute,
      double[] tious,
      Limits limits,
      StopSignal signal) {
    this.kairos = kairos;
    this.method = method;
    this.dataset = dataset;
    this.settings = settings;
    this.compute = compute;
    this.tious = tious.clone();
    this.limits = limits;
    this.signal = signal;
  }

  /** Heap that features may take. */
  static long cacheBytes() {
    return Runtime.getRuntime().maxMemory() / CACHE_SHARE;
  }

  /** The repository of the sources, where the start script names it. */
  static @Nullable Path sources() {
    String home = System.getProperty("kairos.home");
    return home == null ? null : Path.of(home);
  }

  /** Runs once and prints the scores, those of each training above those of the whole. */
  void single(Path place) throws IOException {
    Optional<EvaluationResult> result = run(place, 0);
    if (result.isPresent()) {
      MapTable table = new MapTable(tious);
      StageReview.scores(RunFolder.open(place), tious).forEach(table::row);
      table.row(method.name(), result.get()).print(kairos.out());
    }
  }

  /**
   * Trains, localises, scores and reports, as far as that is not done yet.
   *
   * @param seedOffset which of several runs this is
   * @return the scores, empty if there is nothing to score
   */
  Optional<EvaluationResult> run(Path place, long seedOffset) throws IOException {
    try (Engine engine = compute.open(kairos.messages())) {
      TrainingData trainingData = new TrainingData(dataset, Experiment.TRAIN, cacheBytes());
      return limits.resume() && Files.exists(place) && !RunFolder.isEmpty(place)
          ? resume(place, seedOffset, trainingData, engine)
          : begin(place, seedOffset, trainingData, engine);
    }
  }

  private Optional<EvaluationResult> begin(
      Path place, long seedOffset, TrainingData trainingData, Engine engine) throws IOException {
    DatasetDescription data = dataset.description();
    Settings fresh = settings.fresh(method, data, seedOffset, kairos.messages());
    Experiment experiment = new Experiment(method, data, fresh, fresh.integer("seed", 0), engine);
    RunFolder.requireUnused(place);
    try (Claim claim = RunFolder.claim(place)) {
      RunFolder folder = experiment.create(place, dataset, sources());
      return finish(folder, experiment, trainingData);
    }
  }

  private Optional<EvaluationResult> resume(
      Path place, long seedOffset, TrainingData trainingData, Engine engine) throws IOException {
    RunFolder folder = RunFolder.open(place);
    try (Claim claim = RunFolder.claim(place)) {
      Experiment experiment =
          settings.resumed(method, dataset.description(), folder, seedOffset, engine);
      var unused = folder.requireSameConfig();
      experiment.describe(folder, dataset, sources());
      requireSameData(folder, engine);
      return finish(folder, experiment, trainingData);
    }
  }

  private Optional<EvaluationResult> finish(
      RunFolder folder, Experiment experiment, TrainingData trainingData) throws IOException {
    boolean finishedBefore = train(folder, experiment, trainingData);
    return finishedBefore && isComplete(folder) ? scored(folder) : complete(folder, experiment);
  }

  private void requireSameData(RunFolder folder, Engine engine) throws IOException {
    Path file = folder.file(DatasetDescription.FILE_NAME);
    DatasetDescription trained = DatasetDescription.read(file);
    DatasetDescription data = dataset.description();
    if (!trained.streams().equals(data.streams()) || !trained.classes().equals(data.classes())) {
      throw DataFormatException.of(
          "KDATA-921",
          Path.of(dataset.place()).resolve(DatasetDescription.FILE_NAME),
          "streams or classes differ from those the run was begun with, " + file,
          "give --data the data folder of the run");
    }
    Provenance origin = RunReport.origin(folder);
    if (!origin.features().equals(dataset.fingerprints())) {
      kairos
          .messages()
          .warning(dataset.place() + ": the files differ from those the run was begun with");
    }
    String now = engine.backend().arithmetic();
    if (!origin.arithmetic().isEmpty() && !origin.arithmetic().equals(now)) {
      kairos
          .messages()
          .warning(
              "the run was begun with %s loops and goes on with %s ones: its bits will differ from those of a run in one piece"
                  .formatted(origin.arithmetic(), now));
    } else if (!origin.backend().equals(engine.backend().name())) {
      kairos
          .messages()
          .warning(
              "the run was begun on backend %s: the last bits may differ from there on"
                  .formatted(origin.backend()));
    }
  }

  /** Trains to the end; whether it was there before. */
  private boolean train(RunFolder folder, Experiment experiment, TrainingData trainingData)
      throws IOException {
    LastStep progress = new LastStep(kairos.progress());
    TrainingLoop.Ended ended =
        experiment.train(
            folder,
            trainingData,
            new TrainingLoop.Options(
                limits.checkpointSeconds(), limits.secondsLeft(), signal::asked),
            progress);
    switch (ended) {
      case STOPPED ->
          throw new StoppedException(
              folder.path() + ": stopped and saved at " + progress, limits.command());
      case FINISHED_BEFORE -> {
        kairos.messages().info(folder.path() + ": training was finished before");
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  private boolean hasTest() {
    return dataset.subsets().contains(Dataset.TEST);
  }

  private boolean isComplete(RunFolder folder) {
    return Files.exists(folder.file(REPORT))
        && (!hasTest() || Files.exists(folder.file(RunFolder.DETECTIONS)));
  }

  private Optional<EvaluationResult> scored(RunFolder folder) throws IOException {
    if (!hasTest()) {
      return Optional.empty();
    }
    Optional<EvaluationResult> result =
        ScoredSubset.evaluate(
            dataset, Dataset.TEST, DetectionFile.read(folder.file(RunFolder.DETECTIONS)), tious);
    keep(folder, result);
    return result;
  }

  /** Keeps the scores beside the detections, for those who compare runs. */
  private static void keep(RunFolder folder, Optional<EvaluationResult> result) throws IOException {
    if (result.isPresent()) {
      EvaluationFile.write(folder.file(RunFolder.EVALUATION), result.get());
    }
  }

  /** Everything after the last step; the scores. */
  private Optional<EvaluationResult> complete(RunFolder folder, Experiment experiment)
      throws IOException {
    Progress progress = signal.stopping(kairos.progress(), limits.command());
    List<String> notes = new ArrayList<>();
    ScoredSubset scored = new ScoredSubset(Map.of(), Optional.empty());
    if (hasTest()) {
      scored = ScoredSubset.of(experiment, dataset, Dataset.TEST, tious, progress);
      DetectionFile.write(folder.file(RunFolder.DETECTIONS), scored.detections());
      keep(folder, scored.result());
      if (scored.result().isEmpty()) {
        notes.add("No recording of subset test has an annotated action: nothing was scored.");
      }
    } else {
      notes.add("The data set has no subset test: nothing was localised.");
    }
    Optional<String> subset = hasTest() ? Optional.of(Dataset.TEST) : Optional.empty();
    StageReview.measure(folder, experiment, dataset, subset, tious, progress);
    end(folder);
    ReportData page =
        RunReport.page(
            method.name() + " on " + dataset.description().name(),
            folder,
            notes,
            scored.result().map(RunReport::scores).orElse(null),
            RunReport.timelines(dataset, dataset.description().classes(), scored.found()));
    Map<String, Recording> annotated = new LinkedHashMap<>();
    dataset.recordings().forEach(recording -> annotated.put(recording.id(), recording));
    AtomicFiles.writeString(
        folder.file(REPORT), ReportPage.html(page.withStages(StageReview.read(folder, annotated))));
    notes.forEach(kairos.messages()::info);
    kairos.messages().info("wrote " + folder.file(REPORT));
    return scored.result();
  }

  /** Notes when the work was done. */
  static void end(RunFolder folder) throws IOException {
    Provenance origin = RunReport.origin(folder);
    AtomicFiles.writeString(
        folder.file(RunFolder.PROVENANCE),
        origin.ended(Instant.now().truncatedTo(ChronoUnit.SECONDS)).toJson());
  }
}
