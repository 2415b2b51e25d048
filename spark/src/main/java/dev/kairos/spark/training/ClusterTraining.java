// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.training;

import dev.kairos.methods.data.AnnotationRules;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.pipeline.TrainingWork;
import dev.kairos.methods.run.MetricsLog;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.spark.files.Places;
import dev.kairos.spark.jobs.ClusterException;
import dev.kairos.spark.jobs.SparkUsageException;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.Function1;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * Trains by the tasks of one barrier stage, each of which computes some shards of every step. Where
 * one is lost the stage begins again, from the last step that any worker has done: the same bits
 * for any number of workers, lost or not.
 */
public final class ClusterTraining implements TrainingWork {
  private static final int TOKEN_BYTES = 32;
  private static final int POLL_MILLIS = 500;
  private static final int FAILURES = 4; // in a row, without a checkpoint in between

  private final Supplier<SparkSession> session;
  private final int workers;
  private final double longestSeconds;

  /**
   * On a cluster that is connected to when there is work.
   *
   * @param session opens it
   * @param workers how many tasks, each of which needs a slot at the same time
   * @param longestSeconds how long a worker waits for another one's part before it counts as lost
   */
  public ClusterTraining(Supplier<SparkSession> session, int workers, double longestSeconds) {
    this.session = session;
    this.workers = workers;
    this.longestSeconds = longestSeconds;
  }

  /**
   * Trains.
   *
   * @throws SparkUsageException if the settings cut batches into fewer shards than there are
   *     workers
   * @throws ClusterException if the cluster gives up
   * @throws WorkerFailedException with what ended the training on a worker
   */
  @Override
  public TrainingLoop.Ended train(
      Experiment experiment,
      RunFolder run,
      Dataset dataset,
      TrainingData data,
      TrainingLoop.Options options,
      Progress progress)
      throws IOException {
    requireShards(experiment.shards());
    var unused = run.requireSameConfig();
    if (run.position().finished()) {
      return restored(run, experiment, TrainingLoop.Ended.FINISHED_BEFORE);
    }
    SparkContext context = session.get().sparkContext();
    TrainingJob job = job(context, experiment, run, dataset, options);
    progress.start(
        "train on "
            + Plural.of(workers, "worker")
            + " in "
            + Plural.of(experiment.shards(), "shard"),
        0);
    TrainingLoop.Ended ended = new Attempts(context, job, run, options, progress).go();
    progress.finish();
    return restored(run, experiment, ended);
  }

  private void requireShards(int shards) {
    if (shards < workers) {
      throw new SparkUsageException(
          "KUSE-001",
          shards == 0
              ? "a training by several workers needs shards, train.shards is not set"
              : "%d shards are not enough for %d workers".formatted(shards, workers),
          "--shards K cuts each batch into K shards, whatever the number of workers");
    }
  }

  private static TrainingLoop.Ended restored(
      RunFolder run, Experiment experiment, TrainingLoop.Ended ended) throws IOException {
    run.saved().ifPresent(saved -> saved.restore(experiment.model().parameters()));
    return ended;
  }

  private TrainingJob job(
      SparkContext context,
      Experiment experiment,
      RunFolder run,
      Dataset dataset,
      TrainingLoop.Options options) {
    SerializableConfiguration hadoop = new SerializableConfiguration(context.hadoopConfiguration());
    AnnotationRules rules = dataset.description().rules();
    return new TrainingJob(
        UUID.randomUUID().toString(),
        hadoop,
        Places.name(run.path()),
        Places.name(new Places(hadoop.value()).path(dataset.place())),
        rules.train(),
        rules.test(),
        false,
        experiment.backend().name(),
        options.checkpointSeconds(),
        options.maxSeconds(),
        longestSeconds);
  }

  /** The barrier stages of a training, one after the other until one comes to the end. */
  private final class Attempts {
    private final SparkContext context;
    private final TrainingJob job;
    private final RunFolder run;
    private final TrainingLoop.Options options;
    private final Progress progress;
    private final long begun = System.nanoTime();
    private long shown = -1; // the step shown last
    private double loss = Double.NaN;

    Attempts(
        SparkContext context,
        TrainingJob job,
        RunFolder run,
        TrainingLoop.Options options,
        Progress progress) {
      this.context = context;
      this.job = job;
      this.run = run;
      this.options = options;
      this.progress = progress;
    }

