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
 * Detection mAP in seconds, as the official evaluation kit of the THUMOS14 challenge defines it.
 *
 * <p>In each recording the instances of a class, in order, each take the detection that overlaps
 * them most (of equal overlaps the first) among those still free, whatever its score, if their
 * {@code tIoU > threshold}. A detection that nobody took is a false positive, unless it meets an
 * ambiguous stretch: then it is left out. Average precision is not interpolated: the sum of the
 * precision at each true positive, divided by the instances.
 *
 * <p>Detections of a label without instances are left out and counted; those of a recording without
 * annotation are false positives.
 */
final class Thumos14MeanAveragePrecision {
  private Thumos14MeanAveragePrecision() {}

  /** What became of a detection at one threshold. */
  private enum Fate {
    TRUE_POSITIVE,
    FALSE_POSITIVE,
    LEFT_OUT
  }

  static EvaluationResult evaluate(EvaluationInput input, double[] tious) {
    double[] thresholds = tious.clone();
    Thresholds.check(thresholds);
    Map<String, OfClass> byClass = new TreeMap<>();
    input
        .truth()
        .forEach(
            (video, instances) ->
                instances.forEach(
                    i -> byClass.computeIfAbsent(i.label(), label -> new OfClass()).add(video, i)));
    if (byClass.isEmpty()) {
      throw new IllegalArgumentException(
          "evaluation: no annotated instance in "
              + input.truth().size()
              + " videos: mAP is not defined");
    }
    EvaluationCounts counts = distribute(input, byClass);
    int leftOut = 0;
    List<String> classes = new ArrayList<>(byClass.keySet());
    double[][] ap = new double[classes.size()][thresholds.length];
    for (int k = 0; k < thresholds.length; k++) {
      int now = 0;
      for (int c = 0; c < ap.length; c++) {
        OfClass ofClass = byClass.getOrDefault(classes.get(c), new OfClass());
        Fate[] fates = ofClass.judge(thresholds[k]);
        now += (int) Arrays.stream(fates).filter(fate -> fate == Fate.LEFT_OUT).count();
        ap[c][k] = ofClass.averagePrecision(fates);
      }
      leftOut = Math.max(leftOut, now);
    }
    double[] map = EvaluationResult.meanOverClasses(ap, thresholds.length);
    return new EvaluationResult(
        Protocol.THUMOS14, thresholds, classes, ap, map, counts.withAmbiguous(leftOut));
  }

  private static EvaluationCounts distribute(EvaluationInput input, Map<String, OfClass> byClass) {
    int scored = 0;
    int unknownLabels = 0;
    int unknownVideos = 0;
    int unknownVideoDetections = 0;
    for (Map.Entry<String, List<Detection>> entry : input.detections().entrySet()) {
      String video = entry.getKey();
      boolean unknownVideo = !input.truth().containsKey(video);
      unknownVideos += unknownVideo ? 1 : 0;
      List<Segment> ambiguous = input.ambiguous().getOrDefault(video, List.of());
      for (Detection detection : entry.getValue()) {
        OfClass ofClass = byClass.get(detection.label());
        if (ofClass == null) {
          unknownLabels++;
          continue;
        }
        boolean unclear =
            ambiguous.stream().anyMatch(stretch -> stretch.tIoU(detection.segment()) > 0);
        ofClass.add(video, detection, unclear);
        scored++;
        unknownVideoDetections += unknownVideo ? 1 : 0;
      }
    }
    int instances = byClass.values().stream().mapToInt(ofClass -> ofClass.instances).sum();
    return new EvaluationCounts(
        input.truth().size(),
        instances,
        scored,
        unknownLabels,
        unknownVideos,
        unknownVideoDetections,
        0);
  }

  /** The instances of one class, and its detections. */
  private static final class OfClass {
    private final Map<String, List<Segment>> truth = new HashMap<>();
    private final Map<String, List<Integer>> found = new HashMap<>(); // places in detections
    private final List<Detection> detections = new ArrayList<>();
    private final List<Double> scores = new ArrayList<>();
    private final List<Boolean> unclear = new ArrayList<>();
    private int instances;

    void add(String video, ActionInstance instance) {
      truth.computeIfAbsent(video, id -> new ArrayList<>()).add(instance.segment());
      instances++;
    }

    void add(String video, Detection detection, boolean ambiguous) {
      found.computeIfAbsent(video, id -> new ArrayList<>()).add(detections.size());
      detections.add(detection);
      scores.add(Ranking.rankable(detection.score(), detection.label(), video));
      unclear.add(ambiguous);
    }

    Fate[] judge(double threshold) {
      Fate[] fates = new Fate[detections.size()];
      for (int i = 0; i < fates.length; i++) {
        fates[i] = unclear.get(i) ? Fate.LEFT_OUT : Fate.FALSE_POSITIVE;
      }
      truth.forEach(
          (video, segments) -> {
            List<Integer> free = new ArrayList<>(found.getOrDefault(video, List.of()));
            for (Segment segment : segments) {
              int best = -1;
              double most = threshold;
              for (int i = 0; i < free.size(); i++) {
                double tiou = segment.tIoU(detections.get(free.get(i)).segment());
                if (tiou > most) {
                  best = i;
                  most = tiou;
                }
              }
              if (best >= 0) {
                fates[free.remove(best)] = Fate.TRUE_POSITIVE;
              }
            }
          });
      return fates;
    }

    double averagePrecision(Fate[] fates) {
      double[] values = scores.stream().mapToDouble(Double::doubleValue).toArray();
      int hits = 0;
      int rank = 0;
      double sum = 0;
      for (int i : Ranking.earlierFirst(values)) {
        rank += fates[i] == Fate.LEFT_OUT ? 0 : 1;
        if (fates[i] == Fate.TRUE_POSITIVE) {
          hits++;
          sum += (double) hits / rank;
        }
      }
      return sum / instances;
    }
  }
}
