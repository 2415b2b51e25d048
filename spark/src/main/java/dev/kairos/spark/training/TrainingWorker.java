// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.training;

import dev.kairos.kernels.KairosException;
import dev.kairos.memory.MemoryFiles;
import dev.kairos.methods.Methods;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.pipeline.Training;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.ShardWorkers;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.spark.files.Places;
import dev.kairos.tensor.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.jspecify.annotations.Nullable;

/**
 * One worker's task: joins the others, agrees with them on how far the training has come, and
 * trains from there in a run folder in its own memory. Worker 0 copies that folder to the run's
 * place whenever it has saved.
 */
final class TrainingWorker {
  private static final double LONGEST_GATHERING_SECONDS = 120;

  private final TrainingJob job;
  private final int attempt;
  private final byte[] token;
  private final BarrierTaskContext task;
  private final int rank;
  private final Path run;

  /**
   * A worker in the task that calls.
   *
   * @param attempt which attempt of the job, from 0
   * @param token by which its workers know each other
   */
  TrainingWorker(TrainingJob job, int attempt, byte[] token) {
    this.job = job;
    this.attempt = attempt;
    this.token = token.clone();
    this.task = BarrierTaskContext.get();
    this.rank = task.partitionId();
    this.run = new Places(job.hadoop().value()).path(job.run());
  }

  /** Trains; what goes wrong in the user's words is an outcome too. */
  WorkerOutcome work() throws IOException {
    String address = task.getTaskInfos()[rank].address();
    String host = address.replaceFirst(":\\d+$", "");
    try (Mesh.Door door = new Mesh.Door(host)) {
      Path own = farthest();
      long total = own == null ? -1 : HeldRuns.total(own);
      List<String> told =
          Arrays.stream(task.allGather(total + " " + host + ":" + door.port())).toList();
      List<Long> totals = told.stream().map(s -> Long.parseLong(s.split(" ", 2)[0])).toList();
      List<String> addresses = told.stream().map(s -> s.split(" ", 2)[1]).toList();
      try (Mesh mesh = Mesh.connect(rank, door, addresses, token, LONGEST_GATHERING_SECONDS)) {
        MeshWorkers workers = new MeshWorkers(mesh, job.longestSeconds());
        Path folder = agreed(workers, totals, own);
        HeldRuns.keep(job.id(), attempt, folder);
        TrainingLoop.Ended ended = train(folder, workers);
        if (ended == TrainingLoop.Ended.FINISHED) {
          HeldRuns.forget(job.id());
        }
        return WorkerOutcome.of(ended);
      }
    } catch (KairosException e) {
      return WorkerOutcome.of(e);
    }
  }

  /** What this worker can go on from: what its executor holds, or for worker 0 the run itself. */
  private @Nullable Path farthest() throws IOException {
    Path held = HeldRuns.farthest(job.id());
    if (rank == 0 && (held == null || HeldRuns.total(held) < HeldRuns.total(run))) {
      return run;
    }
    return held;
  }

  /**
   * A folder of its own, from which all workers go on alike: that of the first who has come
   * farthest, of worker 0 where the training begins.
   */
  private Path agreed(ShardWorkers workers, List<Long> totals, @Nullable Path own)
      throws IOException {
    long most = totals.stream().mapToLong(Long::longValue).max().orElseThrow();
    int best = totals.indexOf(most); // nobody has saved anything: 0, who has the run
    boolean alike = totals.stream().allMatch(total -> total == most) && most >= 0;
    Path folder = Files.createDirectories(new MemoryFiles().getPath("/run"));
    byte[] mine =
        own != null && (alike || rank == best) ? new RunFiles(own).toBytes() : new byte[0];
    byte[] files =
        alike
            ? mine
            : workers
                .all("the run", totals.size(), piece -> piece == best ? mine : new byte[0])
                .get(best);
    RunFiles.write(files, folder);
    return folder;
  }

  private TrainingLoop.Ended train(Path place, ShardWorkers workers) throws IOException {
    RunFolder folder = RunFolder.open(place);
    DatasetDescription described =
        DatasetDescription.read(folder.file(DatasetDescription.FILE_NAME));
    Settings settings = Settings.empty().withConfig(folder.file(RunFolder.CONFIG));
    long seed = settings.integer("seed", 0);
    Dataset dataset =
        Dataset.open(new Places(job.hadoop().value()).path(job.data()), job.opening());
    dataset.requireStreams(described);
    try (Engine engine = Engine.open(job.backend(), task.cpus())) {
      Experiment experiment =
          new Experiment(Methods.of(folder), described, settings, seed, engine).sharedBy(workers);
      TrainingData data =
          new TrainingData(dataset, Dataset.TRAIN, Training.cacheBytes() / shares());
      if (rank > 0) {
        double never = Double.POSITIVE_INFINITY;
        TrainingLoop.Options options = new TrainingLoop.Options(never, never, task::isInterrupted);
        return experiment.train(folder, data, options, Progress.NONE);
      }
      Copying copying = new Copying(folder);
      TrainingLoop.Options options =
          new TrainingLoop.Options(job.checkpointSeconds(), job.maxSeconds(), copying::stop);
      try {
        return experiment.train(folder, data, options, Progress.NONE);
      } finally {
        copying.copy();
      }
    }
  }

  /** How many tasks an executor's memory is for, at most. */
  private long shares() {
    List<String> hosts = new ArrayList<>();
    for (var info : task.getTaskInfos()) {
      hosts.add(info.address());
    }
    String own = hosts.get(rank);
    return Math.max(1, hosts.stream().filter(own::equals).count());
  }

  /** Worker 0's: brings the run's place up to date with the folder in memory. */
  private final class Copying {
    private final RunFolder folder;
    private long copied;

    Copying(RunFolder folder) throws IOException {
      this.folder = folder;
      this.copied = HeldRuns.total(run);
    }

    /** Called after every step. */
    boolean stop() {
      try {
        copy();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return task.isInterrupted();
    }

    void copy() throws IOException {
      long total = HeldRuns.total(folder.path());
      if (total > copied || (total == copied && isFinishedOnlyHere(total))) {
        new RunFiles(folder.path()).copyTo(run);
        copied = total;
      }
    }

    /** A stage may end without a step after the last checkpoint. */
    private boolean isFinishedOnlyHere(long total) throws IOException {
      return total >= 0
          && folder.position().finished()
          && !RunFolder.open(run).position().finished();
    }
  }
}
