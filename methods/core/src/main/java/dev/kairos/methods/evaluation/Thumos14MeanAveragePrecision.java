// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import dev.kairos.methods.tal.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    DetectionsByClass<Segment> grouped = new DetectionsByClass<>(input.truth(), segment -> segment);
    EvaluationCounts counts = grouped.enter(input.detections(), DetectionsByClass.Entrant::of);
    List<OfClass> judged =
        grouped.all().stream().map(each -> new OfClass(each, input.ambiguous())).toList();
    int leftOut = 0;
    double[][] ap = new double[judged.size()][thresholds.length];
    for (int k = 0; k < thresholds.length; k++) {
      int now = 0;
      for (int c = 0; c < ap.length; c++) {
        Fate[] fates = judged.get(c).judge(thresholds[k]);
        now += (int) Arrays.stream(fates).filter(fate -> fate == Fate.LEFT_OUT).count();
        ap[c][k] = judged.get(c).averagePrecision(fates);
      }
      leftOut = Math.max(leftOut, now);
    }
    double[] map = EvaluationResult.meanOverClasses(ap, thresholds.length);
    return new EvaluationResult(
        Protocol.THUMOS14, thresholds, grouped.classes(), ap, map, counts.withAmbiguous(leftOut));
  }

  /** The detections of one class, judged. */
  private static final class OfClass {
    private final ClassDetections<Segment> ofClass;
    private final Map<String, List<Integer>> found =
        new HashMap<>(); // detections of each recording
    private final boolean[] unclear;

    OfClass(ClassDetections<Segment> ofClass, Map<String, List<Segment>> ambiguous) {
      this.ofClass = ofClass;
      this.unclear = new boolean[ofClass.size()];
      for (int i = 0; i < unclear.length; i++) {
        Segment place = ofClass.place(i);
        found.computeIfAbsent(ofClass.recording(i), id -> new ArrayList<>()).add(i);
        unclear[i] =
            ambiguous.getOrDefault(ofClass.recording(i), List.of()).stream()
                .anyMatch(stretch -> stretch.tIoU(place) > 0);
      }
    }

    Fate[] judge(double threshold) {
      Fate[] fates = new Fate[unclear.length];
      for (int i = 0; i < fates.length; i++) {
        fates[i] = unclear[i] ? Fate.LEFT_OUT : Fate.FALSE_POSITIVE;
      }
      ofClass
          .truth()
          .forEach(
              (recording, segments) -> {
                List<Integer> free = new ArrayList<>(found.getOrDefault(recording, List.of()));
                for (Segment segment : segments) {
                  int best = -1;
                  double most = threshold;
                  for (int i = 0; i < free.size(); i++) {
                    double tiou = segment.tIoU(ofClass.place(free.get(i)));
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
      int hits = 0;
      int rank = 0;
      double sum = 0;
      for (int i : Ranking.earlierFirst(ofClass.scores())) {
        rank += fates[i] == Fate.LEFT_OUT ? 0 : 1;
        if (fates[i] == Fate.TRUE_POSITIVE) {
          hits++;
          sum += (double) hits / rank;
        }
      }
      return sum / ofClass.instances();
    }
  }
}
