// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.FeatureFile;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.evaluation.DetectionFormat;
import dev.kairos.methods.evaluation.Thresholds;
import dev.kairos.methods.localization.Localization;
import dev.kairos.methods.localization.LocalizationDump;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a trained run found in some recordings.
 *
 * @param trained what the run was trained on: its classes and streams
 * @param found by recording, in the order asked for
 * @param grids how the snippets of each lie in time
 * @param failed what was wrong with those that were left out, by recording
 */
public record LocalizedRecordings(
    DatasetDescription trained,
    Map<String, Localization> found,
    Map<String, SnippetGrid> grids,
    Map<String, String> failed) {

  /** Keeps the maps from change. */
  public LocalizedRecordings {
    found = Collections.unmodifiableMap(new LinkedHashMap<>(found));
    grids = Collections.unmodifiableMap(new LinkedHashMap<>(grids));
    failed = Collections.unmodifiableMap(new LinkedHashMap<>(failed));
  }

  /** Of which none failed. */
  public LocalizedRecordings(
      DatasetDescription trained, Map<String, Localization> found, Map<String, SnippetGrid> grids) {
    this(trained, found, grids, Map.of());
  }

  /**
   * Localises recordings of a data set.
   *
   * @throws dev.kairos.tensor.io.DataFormatException if the data set has other streams than the run
   *     was trained on
   */
  public static LocalizedRecordings of(
      Experiment experiment, Dataset dataset, List<Recording> recordings, Progress progress)
      throws IOException {
    Map<String, Localization> found = experiment.localize(dataset, recordings, progress);
    Map<String, SnippetGrid> grids = new LinkedHashMap<>();
    for (Recording recording : recordings) {
      grids.put(recording.id(), dataset.grid(recording, dataset.featureLength(recording)));
    }
    return new LocalizedRecordings(experiment.data(), found, grids);
  }

  /**
   * Localises one recording that belongs to no data set.
   *
   * @param recording what is known of it: its id, and duration and frames per second where the
   *     run's data ask for them, see {@link Recording#unannotated}
   * @param features all streams side by side, {@code [T, sum of D]}, which lie in time as those of
   *     the run's data
   * @throws dev.kairos.tensor.io.DataFormatException KDATA-138 if duration or frames per second are
   *     needed
   */
  public static LocalizedRecordings of(
      Experiment experiment, Recording recording, FeatureSequence features) {
    DatasetDescription trained = experiment.data();
    String id = recording.id();
    SnippetGrid grid = trained.timing().grid(Path.of(id), recording, features.length());
    return new LocalizedRecordings(
        trained, Map.of(id, experiment.localize(features, grid)), Map.of(id, grid));
  }

  /**
   * Localises recordings that belong to no data set, one after the other.
   *
   * @param files by recording: a file of features for each stream of the run, or one for all
   * @param known frames per second and duration of all of them, as far as they are known
   * @throws dev.kairos.tensor.io.DataFormatException if a file is missing, misshapen or damaged
   */
  public static LocalizedRecordings ofFiles(
      Experiment experiment, Map<String, List<Path>> files, Recording known, Progress progress)
      throws IOException {
    DatasetDescription trained = experiment.data();
    Map<String, Localization> found = new LinkedHashMap<>();
    Map<String, SnippetGrid> grids = new LinkedHashMap<>();
    progress.start("localize", files.size());
    for (Map.Entry<String, List<Path>> entry : files.entrySet()) {
      FeatureSequence features = FeatureFile.join(entry.getValue(), trained.streams());
      LocalizedRecordings one = of(experiment, known.called(entry.getKey()), features);
      found.putAll(one.found());
      grids.putAll(one.grids());
      progress.step(found.size(), Double.NaN);
    }
    progress.finish();
    return new LocalizedRecordings(trained, found, grids);
  }

  /** The detections of each recording. */
  public Map<String, List<Detection>> detections() {
    Map<String, List<Detection>> detections = new LinkedHashMap<>();
    found.forEach((id, localization) -> detections.put(id, localization.detections()));
    return detections;
  }

  /**
   * What cut detections, where a subset is annotated and was localised; see {@link LostDetections}.
   *
   * @param experiment that localised it
   */
  public Optional<String> lost(Experiment experiment, Dataset dataset, String subset) {
    if (!failed.isEmpty()) {
      return Optional.empty(); // the score of a part says little
    }
    double[] tious = Thresholds.parse("0.1:0.1:0.7");
    return ScoredSubset.evaluate(dataset, subset, detections(), tious)
        .flatMap(
            result ->
                new LostDetections(
                        trained.classes(), experiment.resolved(), dataset.subset(subset), found)
                    .note(result.average()));
  }

  /** Writes the detections in the ActivityNet submission form. */
  public void writeDetections(Path file) throws IOException {
    writeDetections(file, DetectionFormat.ACTIVITYNET, Map.of());
  }

  /**
   * Writes the detections.
   *
   * @param videos the video of each recording that has one
   */
  public void writeDetections(Path out, DetectionFormat format, Map<String, Path> videos)
      throws IOException {
    format.write(out, detections(), videos);
  }

  /** Writes what lies between features and detections; see {@link LocalizationDump}. */
  public void writeDump(Path folder) throws IOException {
    LocalizationDump dump = new LocalizationDump(trained);
    grids.forEach(dump::grid);
    dump.write(folder, found);
  }
}
