// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Segment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Detection mAP in seconds, as the ActivityNet evaluation defines it.
 *
 * <p>Per class, over all recordings together: detections go by descending score (of equal scores
 * the later one first). At each threshold by itself, a detection looks at the annotated instances
 * of its class and recording by descending tIoU (of equal tIoU the later one first) and takes the
 * first that is still free, as long as {@code tIoU >= threshold}; if there is none it is a false
 * positive. So it may fall back to its second-best instance, unlike in PASCAL VOC. Average
 * precision is interpolated; a class without detections counts with 0; mAP is the plain mean over
 * the classes that have instances.
 *
 * <p>Detections of a label without instances are left out and counted; detections of a recording
 * without annotation are false positives. The number of detections has no limit.
 */
public final class MeanAveragePrecision {
  private static final Segment[] NONE = {};

  private MeanAveragePrecision() {}

  /**
   * Scores detections.
   *
   * @param truth the annotated instances of each recording of one subset; a recording may have none
   * @param detections detections of each recording; ties are broken by the order of this map and of
   *     its lists
   * @param tious thresholds in (0, 1], in any order
   * @throws IllegalArgumentException if there is no annotated instance at all, a threshold is
   *     outside (0, 1] or a score is not a number
   */
  public static EvaluationResult evaluate(
      Map<String, List<ActionInstance>> truth,
      Map<String, List<Detection>> detections,
      double[] tious) {
    double[] thresholds = tious.clone();
    Thresholds.check(thresholds);
    DetectionsByClass<Segment> grouped = new DetectionsByClass<>(truth, segment -> segment);
    EvaluationCounts counts = grouped.enter(detections, DetectionsByClass.Entrant::of);
    double[][] ap =
        grouped.all().stream()
            .map(ofClass -> averagePrecision(ofClass, thresholds))
            .toArray(double[][]::new);
    double[] map = EvaluationResult.meanOverClasses(ap, thresholds.length);
    return new EvaluationResult(
        Protocol.ACTIVITYNET, thresholds, grouped.classes(), ap, map, counts);
  }

  /** How far the boundaries of true positives are off; see {@link BoundaryErrors#of}. */
  static BoundaryErrors boundaryErrors(
      Map<String, List<ActionInstance>> truth,
      Map<String, List<Detection>> detections,
      double tiou) {
    double[] threshold = {tiou};
    Thresholds.check(threshold);
    DetectionsByClass<Segment> grouped = new DetectionsByClass<>(truth, segment -> segment);
    grouped.enter(detections, DetectionsByClass.Entrant::of);
    BoundaryErrors errors = BoundaryErrors.NONE;
    for (ClassDetections<Segment> ofClass : grouped.all()) {
      int[] order = Ranking.laterFirst(ofClass.scores());
      @Nullable Segment[] taken = match(ofClass, order, threshold)[0];
      long missed = ofClass.instances();
      for (int rank = 0; rank < order.length; rank++) {
        Segment instance = taken[rank];
        if (instance != null) {
          errors = errors.plus(BoundaryErrors.of(ofClass.place(order[rank]), instance));
          missed--;
        }
      }
      errors = errors.plus(BoundaryErrors.missed(missed));
    }
    return errors;
  }

  /** AP at each threshold. */
  private static double[] averagePrecision(ClassDetections<Segment> ofClass, double[] thresholds) {
    int[] order = Ranking.laterFirst(ofClass.scores());
    @Nullable Segment[][] taken = match(ofClass, order, thresholds);
    double[] ap = new double[thresholds.length];
    for (int k = 0; k < ap.length; k++) {
      boolean[] hit = new boolean[order.length];
      for (int rank = 0; rank < hit.length; rank++) {
        hit[rank] = taken[k][rank] != null;
      }
      ap[k] = AveragePrecision.interpolated(hit, ofClass.instances());
    }
    return ap;
  }

  /**
   * The instance that each rank takes, null for a false positive: {@code [threshold][rank]}.
   *
   * @param order detections by rank
   */
  private static @Nullable Segment[][] match(
      ClassDetections<Segment> ofClass, int[] order, double[] thresholds) {
    Map<String, RecordingTruth> byRecording = new HashMap<>();
    ofClass
        .truth()
        .forEach(
            (recording, list) -> byRecording.put(recording, new RecordingTruth(list, thresholds)));
    RecordingTruth nothing = new RecordingTruth(List.of(), thresholds);
    @Nullable Segment[][] taken = new @Nullable Segment[thresholds.length][ofClass.size()];
    for (int rank = 0; rank < order.length; rank++) {
      RecordingTruth recording = byRecording.getOrDefault(ofClass.recording(order[rank]), nothing);
      recording.match(ofClass.place(order[rank]), taken, rank);
    }
    return taken;
  }

  /**
   * The instances of one class in one recording, and which of them are taken at which threshold.
   */
  private static final class RecordingTruth {
    private final Segment[] segments;
    private final double[] thresholds;
    private final double lowest;
    private final boolean[][] gone;

    RecordingTruth(List<Segment> segments, double[] thresholds) {
      this.segments = segments.toArray(NONE);
      this.thresholds = thresholds;
      this.gone = new boolean[thresholds.length][this.segments.length];
      double low = 1;
      for (double threshold : thresholds) {
        low = Math.min(low, threshold);
      }
      this.lowest = low;
    }

    void match(Segment detection, @Nullable Segment[][] taken, int rank) {
      int count = 0;
      int[] near = new int[segments.length];
      double[] tious = new double[segments.length];
      for (int g = 0; g < segments.length; g++) {
        double tiou = detection.tIoU(segments[g]);
        if (tiou >= lowest) {
          near[count] = g;
          tious[count++] = tiou;
        }
      }
      if (count == 0) {
        return;
      }
      int[] order = Ranking.laterFirst(Arrays.copyOf(tious, count));
      for (int k = 0; k < thresholds.length; k++) {
        for (int j : order) {
          if (tious[j] < thresholds[k]) {
            break;
          }
          if (!gone[k][near[j]]) {
            gone[k][near[j]] = true;
            taken[k][rank] = segments[near[j]];
            break;
          }
        }
      }
    }
  }
}
