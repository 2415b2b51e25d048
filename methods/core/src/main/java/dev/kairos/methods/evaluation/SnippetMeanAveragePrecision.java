// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Interval;
import dev.kairos.methods.tal.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Detection mAP on the snippet grid, as W-TALC, RSKP and their relatives compute it.
 *
 * <p>An annotation covers the snippets {@code [round(start * rate), round(end * rate))}, rounding
 * half to even; tIoU counts whole snippets. Detections of recordings without instances are left
 * out, and so are those that share a snippet with an ambiguous interval of their recording. The
 * others go by descending score (of equal scores the earlier one first), and each takes, of the
 * instances of its class and recording that are still free and have {@code tIoU >= threshold}, the
 * one with the largest tIoU (the first of equals). Average precision as in {@link
 * MeanAveragePrecision}.
 *
 * <p>The family's code prints percent ({@link EvaluationResult#mapPercent()}), and gives 0 for the
 * whole mAP as soon as one class has no detection left; {@code strictZero} asks for that.
 */
final class SnippetMeanAveragePrecision {
  private final double rate;
  private final boolean strictZero;

  /**
   * An evaluation on one grid.
   *
   * @param rate snippets per second: frames per second divided by the stride
   * @param strictZero whether one class without detections makes the whole mAP 0; otherwise only
   *     its own average precision is 0
   */
  public SnippetMeanAveragePrecision(double rate, boolean strictZero) {
    if (!(rate > 0 && Double.isFinite(rate))) {
      throw new IllegalArgumentException(
          "evaluation: snippets per second must be positive: " + rate);
    }
    this.rate = rate;
    this.strictZero = strictZero;
  }

  /**
   * Scores detections.
   *
   * @param truth the annotated instances of each recording, in seconds
   * @param detections detections of each recording
   * @param ambiguous for each recording the stretches in seconds that shall not be judged; may be
   *     empty
   * @param tious thresholds in (0, 1], in any order
   * @throws IllegalArgumentException if there is no annotated instance at all, a threshold is
   *     outside (0, 1] or a score is not a number
   */
  public EvaluationResult evaluate(
      Map<String, List<ActionInstance>> truth,
      Map<String, List<SnippetDetection>> detections,
      Map<String, List<Segment>> ambiguous,
      double[] tious) {
    double[] thresholds = tious.clone();
    Thresholds.check(thresholds);
    DetectionsByClass<Interval> grouped = new DetectionsByClass<>(truth, this::rounded);
    Map<String, List<Interval>> excluded = new HashMap<>();
    ambiguous.forEach(
        (recording, stretches) ->
            excluded.put(recording, stretches.stream().map(this::rounded).toList()));
    EvaluationCounts counts =
        grouped.enterUnambiguous(
            detections,
            d -> new DetectionsByClass.Entrant<>(d.label(), d.snippets(), d.score()),
            (recording, snippets) ->
                excluded.getOrDefault(recording, List.of()).stream()
                    .anyMatch(stretch -> shared(stretch, snippets) > 0));
    double[][] ap =
        grouped.all().stream()
            .map(ofClass -> averagePrecision(ofClass, thresholds))
            .toArray(double[][]::new);
    boolean empty = grouped.all().stream().anyMatch(ofClass -> ofClass.size() == 0);
    double[] map =
        strictZero && empty
            ? new double[thresholds.length]
            : EvaluationResult.meanOverClasses(ap, thresholds.length);
    return new EvaluationResult(Protocol.WTALC, thresholds, grouped.classes(), ap, map, counts);
  }

  private Interval rounded(Segment segment) {
    int start = (int) Math.max(0, Math.rint(segment.start() * rate));
    int end = (int) Math.max(0, Math.rint(segment.end() * rate));
    return new Interval(start, end);
  }

  private static int shared(Interval a, Interval b) {
    return Math.max(0, Math.min(a.end(), b.end()) - Math.max(a.start(), b.start()));
  }

  private static double tIoU(Interval a, Interval b) {
    int shared = shared(a, b);
    long union = (long) a.length() + b.length() - shared;
    return union > 0 ? (double) shared / union : 0;
  }

  /** AP at each threshold. */
  private static double[] averagePrecision(ClassDetections<Interval> ofClass, double[] thresholds) {
    int[] order = Ranking.earlierFirst(ofClass.scores());
    double[] ap = new double[thresholds.length];
    for (int k = 0; k < ap.length; k++) {
      boolean[] hit = match(ofClass, order, thresholds[k]);
      ap[k] = AveragePrecision.interpolated(hit, ofClass.instances());
    }
    return ap;
  }

  private static boolean[] match(ClassDetections<Interval> ofClass, int[] order, double threshold) {
    Map<String, List<Interval>> free = new HashMap<>();
    ofClass.truth().forEach((recording, list) -> free.put(recording, new ArrayList<>(list)));
    boolean[] hit = new boolean[order.length];
    for (int rank = 0; rank < hit.length; rank++) {
      List<Interval> candidates = free.get(ofClass.recording(order[rank]));
      hit[rank] = candidates != null && takeBest(candidates, ofClass.place(order[rank]), threshold);
    }
    return hit;
  }

  /** Removes the instance with the largest tIoU of at least {@code threshold}, if there is one. */
  private static boolean takeBest(List<Interval> free, Interval detection, double threshold) {
    int best = -1;
    double bestTIoU = 0;
    for (int g = 0; g < free.size(); g++) {
      double tiou = tIoU(free.get(g), detection);
      if (tiou >= threshold && tiou > bestTIoU) {
        best = g;
        bestTIoU = tiou;
      }
    }
    if (best < 0) {
      return false;
    }
    free.remove(best);
    return true;
  }
}
