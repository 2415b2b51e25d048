// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.nn.Parameters;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Takes a model through its stages: steps, metrics, checkpoints, and the way back in after a stop.
 * A run that was stopped at any moment and resumed ends in the same bits as one that never stopped,
 * since a step depends on the checkpoint's content alone.
 */
public final class TrainingLoop {
  /**
   * When to save and when to stop.
   *
   * @param checkpointSeconds least time between two checkpoints
   * @param maxSeconds time after which the run is saved and stopped
   * @param stop asked after every step; true saves and stops
   */
  public record Options(double checkpointSeconds, double maxSeconds, BooleanSupplier stop) {
    /** A checkpoint every 20 seconds, no limit. */
    public static Options defaults() {
      return new Options(20, Double.POSITIVE_INFINITY, () -> false);
    }
  }

  /** How a run ended. */
  public enum Ended {
    /** All stages are done. */
    FINISHED,
    /** All stages were done when the run was opened. */
    FINISHED_BEFORE,
    /** Stopped before the end and saved. */
    STOPPED
  }

  private final RunFolder folder;
  private final Parameters parameters;
  private final Options options;
  private final Progress progress;
  private final long started = System.nanoTime();
  private long lastSaved = started;

  /** A loop that writes into a run folder. */
  public TrainingLoop(RunFolder folder, Parameters parameters, Options options, Progress progress) {
    this.folder = folder;
    this.parameters = parameters;
    this.options = options;
    this.progress = progress;
  }

  /**
   * Trains from where the folder's checkpoint stands, or from the beginning if there is none.
   *
   * @param stages the trainings, in order
   */
  public Ended run(List<Stage> stages) throws IOException {
    try (Claim claim = folder.claim()) {
      return go(stages);
    }
  }

  private Ended go(List<Stage> stages) throws IOException {
    Optional<RunFolder.Saved> saved = folder.saved();
    saved.ifPresent(state -> state.restore(parameters));
    RunFolder.Position from = saved.map(RunFolder.Saved::position).orElse(RunFolder.Position.START);
    if (from.finished()) {
      return Ended.FINISHED_BEFORE;
    }
    long total = from.total();
    try (MetricsLog metrics = MetricsLog.resume(folder.file(RunFolder.METRICS), total);
        TensorBoardWriter events = TensorBoardWriter.open(folder.path());
        StepsAhead ahead = new StepsAhead()) {
      for (int i = from.stage(); i < stages.size(); i++) {
        Stage stage = stages.get(i);
        long done = 0;
        if (i == from.stage() && saved.isPresent()) {
          saved.get().restore(stage.optimizer());
          done = from.step();
        }
        progress.start(stage.name(), stage.steps());
        ahead.begin(stage, done);
        while (done < stage.steps()) {
          Stage.Step step = ahead.take();
          done++;
          if (done < stage.steps()) {
            ahead.begin(stage, done);
          }
          Map<String, Double> losses = step.run();
          total++;
          metrics.append(total, losses);
          for (Map.Entry<String, Double> loss : losses.entrySet()) {
            events.scalar(stage.name() + "/" + loss.getKey(), total, loss.getValue());
          }
          progress.step(done, losses.getOrDefault("loss", Double.NaN));
          boolean stop = options.stop().getAsBoolean() || seconds(started) > options.maxSeconds();
          if (done < stage.steps() && (stop || seconds(lastSaved) > options.checkpointSeconds())) {
            save(stage, new RunFolder.Position(i, done, total, false));
          }
          if (stop && (done < stage.steps() || i + 1 < stages.size())) {
            if (done == stage.steps()) {
              save(stage, new RunFolder.Position(i, done, total, false));
            }
            progress.finish();
            return Ended.STOPPED;
          }
        }
        save(stage, new RunFolder.Position(i, done, total, i + 1 == stages.size()));
        events.flush();
        progress.finish();
      }
    }
    return Ended.FINISHED;
  }

  private void save(Stage stage, RunFolder.Position position) throws IOException {
    folder.save(parameters, stage.optimizer(), position);
    lastSaved = System.nanoTime();
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
