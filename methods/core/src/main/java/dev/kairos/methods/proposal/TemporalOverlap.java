// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Proposal;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Candidates as columns, with the overlap of any two. */
final class TemporalOverlap {
  final int[] label;
  final double[] start;
  final double[] end;
  final double[] score;
  private final double extra;

  private TemporalOverlap(int count, double extra) {
    this.label = new int[count];
    this.start = new double[count];
    this.end = new double[count];
    this.score = new double[count];
    this.extra = extra;
  }

  /** Detections in seconds; {@code extra} seconds are added to lengths and intersections. */
  static TemporalOverlap ofDetections(List<Detection> detections, double extra) {
    TemporalOverlap columns = new TemporalOverlap(detections.size(), extra);
    Map<String, Integer> labels = new HashMap<>();
    for (int i = 0; i < detections.size(); i++) {
      Detection d = detections.get(i);
      int label = labels.computeIfAbsent(d.label(), name -> labels.size());
      columns.set(i, label, d.segment().start(), d.segment().end(), d.score());
    }
    return columns;
  }

  /** Proposals in snippets; {@code extra} snippets are added to lengths and intersections. */
  static TemporalOverlap ofProposals(List<Proposal> proposals, double extra) {
    TemporalOverlap columns = new TemporalOverlap(proposals.size(), extra);
    for (int i = 0; i < proposals.size(); i++) {
      Proposal p = proposals.get(i);
      columns.set(i, p.label(), p.start(), p.end(), p.score());
    }
    return columns;
  }

  private void set(int i, int newLabel, double newStart, double newEnd, double newScore) {
    if (Double.isNaN(newScore) || !(newStart <= newEnd)) {
      throw new IllegalArgumentException(
          "suppression: candidate "
              + i
              + " needs start <= end and a score: ["
              + (newStart + ", " + newEnd + "], score " + newScore));
    }
    label[i] = newLabel;
    start[i] = newStart;
    end[i] = newEnd;
    score[i] = newScore + 0.0;
  }

  int count() {
    return score.length;
  }

  /** Candidates by descending score, of equals the later first. */
  int[] byDescendingScore() {
    int[] order = new int[count()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    IntArrays.quickSort(
        order,
        (i, j) -> {
          int c = Double.compare(score[j], score[i]);
          return c != 0 ? c : Integer.compare(j, i);
        });
    return order;
  }

  /** The share of candidate j that candidate i covers; 0 where j has no length. */
  double coverage(int i, int j) {
    double length = end[j] - start[j] + extra;
    return length > 0 ? intersection(i, j) / length : 0;
  }

  private double intersection(int i, int j) {
    return Math.max(0, Math.min(end[i], end[j]) - Math.max(start[i], start[j]) + extra);
  }

  /** Intersection over union of two candidates; 0 where the union is empty. */
  double iou(int i, int j) {
    double intersection = intersection(i, j);
    double union = (end[i] - start[i] + extra) + (end[j] - start[j] + extra) - intersection;
    return union > 0 ? intersection / union : 0;
  }
}
