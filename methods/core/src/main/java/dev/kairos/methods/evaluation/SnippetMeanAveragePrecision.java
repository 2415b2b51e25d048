// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Interval;
import dev.kairos.methods.tal.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Detection mAP on the snippet grid, as W-TALC, RSKP and their relatives compute it.
 *
 * <p>An annotation covers the snippets {@code [round(start * rate), round(end * rate))}, rounding
 * half to even; tIoU counts whole snippets. Detections of videos without instances are left out,
 * and so are those that share a snippet with an ambiguous interval of their video. The others go by
 * descending score (of equal scores the earlier one first), and each takes, of the instances of its
 * class and video that are still free and have {@code tIoU >= threshold}, the one with the largest
 * tIoU (the first of equals). Average precision as in {@link MeanAveragePrecision}.
 *
 * <p>The family's code prints percent ({@link EvaluationResult#mapPercent()}), and gives 0 for the
 * whole mAP as soon as one class has no detection left; {@code strictZero} asks for that.
 */
public final class SnippetMeanAveragePrecision {
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
   * @param truth the annotated instances of each video, in seconds
   * @param detections detections of each video
   * @param ambiguous for each video the stretches in seconds that shall not be judged; may be empty
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
    Map<String, ClassRanking> byClass = truthByClass(truth);
    EvaluationCounts counts = rank(truth, detections, ambiguous, byClass);
    List<String> classes = new ArrayList<>(byClass.keySet());
    double[][] ap =
        byClass.values().stream()
            .map(ofClass -> ofClass.averagePrecision(thresholds))
            .toArray(double[][]::new);
    boolean empty = byClass.values().stream().anyMatch(ranking -> ranking.detections.isEmpty());
    double[] map =
        strictZero && empty
            ? new double[thresholds.length]
            : EvaluationResult.meanOverClasses(ap, thresholds.length);
    return new EvaluationResult(Protocol.WTALC, thresholds, classes, ap, map, counts);
  }

  private Map<String, ClassRanking> truthByClass(Map<String, List<ActionInstance>> truth) {
    Map<String, ClassRanking> byClass = new TreeMap<>();
    truth.forEach(
        (video, instances) -> {
          for (ActionInstance instance : instances) {
            byClass
                .computeIfAbsent(instance.label(), label -> new ClassRanking())
                .add(video, rounded(instance.segment()));
          }
        });
    if (byClass.isEmpty()) {
      throw new IllegalArgumentException(
          "evaluation: no annotated instance in " + truth.size() + " videos: mAP is not defined");
    }
    return byClass;
  }

  private EvaluationCounts rank(
      Map<String, List<ActionInstance>> truth,
      Map<String, List<SnippetDetection>> detections,
      Map<String, List<Segment>> ambiguous,
      Map<String, ClassRanking> byClass) {
    int scored = 0;
    int unknownLabels = 0;
    int unknownVideos = 0;
    int unknownVideoDetections = 0;
    int inAmbiguous = 0;
    for (Map.Entry<String, List<SnippetDetection>> entry : detections.entrySet()) {
      String video = entry.getKey();
      if (truth.getOrDefault(video, List.of()).isEmpty()) {
        unknownVideos++;
        unknownVideoDetections += entry.getValue().size();
        continue;
      }
      List<Interval> excluded =
          ambiguous.getOrDefault(video, List.of()).stream().map(this::rounded).toList();
      for (SnippetDetection detection : entry.getValue()) {
        ClassRanking ranking = byClass.get(detection.label());
        if (ranking == null) {
          unknownLabels++;
        } else if (excluded.stream().anyMatch(i -> shared(i, detection.snippets()) > 0)) {
          inAmbiguous++;
        } else {
          ranking.add(video, detection);
          scored++;
        }
      }
    }
    int instances = byClass.values().stream().mapToInt(ranking -> ranking.instances).sum();
    return new EvaluationCounts(
        truth.size(),
        instances,
        scored,
        unknownLabels,
        unknownVideos,
        unknownVideoDetections,
        inAmbiguous);
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

  /** The instances of one class, and the detections that compete for them. */
  private static final class ClassRanking {
    private final Map<String, List<Interval>> truth = new HashMap<>();
    private final List<String> videos = new ArrayList<>();
    private final List<SnippetDetection> detections = new ArrayList<>();
    private int instances;

    void add(String video, Interval instance) {
      truth.computeIfAbsent(video, id -> new ArrayList<>()).add(instance);
      instances++;
    }

    void add(String video, SnippetDetection detection) {
      videos.add(video);
      detections.add(detection);
    }

    double[] averagePrecision(double[] thresholds) {
      double[] scores = new double[detections.size()];
      for (int i = 0; i < scores.length; i++) {
        SnippetDetection detection = detections.get(i);
        scores[i] = Ranking.rankable(detection.score(), detection.label(), videos.get(i));
      }
      int[] order = Ranking.earlierFirst(scores);
      double[] ap = new double[thresholds.length];
      for (int k = 0; k < ap.length; k++) {
        ap[k] = AveragePrecision.interpolated(match(order, thresholds[k]), instances);
      }
      return ap;
    }

    private boolean[] match(int[] order, double threshold) {
      Map<String, List<Interval>> free = new HashMap<>();
      truth.forEach((video, list) -> free.put(video, new ArrayList<>(list)));
      boolean[] hit = new boolean[order.length];
      for (int rank = 0; rank < hit.length; rank++) {
        List<Interval> candidates = free.get(videos.get(order[rank]));
        hit[rank] =
            candidates != null
                && takeBest(candidates, detections.get(order[rank]).snippets(), threshold);
      }
      return hit;
    }

    /**
     * Removes the instance with the largest tIoU of at least {@code threshold}, if there is one.
     */
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
}
