// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.report;

import dev.kairos.methods.evaluation.Thresholds;
import dev.kairos.methods.evaluation.ValidationFile;
import dev.kairos.methods.evaluation.ValidationFile.Evaluation;
import dev.kairos.methods.report.ReportData.Curve;
import dev.kairos.methods.report.ReportData.Point;
import dev.kairos.methods.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How a training scored on what it held out.
 *
 * @param about which recordings were scored and how, in words
 * @param scores curves in percent: average mAP, and how well classes were told where the model says
 * @param kept the point of the first curve whose weights were kept
 * @param endedEarly stages that ended before their last step
 */
public record ValidationHistory(
    String about, List<Curve> scores, Optional<Point> kept, List<String> endedEarly) {
  /** Nothing was held out. */
  public static final ValidationHistory NONE =
      new ValidationHistory("", List.of(), Optional.empty(), List.of());

  private static final int PERCENT = 100;

  /** Copies the lists. */
  public ValidationHistory {
    scores = List.copyOf(scores);
    endedEarly = List.copyOf(endedEarly);
  }

  /**
   * What a run folder keeps of it.
   *
   * @throws dev.kairos.tensor.io.DataFormatException if the file is damaged
   */
  public static ValidationHistory of(RunFolder run) throws IOException {
    Path file = run.file(ValidationFile.NAME);
    return Files.exists(file) ? of(ValidationFile.read(file)) : NONE;
  }

  private static ValidationHistory of(ValidationFile.Content content) {
    List<Curve> scores = new ArrayList<>();
    scores.add(curve("average mAP, %", content, Evaluation::average));
    Curve told = curve("classification mAP, %", content, Evaluation::classification);
    if (told.points().stream().anyMatch(point -> Double.isFinite(point.value()))) {
      scores.add(told);
    }
    return new ValidationHistory(
        about(content), scores, content.kept().map(ValidationHistory::point), content.endedEarly());
  }

  private static Point point(Evaluation kept) {
    return new Point(kept.total(), kept.average() * PERCENT);
  }

  private static Curve curve(
      String name, ValidationFile.Content content, ToDoubleFunction<Evaluation> value) {
    return new Curve(
        name,
        content.evaluations().stream()
            .map(each -> new Point(each.total(), value.applyAsDouble(each) * PERCENT))
            .toList());
  }

  /** Protocol, thresholds and recordings in words. */
  public static String about(ValidationFile.Content content) {
    return "protocol %s, tIoU %s, %s"
        .formatted(content.protocol().word(), Thresholds.words(content.tious()), content.subset());
  }
}