    TrainingLoop.Ended go() throws IOException {
      int failures = 0;
      for (int attempt = 0; ; attempt++) {
        long before = run.position().total();
        Throwable reason;
        try {
          List<WorkerOutcome> outcomes = once(attempt);
          WorkerOutcome first = outcomes.get(0);
          if (first.said().isEmpty()) {
            return TrainingLoop.Ended.valueOf(first.word());
          }
          reason = problem(outcomes);
        } catch (ExecutionException e) {
          reason = e.getCause() == null ? e : e.getCause();
        }
        if (isToStop()) {
          return TrainingLoop.Ended.STOPPED;
        }
        failures = run.position().total() > before ? 1 : failures + 1;
        if (failures >= FAILURES) {
          throw new ClusterException(reason);
        }
        progress.note("lost a worker, beginning again where all had come to: " + reason);
      }
    }

    /** Throws what no other attempt would change; else what was said first. */
    private Throwable problem(List<WorkerOutcome> outcomes) {
      WorkerOutcome lost = outcomes.get(0);
      for (WorkerOutcome outcome : outcomes) {
        if (outcome.word().equals(WorkerOutcome.FAILED)) {
          List<String> said = outcome.said();
          String hint = said.get(2);
          throw new WorkerFailedException(said.get(0), said.get(1), hint.isEmpty() ? null : hint);
        }
      }
      return new IOException(lost.said().get(1));
    }

    private List<WorkerOutcome> once(int attempt) throws IOException, ExecutionException {
      byte[] token = new byte[TOKEN_BYTES];
      new SecureRandom().nextBytes(token); // what the weights come to does not depend on it
      ExecutorService caller = Executors.newSingleThreadExecutor();
      try {
        Future<List<WorkerOutcome>> stage = caller.submit(() -> stage(attempt, token));
        return waitFor(stage);
      } finally {
        caller.shutdownNow();
      }
    }

    private List<WorkerOutcome> waitFor(Future<List<WorkerOutcome>> stage)
        throws IOException, ExecutionException {
      boolean cancelled = false;
      while (true) {
        try {
          return stage.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          show(run.position().total());
          if (isToStop() && !cancelled) {
            cancelled = true;
            context.cancelJobGroup(job.id());
          }
        } catch (InterruptedException e) {
          context.cancelJobGroup(job.id());
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("waiting for the cluster: interrupted");
        }
      }
    }

    /** Shows how far the workers have come, with the loss that their log says last. */
    private void show(long step) {
      if (step != shown) {
        shown = step;
        loss = lastLoss();
      }
      progress.step(step, loss);
    }

    /** Of the last step in the log; lines of scores have none. */
    private double lastLoss() {
      try {
        List<MetricsLog.Entry> lines = MetricsLog.read(run.file(RunFolder.METRICS));
        for (int i = lines.size() - 1; i >= 0; i--) {
          Double said = lines.get(i).values().get("loss");
          if (said != null) {
            return said;
          }
        }
      } catch (IOException | DataFormatException e) {
        return Double.NaN; // not there yet, or damaged: no reason to stop
      }
      return Double.NaN;
    }

    private boolean isToStop() {
      return options.stop().getAsBoolean()
          || (System.nanoTime() - begun) * 1e-9 > options.maxSeconds();
    }

    private List<WorkerOutcome> stage(int attempt, byte[] token) {
      context.setJobGroup(job.id(), "train " + job.run(), true);
      TrainingJob told = job;
      Function1<Iterator<Integer>, Iterator<byte[]>> work =
          (Function1<Iterator<Integer>, Iterator<byte[]>> & Serializable)
              ranks -> outcome(told, attempt, token);
      byte[][] answers =
          (byte[][])
              JavaSparkContext.fromSparkContext(context)
                  .parallelize(IntStream.range(0, workers).boxed().toList(), workers)
                  .rdd()
                  .barrier()
                  .mapPartitions(work, false, ClassTag$.MODULE$.apply(byte[].class))
                  .collect();
      return List.of(answers).stream().map(WorkerOutcome::of).toList();
    }
  }

  private static Iterator<byte[]> outcome(TrainingJob job, int attempt, byte[] token) {
    try {
      List<byte[]> one = List.of(new TrainingWorker(job, attempt, token).work().toBytes());
      return CollectionConverters.asScala(one.iterator());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
