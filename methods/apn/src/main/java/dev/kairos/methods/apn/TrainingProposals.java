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
import org.jspecify.annotations.Nullable;

/**
 * The proposals of a recording that train: those that hold exactly one point, each with that
 * point's pseudo action and how much they overlap; or all, of which the others say no class, and
 * are complete as far as they overlap some pseudo action.
 *
 * <p>Source: the paper, section 3.4, which takes those with one point. Then nothing says that a
 * proposal of background, or of two actions, is none. The pseudo actions themselves are proposals
 * too: early in a training hardly another one is complete.
 */
final class TrainingProposals {
  /** Which proposals train. */
  enum Kind {
    /** Those that hold exactly one point. */
    ONE_POINT,
    /** All. */
    ALL
  }

  /**
   * One of them.
   *
   * @param interval its snippets
   * @param action the pseudo action of its point, or else the one that it overlaps most; null where
   *     it overlaps none
   * @param hasPoint whether it holds exactly one point
   * @param overlap its tIoU with the action
   */
  record One(Interval interval, @Nullable PseudoAction action, boolean hasPoint, double overlap) {
    /** The classes in which it is complete to some degree. */
    List<Integer> labels() {
      return action == null ? List.of() : action.labels();
    }

    /** Whether it is a pseudo action itself. */
    boolean isPseudoAction() {
      return action != null && interval.equals(action.snippets());
    }
  }

  private final List<One> all;

  private TrainingProposals(List<One> all) {
    this.all = all;
  }

  /**
   * The proposals in their order, then the pseudo actions that are not among them.
   *
   * @param labels of the recording
   * @param length of the recording in snippets
   * @param withPseudoActions whether they are added
   */
  static TrainingProposals of(
      BoundaryProposals proposals,
      PseudoActions labels,
      int length,
      Kind kind,
      boolean withPseudoActions) {
    List<PseudoAction> actions = labels.actions();
    int[] before = pointsBefore(actions, length);
    List<One> found = new ArrayList<>();
    Set<Interval> known = new HashSet<>();
    for (int p = 0; p < proposals.count(); p++) {
      Interval interval = new Interval(proposals.first(p), proposals.last(p) + 1);
      int from = before[interval.start()];
      int to = before[interval.end()];
      if (to - from == 1) {
        PseudoAction own = actions.get(from);
        found.add(new One(interval, own, true, overlap(interval, own)));
        known.add(interval);
      } else if (kind == Kind.ALL) {
        found.add(best(interval, actions, from - 1, to));
      }
    }
    if (withPseudoActions) {
      for (PseudoAction action : actions) {
        if (known.add(action.snippets())) {
          found.add(new One(action.snippets(), action, true, 1));
        }
      }
    }
    return new TrainingProposals(found);
  }

  private static int[] pointsBefore(List<PseudoAction> actions, int length) {
    int[] before = new int[length + 1];
    int k = 0;
    for (int t = 0; t < length; t++) {
      k += k < actions.size() && actions.get(k).point().snippet() == t ? 1 : 0;
      before[t + 1] = k;
    }
    return before;
  }

  /** With the action that it overlaps most, of those whose points lie in it or next to it. */
  private static One best(Interval interval, List<PseudoAction> actions, int from, int to) {
    PseudoAction best = null;
    double most = 0;
    for (int k = Math.max(0, from); k <= Math.min(to, actions.size() - 1); k++) {
      double overlap = overlap(interval, actions.get(k));
      if (overlap > most) {
        best = actions.get(k);
        most = overlap;
      }
    }
    return new One(interval, best, false, most);
  }

  private static double overlap(Interval own, PseudoAction action) {
    Interval other = action.snippets();
    return Overlap.of(own.start(), own.end(), other.start(), other.end());
  }

  /** All of them, in order. */
  List<One> all() {
    return all;
  }

  /** How many. */
  int count() {
    return all.size();
  }

  /** Some of them, by ascending numbers. */
  TrainingProposals select(int[] chosen) {
    return new TrainingProposals(Arrays.stream(chosen).mapToObj(all::get).toList());
  }
}
