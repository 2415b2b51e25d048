// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.evaluation.DetectionEvaluation;
import dev.kairos.methods.evaluation.GroundTruth;
import dev.kairos.methods.evaluation.Protocol;
import dev.kairos.methods.evaluation.Thresholds;
import dev.kairos.methods.files.Shown;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
      description = "The subset to score, or several, A,B (default: the only one, or test).")
  private @Nullable String subset;

  @Option(
      names = "--ignore-class",
      paramLabel = "LABEL",
      description = "Pass over annotations of this label, such as Ambiguous. Repeatable.")
  private List<String> ignored = new ArrayList<>();

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

  /** Where the detections came from. */
  Path detectionFile() {
    return detections;
  }

  DetectionEvaluation run(Messages messages) throws IOException {
    double[] thresholds = thresholds(tiou);
    Protocol scored = protocol();
    if (Files.isDirectory(detections)) {
      throw new FileSystemException(detections.toString(), null, "is a folder, expected a file");
    }
    GroundTruth read = ChosenSubset.read(truth, subset, ignored, messages);
    try {
      return DetectionEvaluation.of(
          detections,
          read,
          new DetectionEvaluation.Options(scored, ambiguous, snippetsPerSecond),
          thresholds);
    } catch (DetectionEvaluation.UnknownSnippetsException e) {
      throw new UsageException(
          "--" + e.getMessage(), "--snippets-per-second X, 1.5625 for 16 frames at 25 a second");
    }
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
    Double rate = snippetsPerSecond;
    if (rate != null && !(rate > 0 && Double.isFinite(rate))) {
      throw new UsageException(
          "--snippets-per-second must be positive: " + rate, "for example 1.5625");
    }
    return named;
  }

  /** What {@code --tiou} says. */
  static double[] thresholds(String tiou) {
    try {
      return Thresholds.parse(tiou);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--tiou: " + e.getMessage(), "for example --tiou 0.1:0.1:0.7");
    }
  }
}
