// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Detection mAP in seconds, as the ActivityNet evaluation defines it.
 *
 * <p>Per class, over all videos together: detections go by descending score (of equal scores the
 * later one first). At each threshold by itself, a detection looks at the annotated instances of
 * its class and video by descending tIoU (of equal tIoU the later one first) and takes the first
 * that is still free, as long as {@code tIoU >= threshold}; if there is none it is a false
 * positive. So it may fall back to its second-best instance, unlike in PASCAL VOC. Average
 * precision is interpolated; a class without detections counts with 0; mAP is the plain mean over
 * the classes that have instances.
 *
 * <p>Detections of a label without instances are left out and counted; detections of a video
 * without annotation are false positives. The number of detections has no limit.
 */
public final class MeanAveragePrecision {
  private static final Segment[] NONE = {};

  private MeanAveragePrecision() {}

  /**
   * Scores detections.
   *
   * @param truth the annotated instances of each video of one subset; a video may have none
   * @param detections detections of each video; ties are broken by the order of this map and of its
   *     lists
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
    Map<String, ClassTruth> byClass = truthByClass(truth);
    EvaluationCounts counts = rank(truth, detections, byClass);
    List<String> classes = new ArrayList<>(byClass.keySet());
    double[][] ap =
        byClass.values().stream()
            .map(ofClass -> ofClass.averagePrecision(thresholds))
            .toArray(double[][]::new);
    double[] map = EvaluationResult.meanOverClasses(ap, thresholds.length);
    return new EvaluationResult(Protocol.ACTIVITYNET, thresholds, classes, ap, map, counts);
  }

  private static Map<String, ClassTruth> truthByClass(Map<String, List<ActionInstance>> truth) {
    Map<String, ClassTruth> byClass = new TreeMap<>();
    truth.forEach(
        (video, instances) -> {
          for (ActionInstance instance : instances) {
            byClass
                .computeIfAbsent(instance.label(), label -> new ClassTruth())
                .add(video, instance);
          }
        });
    if (byClass.isEmpty()) {
      throw new IllegalArgumentException(
          "evaluation: no annotated instance in " + truth.size() + " videos: mAP is not defined");
    }
    return byClass;
  }

  private static EvaluationCounts rank(
      Map<String, List<ActionInstance>> truth,
      Map<String, List<Detection>> detections,
      Map<String, ClassTruth> byClass) {
    int scored = 0;
    int unknownLabels = 0;
    int unknownVideos = 0;
    int unknownVideoDetections = 0;
    for (Map.Entry<String, List<Detection>> entry : detections.entrySet()) {
      boolean unknownVideo = !truth.containsKey(entry.getKey());
      unknownVideos += unknownVideo ? 1 : 0;
      for (Detection detection : entry.getValue()) {
        ClassTruth ofClass = byClass.get(detection.label());
        if (ofClass == null) {
          unknownLabels++;
          continue;
        }
        ofClass.add(entry.getKey(), detection);
        scored++;
        unknownVideoDetections += unknownVideo ? 1 : 0;
      }
    }
    int instances = byClass.values().stream().mapToInt(ofClass -> ofClass.instances).sum();
    return new EvaluationCounts(
        truth.size(), instances, scored, unknownLabels, unknownVideos, unknownVideoDetections, 0);
  }

  /** The instances of one class, and the detections that compete for them. */
  private static final class ClassTruth {
    private final Map<String, List<Segment>> segments = new HashMap<>();
    private final List<String> videos = new ArrayList<>();
    private final List<Detection> detections = new ArrayList<>();
    private int instances;

    void add(String video, ActionInstance instance) {
      segments.computeIfAbsent(video, id -> new ArrayList<>()).add(instance.segment());
      instances++;
    }

    void add(String video, Detection detection) {
      videos.add(video);
      detections.add(detection);
    }

    /** AP at each threshold. */
    double[] averagePrecision(double[] thresholds) {
      boolean[][] hit = match(thresholds);
      double[] ap = new double[thresholds.length];
      for (int k = 0; k < ap.length; k++) {
        ap[k] = AveragePrecision.interpolated(hit[k], instances);
      }
      return ap;
    }

    /** Whether each rank is a true positive: {@code [threshold][rank]}. */
    private boolean[][] match(double[] thresholds) {
      Map<String, VideoTruth> byVideo = new HashMap<>();
      segments.forEach((video, list) -> byVideo.put(video, new VideoTruth(list, thresholds)));
      VideoTruth nothing = new VideoTruth(List.of(), thresholds);
      boolean[][] hit = new boolean[thresholds.length][detections.size()];
      int[] order = Ranking.laterFirst(scores());
      for (int rank = 0; rank < order.length; rank++) {
        VideoTruth video = byVideo.getOrDefault(videos.get(order[rank]), nothing);
        video.match(detections.get(order[rank]).segment(), hit, rank);
      }
      return hit;
    }

    private double[] scores() {
      double[] scores = new double[detections.size()];
      for (int i = 0; i < scores.length; i++) {
        Detection detection = detections.get(i);
        scores[i] = Ranking.rankable(detection.score(), detection.label(), videos.get(i));
      }
      return scores;
    }
  }

  /** The instances of one class in one video, and which of them are taken at which threshold. */
  private static final class VideoTruth {
    private final Segment[] segments;
    private final double[] thresholds;
    private final double lowest;
    private final boolean[][] taken;

    VideoTruth(List<Segment> segments, double[] thresholds) {
      this.segments = segments.toArray(NONE);
      this.thresholds = thresholds;
      this.taken = new boolean[thresholds.length][this.segments.length];
      double low = 1;
      for (double threshold : thresholds) {
        low = Math.min(low, threshold);
      }
      this.lowest = low;
    }

    void match(Segment detection, boolean[][] hit, int rank) {
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
          if (!taken[k][near[j]]) {
            taken[k][near[j]] = true;
            hit[k][rank] = true;
            break;
          }
        }
      }
    }
  }
}
