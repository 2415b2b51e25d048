// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.kernels.DeviceFailedException;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.evaluation.EvaluationResult;
import dev.kairos.methods.pipeline.StageReview;
import dev.kairos.methods.pipeline.Training;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.tensor.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One or several runs of a method on a data set: each from its first step to its report. */
final class TrainingSession {
  static final String REPORT = "report.html";

  private final KairosCommand kairos;
  private final Method method;
  private final Dataset dataset;
  private final SettingOptions settings;
  private final ComputeOptions compute;
  private final double[] tious;
  private final Limits limits;
  private final @Nullable Path weights;
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
      @Nullable Path weights,
      StopSignal signal) {
    this.kairos = kairos;
    this.method = method;
    this.dataset = dataset;
    this.settings = settings;
    this.compute = compute;
    this.tious = tious.clone();
    this.limits = limits;
    this.weights = weights;
    this.signal = signal;
  }

  /** The repository of the sources, where the start script names it. */
  static @Nullable Path sources() {
    String home = System.getProperty("kairos.home");
    return home == null ? null : Path.of(home);
  }

  /** Runs once and prints the scores, those of each stage above those of the whole. */
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
    try {
      return run(place, seedOffset, limits.resume());
    } catch (DeviceFailedException e) {
      if (!compute.isAuto()) {
        throw new DeviceFailedException(
            e.code(), String.valueOf(e.getMessage()), resumable(place, e), e.getCause());
      }
      kairos
          .messages()
          .warning(
              e.code()
                  + ": "
                  + e.getMessage()
                  + "; going on with the processor from what was saved");
      compute.fallBack();
      return run(place, seedOffset, true);
    }
  }

  /** How to go on without the device: a run that saved something is gone on with. */
  private String resumable(Path place, DeviceFailedException e) {
    return Files.exists(place.resolve(RunFolder.CHECKPOINT))
        ? "saved; go on with: " + onTheProcessor()
        : e.hint().orElse("");
  }

  private String onTheProcessor() {
    return limits.command() + " --backend cpu";
  }

  private Optional<EvaluationResult> run(Path place, long seedOffset, boolean resume)
      throws IOException {
    LastStep progress = new LastStep(kairos.progress());
    Training training =
        new Training(dataset)
            .by(kairos.surroundings().training())
            .tious(tious)
            .options(
                new TrainingLoop.Options(
                    limits.checkpointSeconds(), limits.secondsLeft(), signal::asked))
            .progress(progress)
            .warnings(kairos.messages()::warning)
            .sources(sources())
            .initialWeights(weights)
            .completion(new RunPage(dataset, kairos.messages()));
    Training.Outcome outcome;
    try (Engine engine = compute.open(kairos.messages())) {
      DatasetDescription data = dataset.description();
      if (resume && Files.exists(place) && !RunFolder.isEmpty(place)) {
        RunFolder folder = RunFolder.open(place);
        outcome =
            training.resume(place, settings.resumed(method, data, folder, seedOffset, engine));
      } else {
        Settings fresh = settings.fresh(method, data, seedOffset, kairos.messages());
        long seed = fresh.integer("seed", 0);
        outcome = training.begin(place, new Experiment(method, data, fresh, seed, engine));
      }
    }
    if (outcome.ended() == TrainingLoop.Ended.STOPPED) {
      throw new StoppedException(place + ": stopped and saved at " + progress, limits.command());
    }
    if (!outcome.isComplete()) {
      throw new StoppedException("stopped before everything was written", limits.command());
    }
    return outcome.result();
  }
}
