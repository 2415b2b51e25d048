// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.evaluation.BoundaryErrors;
import dev.kairos.methods.evaluation.EvaluationFile;
import dev.kairos.methods.evaluation.EvaluationResult;
import dev.kairos.methods.evaluation.MeanAveragePrecision;
import dev.kairos.methods.localization.Localization;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The localisations of the recordings of a subset, and their scores.
 *
 * @param found by recording, in the data set's order
 * @param result the scores, empty where no recording of the subset has an annotated action
 */
public record ScoredSubset(Map<String, Localization> found, Optional<EvaluationResult> result) {

  /** Localises and scores. */
  public static ScoredSubset of(
      Experiment experiment, Dataset dataset, String subset, double[] tious, Progress progress)
      throws IOException {
    Map<String, Localization> found =
        experiment.localize(dataset, dataset.subset(subset), progress);
    return new ScoredSubset(found, evaluate(dataset, subset, detections(found), tious));
  }

  /** Scores detections against a subset. */
  public static Optional<EvaluationResult> evaluate(
      Dataset dataset, String subset, Map<String, List<Detection>> detections, double[] tious) {
    Map<String, List<ActionInstance>> truth = truth(dataset, subset);
    return truth.values().stream().allMatch(List::isEmpty)
        ? Optional.empty()
        : Optional.of(MeanAveragePrecision.evaluate(truth, detections, tious));
  }

  private static Map<String, List<ActionInstance>> truth(Dataset dataset, String subset) {
    Map<String, List<ActionInstance>> truth = new LinkedHashMap<>();
    for (Recording recording : dataset.subset(subset)) {
      truth.put(recording.id(), recording.instances());
    }
    return truth;
  }

  /**
   * Keeps scores in a file, and how far the boundaries of right detections are off.
   *
   * @param detections that were scored
   */
  static void keep(
      Path file,
      EvaluationResult result,
      EvaluationFile.About about,
      Dataset dataset,
      Map<String, List<Detection>> detections)
      throws IOException {
    EvaluationFile.write(
        file,
        result,
        about,
        BoundaryErrors.of(truth(dataset, about.subset()), detections, BoundaryErrors.RIGHT_TIOU));
  }

  /**
   * What a reader of the scores should know where few actions are found; see {@link
   * LostDetections}.
   */
  LostDetections lost(Experiment experiment, Dataset dataset, String subset) {
    return new LostDetections(
        experiment.data().classes(), experiment.resolved(), dataset.subset(subset), found);
  }

  /** The detections of each recording. */
  public Map<String, List<Detection>> detections() {
    return detections(found);
  }

  private static Map<String, List<Detection>> detections(Map<String, Localization> found) {
    Map<String, List<Detection>> detections = new LinkedHashMap<>();
    found.forEach((id, localization) -> detections.put(id, localization.detections()));
    return detections;
  }
}
