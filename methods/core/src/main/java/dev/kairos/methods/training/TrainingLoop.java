// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.methods.run.MetricsLog;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.run.RunLock;
import dev.kairos.methods.run.StageFolder;
import dev.kairos.methods.run.TensorBoardWriter;
import dev.kairos.nn.Checkpoint;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Safetensors;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Trains the stages of a model in order: steps, metrics, checkpoints, and the way back in after a
 * stop.
 *
 * <p>A run that was stopped at any moment and resumed ends in the same bits as one that never
 * stopped, since a step depends on the checkpoint's content alone.
 */
public final class TrainingLoop {
  /**
   * When to save and when to stop.
   *
   * @param checkpointSeconds least time between two checkpoints
   * @param maxSeconds time after which the run is saved and stopped
   * @param stop asked after every step; true saves and stops, as an interrupt of the thread does
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
  private String configHash = "";
  private StageMemory memory = new StageMemory(List.of());

  /** A loop that writes into a run folder. */
  public TrainingLoop(RunFolder folder, Parameters parameters, Options options, Progress progress) {
    this.folder = folder;
    this.parameters = parameters;
    this.options = options;
    this.progress = progress;
  }

  /**
   * Trains from where the folder's checkpoint stands, or from the beginning if there is none. An
   * interrupt of the thread stops as {@link Options#stop} does: the run is saved, and the thread is
   * still interrupted when this returns.
   *
   * @param stages in order
   * @throws dev.kairos.tensor.io.DataFormatException if another process or thread trains the run,
   *     or its configuration was edited, or its checkpoint is damaged or of other stages
   */
  public Ended run(List<Stage> stages) throws IOException {
    try (RunLock lock = Uninterrupted.call(() -> RunFolder.lock(folder.path()))) {
      return go(stages);
    }
  }

  private Ended go(List<Stage> stages) throws IOException {
    memory = new StageMemory(stages);
    configHash = Uninterrupted.call(folder::requireSameConfig);
    Optional<RunFolder.Saved> saved = Uninterrupted.call(folder::saved);
    RunFolder.Position from = saved.map(RunFolder.Saved::position).orElse(RunFolder.Position.START);
    if (saved.isPresent()) {
      memory.requirePosition(saved.get());
      saved.get().restore(parameters);
      memory.restore(saved.get());
      Uninterrupted.run(() -> folder.repairState(from, configHash));
      Uninterrupted.run(() -> stages.get(from.stage()).saved(folder, from));
    } else if (Files.exists(folder.file(RunFolder.INITIAL))) {
      Path file = folder.file(RunFolder.INITIAL);
      Checkpoint.load(parameters, Uninterrupted.call(() -> Safetensors.read(file)).tensors(), file);
    }
    if (from.finished()) {
      return Ended.FINISHED_BEFORE;
    }
    Path file = folder.file(RunFolder.METRICS);
    try (MetricsLog metrics = Uninterrupted.call(() -> MetricsLog.resume(file, from.total()));
        TensorBoardWriter events = TensorBoardWriter.open(folder.path())) {
      long total = from.total();
      for (int i = from.stage(); i < stages.size(); i++) {
        Stage stage = stages.get(i);
        long done = 0;
        if (i == from.stage() && saved.isPresent()) {
          done = from.step();
          if (stage.isOver(done)) {
            continue; // saved when all of it was done
          }
        }
        StageRun run = new StageRun(stages, i, done, total, metrics, events);
        if (!run.train()) {
          return Ended.STOPPED;
        }
        total = run.total;
      }
    }
    return Ended.FINISHED;
  }

  /** One stage from where it stands. */
  private final class StageRun {
    private final int index;
    private final Stage stage;
    private final boolean last;
    private final String task;
    private final @Nullable StageFolder before;
    private final @Nullable StageFolder own; // null where the run's is enough
    private final MetricsLog metrics;
    private final TensorBoardWriter events;
    private long done;
    private long total;

