// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.evaluation.AmbiguousFile;
import dev.kairos.methods.evaluation.DetectionFile;
import dev.kairos.methods.evaluation.EvaluationCounts;
import dev.kairos.methods.evaluation.EvaluationInput;
import dev.kairos.methods.evaluation.EvaluationResult;
import dev.kairos.methods.evaluation.Protocol;
import dev.kairos.methods.evaluation.Thresholds;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Segment;
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

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      defaultValue = "activitynet",
      description =
          "How to score: activitynet, wtalc or thumos14 (default: ${DEFAULT-VALUE}). Scores of"
              + " different protocols cannot be compared.")
  private String protocol = "";

  @Option(
      names = "--ambiguous",
      paramLabel = "FILE",
      description = "With wtalc and thumos14: stretches not to judge, a line ID START END each.")
  private @Nullable Path ambiguous;

  @Option(
      names = "--snippets-per-second",
      paramLabel = "X",
      description =
          "With wtalc: frames per second over stride (default: what dataset.toml beside --truth"
              + " says).")
  private @Nullable Double snippetsPerSecond;

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
    Protocol scored = protocol();
    if (Files.isDirectory(detections)) {
      throw new FileSystemException(detections.toString(), null, "is a folder, expected a file");
    }
    Truth read = Truth.read(truth, subset, messages);
    Map<String, List<Detection>> found = DetectionFile.read(detections);
    Map<String, List<Segment>> unclear =
        ambiguous == null ? Map.of() : AmbiguousFile.read(ambiguous);
    EvaluationResult result =
        scored.evaluate(
            new EvaluationInput(read.instances(), found, unclear),
            snippets(scored, read),
            thresholds);
    return new Outcome(detections, found, read, result, notes(scored, result.counts(), read));
  }

  private Protocol protocol() {
    Protocol named =
        Protocol.named(protocol)
            .orElseThrow(
                () ->
                    new UsageException(
                        "--protocol " + Shown.of(protocol) + ": there is no such protocol",
                        "choose one of " + Protocol.words()));
    if (ambiguous != null && !named.usesAmbiguous()) {
      throw new UsageException(
          "--ambiguous means nothing for --protocol " + protocol, "leave it out");
    }
    if (snippetsPerSecond != null && !named.needsSnippets()) {
      throw new UsageException(
          "--snippets-per-second means nothing for --protocol " + protocol, "leave it out");
    }
    return named;
  }

  private double snippets(Protocol scored, Truth read) throws IOException {
    if (!scored.needsSnippets()) {
      return Double.NaN;
    }
    Double given = snippetsPerSecond;
    if (given != null) {
      if (!(given > 0 && Double.isFinite(given))) {
        throw new UsageException(
            "--snippets-per-second must be positive: " + given, "for example 1.5625");
      }
      return given;
    }
    DatasetDescription data =
        read.description()
            .orElseThrow(
                () ->
                    new UsageException(
                        "--protocol "
                            + protocol
                            + " counts snippets, and no "
                            + DatasetDescription.FILE_NAME
                            + " beside "
                            + read.file()
                            + " says how long one is",
                        "--snippets-per-second X, 1.5625 for 16 frames at 25 a second"));
    return data.fps() / data.stride();
  }

  /** What {@code --tiou} says. */
  static double[] thresholds(String tiou) {
    try {
      return Thresholds.parse(tiou);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--tiou: " + e.getMessage(), "for example --tiou 0.1:0.1:0.7");
    }
  }

  private static List<String> notes(Protocol scored, EvaluationCounts counts, Truth truth) {
    List<String> notes = new ArrayList<>();
    if (counts.ambiguous() > 0) {
      notes.add(
          "Left out, as they meet an ambiguous stretch: %s."
              .formatted(Messages.count(counts.ambiguous(), "detection")));
    }
    if (counts.unknownLabels() > 0) {
      notes.add(
          "Left out, as subset %s has no such label: %s."
              .formatted(
                  Shown.of(truth.subset()), Messages.count(counts.unknownLabels(), "detection")));
    }
    if (counts.unknownRecordingDetections() > 0) {
      notes.add(
          "%s: %s in %s outside subset %s."
              .formatted(
                  scored == Protocol.WTALC ? "Left out" : "Counted as false positives",
                  Messages.count(counts.unknownRecordingDetections(), "detection"),
                  Messages.count(counts.unknownRecordings(), "recording"),
                  Shown.of(truth.subset())));
    }
    return notes;
  }
}
