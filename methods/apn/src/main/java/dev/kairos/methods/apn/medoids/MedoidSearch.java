// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import dev.kairos.methods.apn.medoids.ConstrainedMedoids.Mode;
import dev.kairos.methods.apn.medoids.ConstrainedMedoids.Options;
import dev.kairos.methods.apn.medoids.PseudoActions.BackgroundInstance;
import dev.kairos.methods.apn.medoids.PseudoActions.PseudoAction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The clusters of one recording while they are sought: {@link #start}, then {@link #assign} and
 * {@link #updateMedoids} in turn. Action k lies around point k, counted from 0; gap k is what lies
 * between it and the point before, and the last gap follows the last point. An open gap has a
 * cluster of background. One that is not open is divided between the actions beside it, and belongs
 * to the only one at either end of the recording. Serves one thread.
 */
final class MedoidSearch {
  private final MarkedPoints points;
  private final int length; // T
  private final int reach;
  private final List<MedoidCluster> actions = new ArrayList<>();
  private final List<@Nullable MedoidCluster> gaps = new ArrayList<>(); // null where not open
  private final List<Integer> divisions = new ArrayList<>();
  private final double[] scratch; // [T]

  MedoidSearch(FeatureRows rows, MarkedPoints points, Options options) {
    this.points = points;
    this.length = rows.count();
    this.reach = Math.min(options.reach(), length);
    this.scratch = new double[length];
    DistanceMeasure measure = options.distance().on(rows);
    int count = points.count();
    for (int k = 0; k < count; k++) {
      actions.add(new MedoidCluster(measure, gapStart(k), gapEnd(k + 1)));
    }
    for (int g = 0; g <= count; g++) {
      boolean open = gapEnd(g) - gapStart(g) + 1 >= leastGap(g, options);
      gaps.add(open ? new MedoidCluster(measure, gapStart(g), gapEnd(g)) : null);
    }
  }

  private int gapStart(int g) {
    return g == 0 ? 0 : points.snippet(g - 1) + 1;
  }

  /** The last snippet of a gap, included. */
  private int gapEnd(int g) {
    return (g == points.count() ? length : points.snippet(g)) - 1;
  }

  /** How many snippets open a gap. */
  private int leastGap(int g, Options options) {
    if (options.mode() == Mode.SPLIT_ONLY) {
      return Integer.MAX_VALUE;
    }
    if (g == 0 || g == points.count()) {
      return 1;
    }
    boolean same = points.points().get(g - 1).sharesLabel(points.points().get(g));
    return same ? options.leastGapSame() : options.leastGapDifferent();
  }

  /** The clusters of the actions, in time order. */
  List<MedoidCluster> actions() {
    return actions;
  }

  /** The clusters of background, one more than actions; null where a gap is not open. */
  List<@Nullable MedoidCluster> gaps() {
    return gaps;
  }

  /**
   * Makes the points medoids, divides what lies between them, and makes the snippet of each open
   * gap that is farthest from its side's medoid that of the background.
   */
  void start() {
    for (int k = 0; k < actions.size(); k++) {
      actions.get(k).begin(points.snippet(k));
    }
    for (int k = 0; k + 1 < actions.size(); k++) {
      divisions.add(
          division(
              actions.get(k), actions.get(k + 1), points.snippet(k), points.snippet(k + 1) - 1));
    }
    for (int g = 0; g < gaps.size(); g++) {
      MedoidCluster gap = gaps.get(g);
      if (gap != null) {
        int from = gapStart(g);
        int count = gapEnd(g) - from + 1;
        for (int i = 0; i < count; i++) {
          scratch[i] = -actions.get(side(g, from + i)).distance(from + i);
        }
        gap.begin(from + MedoidCluster.smallest(scratch, count));
      }
    }
  }

  /** The action to whose side of a gap a snippet was divided. */
  private int side(int g, int snippet) {
    boolean isRight = g == 0 || (g < actions.size() && snippet > divisions.get(g - 1));
    return isRight ? g : g - 1;
  }

  /**
   * Gives each snippet to a cluster, so that the distances to the medoids, which stay, sum to
   * least.
   *
   * @return whether that changes a cluster
   */
  boolean assign() {
    boolean changes = false;
    int start = 0; // of the action, as a gap before it that is not open says
    for (int k = 0; k < actions.size(); k++) {
      MedoidCluster action = actions.get(k);
      MedoidCluster left = gaps.get(k);
      if (left != null) {
        int from = Math.max(left.medoid(), points.snippet(k) - reach - 1);
        start = 1 + division(left, action, from, lowest(k) - 1); // backward
      }
      int end = end(k);
      changes |= action.hold(start, end);
      start = end + 1;
    }
    for (int g = 0; g < gaps.size(); g++) {
      MedoidCluster gap = gaps.get(g);
      if (gap != null) {
        int from = g == 0 ? 0 : actions.get(g - 1).last() + 1;
        int to = (g == actions.size() ? length : actions.get(g).first()) - 1;
        gap.hold(from, to); // changes with the actions only
      }
    }
    return changes;
  }

  /** The last snippet of an action. */
  private int end(int k) {
    MedoidCluster right = gaps.get(k + 1);
    if (right != null) {
      int to = Math.min(right.medoid() - 1, points.snippet(k) + reach);
      return division(actions.get(k), right, highest(k), to); // forward
    }
    return k + 1 == actions.size()
        ? length - 1
        : division(actions.get(k), actions.get(k + 1), highest(k), lowest(k + 1) - 1);
  }

  /** The first snippet that belongs to an action in any case. */
  private int lowest(int k) {
    return Math.min(points.snippet(k), actions.get(k).medoid());
  }

  /** The last snippet that belongs to an action in any case. */
  private int highest(int k) {
    return Math.max(points.snippet(k), actions.get(k).medoid());
  }

  /**
   * The last snippet of {@code [from, to]} that goes to the left cluster, where those up to it do
   * and all later ones go to the right: the one that makes the sum of distances least. Only
   * differences matter, so that one running sum tells.
   */
  private int division(MedoidCluster left, MedoidCluster right, int from, int to) {
    double sum = 0; // "from" itself goes to the left in any case
    scratch[0] = sum;
    for (int t = from + 1; t <= to; t++) {
      sum += left.distance(t) - right.distance(t);
      scratch[t - from] = sum;
    }
    return from + MedoidCluster.smallest(scratch, to - from + 1);
  }

  /** Moves the medoids to where the distances in their clusters sum to least. */
  void updateMedoids() {
    for (MedoidCluster action : actions) {
      action.updateMedoid(scratch);
    }
    for (MedoidCluster gap : gaps) {
      if (gap != null) {
        gap.updateMedoid(scratch);
      }
    }
  }

  /** The sum of the distances of all snippets to the medoids of their clusters. */
  double cost() {
    double sum = 0;
    for (MedoidCluster action : actions) {
      sum += action.cost();
    }
    for (MedoidCluster gap : gaps) {
      sum += gap == null ? 0 : gap.cost();
    }
    return sum;
  }

  /** What was found after so many rounds. */
  PseudoActions result(int rounds) {
    List<PseudoAction> found = new ArrayList<>();
    for (int k = 0; k < actions.size(); k++) {
      MedoidCluster action = actions.get(k);
      found.add(new PseudoAction(points.points().get(k), action.snippets(), action.medoid()));
    }
    List<BackgroundInstance> background = new ArrayList<>();
    for (MedoidCluster gap : gaps) {
      if (gap != null) {
        background.add(new BackgroundInstance(gap.snippets(), gap.medoid()));
      }
    }
    return new PseudoActions(found, background, divisions, rounds);
  }
}