    StageRun(
        List<Stage> stages,
        int index,
        long done,
        long total,
        MetricsLog metrics,
        TensorBoardWriter events)
        throws IOException {
      int count = stages.size();
      this.index = index;
      this.stage = stages.get(index);
      this.last = index + 1 == count;
      this.task = count == 1 ? stage.name() : stage.name() + " (" + (index + 1) + "/" + count + ")";
      this.before = index == 0 ? null : StageFolder.of(folder, stages.get(index - 1).name());
      this.own = stage.leavesFolder() ? StageFolder.of(folder, stage.name()).open() : null;
      this.done = done;
      this.total = total;
      this.metrics = metrics;
      this.events = events;
    }

    /** Takes the stage to its end; false if it was stopped, and saved, before the run's end. */
    boolean train() throws IOException {
      Uninterrupted.run(() -> stage.begin(before, done));
      progress.start(task, stage.steps());
      boolean stop = false;
      try (StepsAhead ahead = new StepsAhead();
          MetricsLog log = own == null ? null : Uninterrupted.call(() -> metricsOf(own))) {
        if (!stage.isOver(done)) {
          ahead.begin(stage, done);
        }
        while (!stage.isOver(done) && !stop) {
          stop = !step(ahead, log) || isToStop();
          if (!stage.isOver(done) && (stop || seconds(lastSaved) > options.checkpointSeconds())) {
            save(stage, new RunFolder.Position(index, done, total, false));
          }
        }
      }
      progress.finish();
      if (stage.isOver(done)) {
        end();
      }
      return !stop || (last && stage.isOver(done));
    }

    private MetricsLog metricsOf(StageFolder place) throws IOException {
      return MetricsLog.resume(place.file(RunFolder.METRICS), total);
    }

    private boolean isToStop() {
      return options.stop().getAsBoolean()
          || Thread.currentThread().isInterrupted()
          || seconds(started) > options.maxSeconds();
    }

    /** False if the thread was interrupted while it waited for the step's data. */
    private boolean step(StepsAhead ahead, @Nullable MetricsLog log) throws IOException {
      Stage.Step step;
      try {
        step = ahead.take();
      } catch (InterruptedIOException e) {
        return false; // the flag is up again
      }
      done++;
      if (done < stage.steps()) {
        ahead.begin(stage, done);
      }
      Map<String, Double> losses = losses(step);
      total++;
      metrics.append(total, losses);
      if (log != null) {
        log.append(total, losses);
      }
      for (Map.Entry<String, Double> loss : losses.entrySet()) {
        String name = loss.getKey();
        String tag = name.contains("/") ? name : stage.name() + "/" + name;
        events.scalar(tag, total, loss.getValue());
      }
      progress.step(done, losses.getOrDefault("loss", Double.NaN));
      return true;
    }

    /** Runs a step; one that lost a worker is undone, and all before it is saved. */
    private Map<String, Double> losses(Stage.Step step) throws IOException {
      try {
        return step.run(progress);
      } catch (WorkerLostException e) {
        if (e.isStepUndone()) {
          save(stage, new RunFolder.Position(index, done - 1, total, false));
        }
        throw e;
      }
    }

    /**
     * What the stage leaves behind comes first: a run that stands at its end has all of it. The
     * next stage goes on with the weights that this one keeps; at the end of all, the checkpoint
     * has the last ones.
     */
    private void end() throws IOException {
      Map<String, NpyArray> ended = Checkpoint.arrays(parameters);
      stage.keepBest();
      if (own != null) {
        Uninterrupted.run(() -> stage.finish(own, progress));
        Uninterrupted.run(() -> own.save(stage.optimizer().parameters(), index));
      }
      if (last) {
        Checkpoint.load(parameters, ended, folder.file(RunFolder.CHECKPOINT));
      }
      save(stage, new RunFolder.Position(index, done, total, last));
      events.flush();
    }
  }

  private void save(Stage stage, RunFolder.Position position) throws IOException {
    Uninterrupted.run(
        () -> {
          Map<String, NpyArray> arrays = new LinkedHashMap<>(Checkpoint.arrays(parameters));
          Map<String, String> texts = new LinkedHashMap<>();
          memory.write(position.stage(), arrays, texts);
          folder.save(arrays, texts, position, configHash);
          stage.saved(folder, position);
        });
    lastSaved = System.nanoTime();
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
