// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.data.Shown;
import dev.kairos.methods.evaluation.DetectionFile;
import dev.kairos.methods.evaluation.EvaluationCounts;
import dev.kairos.methods.evaluation.EvaluationResult;
import dev.kairos.methods.evaluation.MeanAveragePrecision;
import dev.kairos.methods.evaluation.Thresholds;
import dev.kairos.methods.tal.Detection;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what to score against what; shared by the verbs that do. */
final class Scoring {
  @Option(
      names = "--detections",
      required = true,
      paramLabel = "FILE",
      description = "Detections in the ActivityNet submission form.")
  private Path detections = Path.of("");

  @Option(
      names = "--truth",
      required = true,
      paramLabel = "FILE",
      description = "Annotations in the ActivityNet form, or a data folder.")
  private Path truth = Path.of("");

  @Option(
      names = "--subset",
      paramLabel = "NAME",
      description = "The subset to score (default: the only one, or the one named test).")
  private @Nullable String subset;

  @Option(
      names = "--tiou",
      paramLabel = "RANGE",
      defaultValue = "0.1:0.1:0.7",
      description = "Thresholds, START:STEP:END or a list (default: ${DEFAULT-VALUE}).")
  private String tiou = "";

  /**
   * Everything read, and its score.
   *
   * @param detectionFile where the detections came from
   * @param detections by recording
   * @param truth the annotated subset
   * @param result the score
   * @param notes what was left out or is odd, a sentence each
   */
  record Outcome(
      Path detectionFile,
      Map<String, List<Detection>> detections,
      Truth truth,
      EvaluationResult result,
      List<String> notes) {}

  Outcome run(Messages messages) throws IOException {
    double[] thresholds = thresholds(tiou);
    if (Files.isDirectory(detections)) {
      throw new FileSystemException(detections.toString(), null, "is a folder, expected a file");
    }
    Truth read = Truth.read(truth, subset, messages);
    Map<String, List<Detection>> found = DetectionFile.read(detections);
    EvaluationResult result = MeanAveragePrecision.evaluate(read.instances(), found, thresholds);
    return new Outcome(detections, found, read, result, notes(result.counts(), read));
  }

  /** What {@code --tiou} says. */
  static double[] thresholds(String tiou) {
    try {
      return Thresholds.parse(tiou);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--tiou: " + e.getMessage(), "for example --tiou 0.1:0.1:0.7");
    }
  }

  private static List<String> notes(EvaluationCounts counts, Truth truth) {
    List<String> notes = new ArrayList<>();
    if (counts.unknownLabels() > 0) {
      notes.add(
          "Left out, as subset %s has no such label: %s."
              .formatted(
                  Shown.of(truth.subset()), Messages.count(counts.unknownLabels(), "detection")));
    }
    if (counts.unknownVideoDetections() > 0) {
      notes.add(
          "Counted as false positives: %s in %s outside subset %s."
              .formatted(
                  Messages.count(counts.unknownVideoDetections(), "detection"),
                  Messages.count(counts.unknownVideos(), "recording"),
                  Shown.of(truth.subset())));
    }
    return notes;
  }
}
