// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Average precision of every class at every tIoU threshold, as fractions in [0, 1]. Immutable. */
public final class EvaluationResult {
  private static final double SLACK = 1e-9;
  private static final double[][] RANGES = {{0.1, 0.5}, {0.3, 0.7}, {0.1, 0.7}};

  private final Protocol protocol;
  private final double[] tious;
  private final List<String> classes;
  private final double[][] ap;
  private final double[] map;
  private final EvaluationCounts counts;

  /** Takes ownership of the arrays: {@code ap[class][tiou]}, {@code map[tiou]}. */
  EvaluationResult(
      Protocol protocol,
      double[] tious,
      List<String> classes,
      double[][] ap,
      double[] map,
      EvaluationCounts counts) {
    this.protocol = protocol;
    this.tious = tious;
    this.classes = List.copyOf(classes);
    this.ap = ap;
    this.map = map;
    this.counts = counts;
  }

  /** The plain mean over classes at each threshold. */
  static double[] meanOverClasses(double[][] ap, int thresholds) {
    double[] map = new double[thresholds];
    for (int k = 0; k < thresholds; k++) {
      double sum = 0;
      for (double[] ofClass : ap) {
        sum += ofClass[k];
      }
      map[k] = sum / ap.length;
    }
    return map;
  }

  /** How it was scored. */
  public Protocol protocol() {
    return protocol;
  }

  /** The tIoU thresholds, in the order asked for. */
  public double[] tious() {
    return tious.clone();
  }

  /** The classes that have annotated instances, in alphabetical order. */
  public List<String> classes() {
    return classes;
  }

  /**
   * The average precision of one class at each threshold.
   *
   * @throws IllegalArgumentException if no annotation has this label
   */
  public double[] ap(String label) {
    int index = classes.indexOf(label);
    if (index < 0) {
      throw new IllegalArgumentException("evaluation: no class \"" + label + "\" among " + classes);
    }
    return ap[index].clone();
  }

  /** The average precision of class {@code label} at threshold {@code tiou}, both as indices. */
  public double ap(int label, int tiou) {
    return ap[label][tiou];
  }

  /** The mean over classes at each threshold: mAP. */
  public double[] map() {
    return map.clone();
  }

  /** mAP in percent, as tables print it. */
  public double[] mapPercent() {
    double[] percent = map.clone();
    for (int k = 0; k < percent.length; k++) {
      percent[k] *= 100;
    }
    return percent;
  }

  /** The mean of mAP over all thresholds. */
  public double average() {
    return average(0, 1);
  }

  /**
   * The mean of mAP over the thresholds in {@code [from, to]}, with room for rounding: 0.1 to 0.5
   * of an evaluation at 0.1, 0.2, .. 0.9.
   *
   * @throws IllegalArgumentException if no threshold lies there
   */
  public double average(double from, double to) {
    double sum = 0;
    int count = 0;
    for (int k = 0; k < tious.length; k++) {
      if (tious[k] >= from - SLACK && tious[k] <= to + SLACK) {
        sum += map[k];
        count++;
      }
    }
    if (count == 0) {
      throw new IllegalArgumentException(
          "evaluation: no threshold lies in [" + from + ", " + to + "]");
    }
    return sum / count;
  }

  /**
   * The averages that papers report, those of {@code 0.1:0.5}, {@code 0.3:0.7} and {@code 0.1:0.7}
   * at whose ends there are thresholds, by their names and in this order.
   */
  public Map<String, Double> averages() {
    Map<String, Double> averages = new LinkedHashMap<>();
    for (double[] range : RANGES) {
      if (hasThreshold(range[0]) && hasThreshold(range[1])) {
        averages.put(range[0] + ":" + range[1], average(range[0], range[1]));
      }
    }
    return averages;
  }

  private boolean hasThreshold(double tiou) {
    return Arrays.stream(tious).anyMatch(each -> Math.abs(each - tiou) <= SLACK);
  }

  /** What was scored and what was left out. */
  public EvaluationCounts counts() {
    return counts;
  }
}
