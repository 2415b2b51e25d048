// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Segment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far boundaries that were found are from those of annotated instances, as sums that add up
 * over recordings. An error is positive where the boundary comes late.
 *
 * @param count how many pairs of boundaries were compared
 * @param missed how often there was nothing to compare with
 * @param startSum signed errors of starts, in seconds
 * @param startAbsoluteSum their magnitudes
 * @param endSum signed errors of ends, in seconds
 * @param endAbsoluteSum their magnitudes
 */
public record BoundaryErrors(
    long count,
    long missed,
    double startSum,
    double startAbsoluteSum,
    double endSum,
    double endAbsoluteSum) {

  /** tIoU from which a detection is right and its boundaries count, in every result file. */
  public static final double RIGHT_TIOU = 0.5;

  /** Nothing compared. */
  public static final BoundaryErrors NONE = new BoundaryErrors(0, 0, 0, 0, 0, 0);

  /** Some without a counterpart. */
  public static BoundaryErrors missed(long count) {
    return new BoundaryErrors(0, count, 0, 0, 0, 0);
  }

  /** Of one segment and the annotated one that it stands for. */
  public static BoundaryErrors of(Segment found, Segment instance) {
    double start = found.start() - instance.start();
    double end = found.end() - instance.end();
    return new BoundaryErrors(1, 0, start, Math.abs(start), end, Math.abs(end));
  }

  /**
   * Of the detections that are right, each beside the instance that it finds: of the same label,
   * not found by a better one, and with the greatest tIoU, as {@link MeanAveragePrecision} matches
   * them. Instances that nothing finds are missed.
   *
   * @param truth the annotated instances of each recording
   * @param detections those of each recording
   * @param tiou least tIoU, in (0, 1]
   */
  public static BoundaryErrors of(
      Map<String, List<ActionInstance>> truth,
      Map<String, List<Detection>> detections,
      double tiou) {
    return truth.values().stream().allMatch(List::isEmpty)
        ? NONE
        : MeanAveragePrecision.boundaryErrors(truth, detections, tiou);
  }

  /** Both together. */
  public BoundaryErrors plus(BoundaryErrors other) {
    return new BoundaryErrors(
        count + other.count,
        missed + other.missed,
        startSum + other.startSum,
        startAbsoluteSum + other.startAbsoluteSum,
        endSum + other.endSum,
        endAbsoluteSum + other.endAbsoluteSum);
  }

  /** Mean signed error of starts in seconds; NaN if nothing was compared. */
  public double startMean() {
    return startSum / count;
  }

  /** Mean magnitude of the errors of starts in seconds; NaN if nothing was compared. */
  public double startMeanAbsolute() {
    return startAbsoluteSum / count;
  }

  /** Mean signed error of ends in seconds; NaN if nothing was compared. */
  public double endMean() {
    return endSum / count;
  }

  /** Mean magnitude of the errors of ends in seconds; NaN if nothing was compared. */
  public double endMeanAbsolute() {
    return endAbsoluteSum / count;
  }

  /** The means by the names they have in files; of nothing compared the counts alone. */
  public Map<String, Number> numbers() {
    Map<String, Number> numbers = new LinkedHashMap<>();
    numbers.put("matched", count);
    numbers.put("missed", missed);
    if (count > 0) {
      numbers.put("start", startMean());
      numbers.put("start_absolute", startMeanAbsolute());
      numbers.put("end", endMean());
      numbers.put("end_absolute", endMeanAbsolute());
    }
    return numbers;
  }
}
