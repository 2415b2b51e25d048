// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.localization;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.localization.Localization;
import dev.kairos.methods.pipeline.LocalizationWork;
import dev.kairos.methods.pipeline.LocalizedRecordings;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Progress;
import dev.kairos.spark.files.Places;
import dev.kairos.spark.jobs.Shares;
import dev.kairos.spark.jobs.Sizes;
import dev.kairos.spark.jobs.SparkJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Localises recordings by the executors of a cluster. The model goes to each executor once; which
 * recordings a task has follows from how long they are, the longest first. What comes back are
 * detections and scores of recordings, in the order asked for, whoever found them; executors write
 * nothing, so a task that Spark repeats leaves nothing twice.
 */
public final class ClusterLocalization implements LocalizationWork {
  private final Supplier<SparkSession> session;

  /**
   * On a cluster that is connected to when there is work.
   *
   * @param session opens it
   */
  public ClusterLocalization(Supplier<SparkSession> session) {
    this.session = session;
  }

  @Override
  public boolean keepsCurves() {
    return false;
  }

  @Override
  public LocalizedRecordings of(
      Experiment experiment,
      Dataset dataset,
      List<Recording> recordings,
      boolean skipsFailing,
      Progress progress)
      throws IOException {
    dataset.requireStreams(experiment.data());
    SparkContext context = session.get().sparkContext();
    SerializableConfiguration hadoop = hadoop(context);
    Path folder = new Places(hadoop.value()).path(dataset.place());
    List<String[]> sent = recordings.stream().map(each -> new String[] {each.id()}).toList();
    return localize(
        experiment,
        RecordingPlaces.folder(hadoop, Places.name(folder)),
        sent,
        Sizes.of(recordings, dataset::featureBytes),
        skipsFailing,
        progress);
  }

  @Override
  public LocalizedRecordings ofFiles(
      Experiment experiment,
      Map<String, List<Path>> files,
      Recording known,
      boolean skipsFailing,
      Progress progress)
      throws IOException {
    List<String[]> sent = new ArrayList<>();
    files.forEach(
        (id, paths) -> {
          List<String> words = new ArrayList<>(List.of(id));
          paths.forEach(path -> words.add(Places.name(path)));
          sent.add(words.toArray(String[]::new));
        });
    return localize(
        experiment,
        RecordingPlaces.files(hadoop(session.get().sparkContext()), known),
        sent,
        Sizes.of(List.copyOf(files.values()), ClusterLocalization::bytes),
        skipsFailing,
        progress);
  }

  private static SerializableConfiguration hadoop(SparkContext context) {
    return new SerializableConfiguration(context.hadoopConfiguration());
  }

  private static long bytes(List<Path> files) throws IOException {
    long bytes = 0;
    for (Path file : files) {
      try {
        bytes += Files.size(file);
      } catch (NoSuchFileException missing) {
        return 0; // who reads it says so
      }
    }
    return bytes;
  }

  private LocalizedRecordings localize(
      Experiment experiment,
      RecordingPlaces places,
      List<String[]> sent,
      List<Long> bytes,
      boolean skipsFailing,
      Progress progress)
      throws IOException {
    SparkContext context = session.get().sparkContext();
    String backend = experiment.backend().name();
    LocalizationTask task =
        new LocalizationTask(
            ModelBytes.of(experiment.trained(), backend), places, SparkJob.lastAttempt(context));
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      numbers.add(i);
    }
    List<String[][]> tasks =
        Shares.of(numbers, bytes::get, context.defaultParallelism()).stream()
            .map(share -> share.stream().map(sent::get).toArray(String[][]::new))
            .toList();
    Answers answers = new Answers(experiment.data().classes(), skipsFailing);
    progress.start("localize", sent.size());
    SparkJob.run(
        context,
        "localize " + sent.size() + " recordings",
        task,
        LocalizationTask::localize,
        tasks,
        answer -> progress.step(answers.take(answer), Double.NaN));
    progress.finish();
    return answers.inOrder(experiment, sent);
  }

  /** What came back so far. */
  private static final class Answers {
    private final List<String> classes;
    private final boolean skipsFailing;
    private final Map<String, FoundActions> byId = new LinkedHashMap<>();

    Answers(List<String> classes, boolean skipsFailing) {
      this.classes = classes;
      this.skipsFailing = skipsFailing;
    }

    /** Takes what a task found; returns how many recordings are done. */
    int take(byte[] answer) throws IOException {
      for (FoundActions each : FoundActions.ofBytes(answer, classes)) {
        RecordingFailure failure = each.failure();
        if (failure != null && !skipsFailing) {
          throw failure.exception();
        }
        byId.put(each.id(), each);
      }
      return byId.size();
    }

    LocalizedRecordings inOrder(Experiment experiment, List<String[]> sent) {
      Map<String, Localization> found = new LinkedHashMap<>();
      Map<String, SnippetGrid> grids = new LinkedHashMap<>();
      Map<String, String> failed = new LinkedHashMap<>();
      for (String[] each : sent) {
        FoundActions answer = byId.get(each[0]);
        if (answer == null) {
          throw new IllegalStateException("localize: no answer for recording " + each[0]);
        }
        RecordingFailure failure = answer.failure();
        if (failure != null) {
          failed.put(answer.id(), failure.message());
        } else if (answer.localization() != null && answer.grid() != null) {
          found.put(answer.id(), answer.localization());
          grids.put(answer.id(), answer.grid());
        }
      }
      return new LocalizedRecordings(experiment.data(), found, grids, failed);
    }
  }
}
