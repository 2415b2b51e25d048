// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import dev.kairos.methods.Methods;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.localization.Localization;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.TrainedModel;
import dev.kairos.tensor.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A trained run that was opened to localise: its folder is read once, when it is opened, and
 * nothing is printed or written. Any number of threads may ask at once; each answer has the bits
 * that one thread alone would get.
 *
 * <p>As many recordings are worked on at a time as {@link Options#concurrency} says, each by an
 * engine of one thread, made when it is first needed, with scratch memory of its own; who asks
 * beyond that waits. All engines read the same weights.
 */
public final class TrainedRun implements AutoCloseable {
  private final DatasetDescription data;
  private final Options options;
  private final Semaphore places;
  private final Deque<Worker> idle = new ArrayDeque<>();
  private @Nullable TrainedModel model; // null once closed: the weights are given back

  /**
   * How to open a run.
   *
   * @param backend {@code cpu} for the best one here, or the name of one
   * @param concurrency how many recordings are localised at a time, at least 1
   * @param stage to localise as at the end of this stage of the training; null for all of it
   */
  public record Options(String backend, int concurrency, @Nullable String stage) {
    /** Checks the number. */
    public Options {
      if (concurrency < 1) {
        throw new IllegalArgumentException("concurrency: needs at least 1: " + concurrency);
      }
    }

    /** The best backend, as many recordings at a time as there are processors, all stages. */
    public static Options defaults() {
      return new Options("cpu", Runtime.getRuntime().availableProcessors(), null);
    }
  }

  /** An engine with its copy of the model. */
  private record Worker(Engine engine, Experiment experiment) {}

  private TrainedRun(TrainedModel model, Options options) {
    this.model = model;
    this.data = model.data();
    this.options = options;
    this.places = new Semaphore(options.concurrency(), true);
  }

  /**
   * Opens a run folder.
   *
   * @throws dev.kairos.tensor.io.DataFormatException if it is none, or nothing is trained yet
   */
  public static TrainedRun open(Path folder) throws IOException {
    return open(folder, Options.defaults());
  }

  /**
   * Opens a run folder.
   *
   * @throws dev.kairos.tensor.io.DataFormatException if it is none, or nothing is trained yet
   * @throws dev.kairos.methods.settings.ConfigException if it has no stage of that name
   */
  public static TrainedRun open(Path folder, Options options) throws IOException {
    RunFolder run = RunFolder.open(folder);
    Method method = Methods.of(run);
    try (Engine engine = Engine.open(options.backend(), 1)) {
      String stage = options.stage();
      Experiment experiment =
          stage == null
              ? Experiment.open(run, method, engine)
              : Experiment.open(run, method, engine, stage);
      return new TrainedRun(experiment.trained(), options);
    }
  }

  /** The same of a model that was opened before; its stage is the model's. */
  public static TrainedRun of(TrainedModel model, Options options) {
    return new TrainedRun(model, options);
  }

  /** What the run was trained on: classes, streams, and how snippets lie in time. */
  public DatasetDescription data() {
    return data;
  }

  /**
   * The actions of one recording, by class and descending score, in seconds.
   *
   * @param streams the features of each stream, in the order of {@link #data}, {@code [T, D]}; or
   *     all of them side by side
   * @throws IllegalArgumentException if they do not fit the streams of the run, or are not finite
   */
  public List<Detection> localize(float[][]... streams) {
    requireStreams(streams);
    return localize(FeatureSequence.of(streams)).detections();
  }

  /**
   * Refuses matrices that are not as wide as the streams that the run was trained on; one alone may
   * hold all of them side by side.
   */
  public void requireStreams(float[][]... streams) {
    List<FeatureStream> trained = data().streams();
    boolean fits = streams.length == 1 || streams.length == trained.size();
    for (int i = 0; fits && streams.length > 1 && i < streams.length; i++) {
      fits = streams[i].length == 0 || streams[i][0].length == trained.get(i).width();
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "localize: the run was trained on the streams %s, found matrices as wide as %s"
              .formatted(FeatureStream.named(trained), widths(streams)));
    }
  }

  private static List<Integer> widths(float[][]... streams) {
    return Arrays.stream(streams).map(rows -> rows.length == 0 ? 0 : rows[0].length).toList();
  }

  /**
   * What was found in one recording, with all that was predicted.
   *
   * @param features all streams side by side, {@code [T, sum of D]}
   * @throws IllegalArgumentException if they have another width
   * @throws dev.kairos.methods.tal.NonFiniteScoresException if extreme features overflow
   * @throws IllegalStateException if the run was closed
   */
  public Localization localize(FeatureSequence features) {
    return localize(features, Recording.unannotated("recording", Double.NaN, Double.NaN));
  }

  /**
   * The same of a recording of which something is known that its place in time depends on.
   *
   * @param recording its duration, where the run's rows divide it; its frames per second, where the
   *     run's recordings have their own
   */
  public Localization localize(FeatureSequence features, Recording recording) {
    return localize(
        features, data().timing().grid(Path.of(recording.id()), recording, features.length()));
  }

  /**
   * What was found in the recordings of a subset of a data set, {@link Options#concurrency} at a
   * time.
   *
   * @param progress told by the thread that asks; what it throws ends the work
   * @throws dev.kairos.tensor.io.DataFormatException if there is no such subset, or the data have
   *     other streams than those trained on, or a file is damaged
   * @throws java.io.InterruptedIOException if the thread is interrupted; its flag stays up
   */
  public LocalizedRecordings localize(Dataset dataset, String subset, Progress progress)
      throws IOException {
    List<Recording> recordings = dataset.subset(subset);
    dataset.requireStreams(data());
    return new ConcurrentLocalization(dataset, this::localize)
        .of(this, recordings, options.concurrency(), progress);
  }

  /** The same of a recording of which it is known how its rows lie in time. */
  public Localization localize(FeatureSequence features, SnippetGrid grid) {
    places.acquireUninterruptibly();
    try {
      Worker worker = take();
      try {
        return worker.experiment().localize(features, grid);
      } finally {
        giveBack(worker);
      }
    } finally {
      places.release();
    }
  }

  private Worker take() {
    TrainedModel open;
    synchronized (idle) {
      open = model;
      if (open == null) {
        throw new IllegalStateException("localize: the run was closed");
      }
      Worker spare = idle.poll();
      if (spare != null) {
        return spare;
      }
    }
    Engine engine = Engine.open(options.backend(), 1);
    try {
      return new Worker(engine, open.on(engine));
    } catch (RuntimeException | Error e) {
      engine.close();
      throw e;
    }
  }

  private void giveBack(Worker worker) {
    synchronized (idle) {
      if (model != null) {
        worker.engine().handOver();
        idle.push(worker);
        return;
      }
    }
    worker.engine().close();
  }

  /** Gives the memory back; a recording that is worked on is finished first by its thread. */
  @Override
  public void close() {
    synchronized (idle) {
      model = null;
      idle.forEach(worker -> worker.engine().close());
      idle.clear();
    }
  }
}
