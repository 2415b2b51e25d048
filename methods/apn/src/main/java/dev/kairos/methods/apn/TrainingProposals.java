// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.methods.apn.medoids.PseudoActions;
import dev.kairos.methods.apn.medoids.PseudoActions.PseudoAction;
import dev.kairos.methods.tal.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The proposals of a recording that can train: those that hold exactly one point, each with that
 * point's pseudo action and how much they overlap.
 *
 * <p>Source: the paper, section 3.4. The pseudo actions themselves are proposals too: early in a
 * training hardly another one is complete.
 */
final class TrainingProposals {
  private final List<Interval> intervals;
  private final List<PseudoAction> actions;
  private final int found; // of the intervals; those after are pseudo actions

  private TrainingProposals(List<Interval> intervals, List<PseudoAction> actions, int found) {
    this.intervals = intervals;
    this.actions = actions;
    this.found = found;
  }

  /**
   * The proposals with exactly one point, then the pseudo actions that are not among them.
   *
   * @param labels of the recording
   * @param length of the recording in snippets
   * @param withPseudoActions whether they are added
   */
  static TrainingProposals of(
      BoundaryProposals proposals, PseudoActions labels, int length, boolean withPseudoActions) {
    List<PseudoAction> actions = labels.actions();
    int[] before = new int[length + 1]; // points before each snippet
    for (int t = 0, k = 0; t < length; t++) {
      boolean marked = k < actions.size() && actions.get(k).point().snippet() == t;
      k += marked ? 1 : 0;
      before[t + 1] = k;
    }
    List<Interval> intervals = new ArrayList<>();
    List<PseudoAction> owners = new ArrayList<>();
    Set<Interval> known = new HashSet<>();
    for (int p = 0; p < proposals.count(); p++) {
      int first = proposals.first(p);
      int end = proposals.last(p) + 1;
      if (before[end] - before[first] == 1) {
        Interval interval = new Interval(first, end);
        intervals.add(interval);
        known.add(interval);
        owners.add(actions.get(before[first]));
      }
    }
    int found = intervals.size();
    if (withPseudoActions) {
      for (PseudoAction action : actions) {
        if (known.add(action.snippets())) {
          intervals.add(action.snippets());
          owners.add(action);
        }
      }
    }
    return new TrainingProposals(intervals, owners, found);
  }

  /** How many. */
  int count() {
    return intervals.size();
  }

  /** The snippets of a proposal. */
  Interval interval(int proposal) {
    return intervals.get(proposal);
  }

  /** The pseudo action of its point. */
  PseudoAction action(int proposal) {
    return actions.get(proposal);
  }

  /** The classes of its point. */
  List<Integer> labels(int proposal) {
    return actions.get(proposal).labels();
  }

  /** Its tIoU with the pseudo action of its point. */
  double overlap(int proposal) {
    Interval own = interval(proposal);
    Interval other = action(proposal).snippets();
    return Overlap.of(own.start(), own.end(), other.start(), other.end());
  }

  /** Whether it is a pseudo action itself. */
  boolean isPseudoAction(int proposal) {
    return proposal >= found || interval(proposal).equals(action(proposal).snippets());
  }

  /** Some of them, by ascending numbers. */
  TrainingProposals select(int[] chosen) {
    return new TrainingProposals(
        Arrays.stream(chosen).mapToObj(intervals::get).toList(),
        Arrays.stream(chosen).mapToObj(actions::get).toList(),
        (int) Arrays.stream(chosen).filter(p -> p < found).count());
  }

  /** The values of all. */
  double[] overlaps() {
    double[] values = new double[count()];
    Arrays.setAll(values, this::overlap);
    return values;
  }
}
