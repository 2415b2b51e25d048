// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import dev.kairos.methods.apn.medoids.MarkedPoints.MarkedPoint;
import dev.kairos.methods.apn.medoids.PseudoActions.BackgroundInstance;
import dev.kairos.methods.apn.medoids.PseudoActions.PseudoAction;
import dev.kairos.methods.tal.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes pseudo actions of the class probabilities of snippets: each stretch between two points is
 * parted into an end of the left action, background and a beginning of the right action, of which
 * any may be empty, so that the product of the probabilities of what each snippet goes to is
 * largest, where background has the same probability everywhere. Two actions of different classes
 * may touch, and do where their probabilities cross above that of background; between two of one
 * class one snippet at least is background. A recording takes time {@code T D}. What stands for an
 * action as its medoid is the snippet that is most probable, for background its first.
 *
 * <p>Not in the paper. Medoids of class probabilities shrink as the classes are learned: snippets
 * at the ends of an action, where no class is probable, are less like its middle than like
 * background. Here they stay with their action while its class is more probable than background and
 * than the neighbour's. That actions grow from points by the probability of their class is an idea
 * of SF-Net (Ma et al., ECCV 2020). Immutable: recordings may be parted by several threads.
 */
public final class ProbableActions implements ActionRule {
  /** Sums this close are equal, so that rounding does not choose among equal snippets. */
  private static final double TIE = 1e-9;

  /** Probabilities are taken to be no less, so that logarithms stay finite. */
  private static final double LEAST = 1e-9;

  private final double background; // the logarithm of its probability
  private final int reach;

  /**
   * By a probability of background.
   *
   * @param background the probability of background in every snippet, in (0, 1)
   * @param reach how many snippets an action may extend on either side of its point
   */
  public ProbableActions(double background, int reach) {
    if (!(background > 0 && background < 1) || reach < 0) {
      throw new IllegalArgumentException(
          "pseudo actions: needs a background in (0, 1) and a reach from 0 on: "
              + background
              + ", "
              + reach);
    }
    this.background = StrictMath.log(Math.max(background, LEAST));
    this.reach = reach;
  }

  @Override
  public PseudoActions cluster(FeatureRows rows, MarkedPoints points) {
    int count = points.count();
    int length = rows.count();
    if (count == 0) {
      return PseudoActions.NONE;
    }
    int latest = points.snippet(count - 1);
    if (latest >= length) {
      throw new IllegalArgumentException(
          "pseudo actions: a point lies on snippet " + latest + " of " + length);
    }
    double[][] gains = new double[count][]; // of each action from the point before to that after
    double[] row = new double[rows.width()];
    for (int k = 0; k < count; k++) {
      gains[k] = gains(rows, points, k, row);
    }
    int[] first = new int[count];
    int[] last = new int[count];
    List<Integer> divisions = new ArrayList<>();
    first[0] = begin(gains[0], 0, points.snippet(0));
    for (int k = 0; k + 1 < count; k++) {
      divisions.add(part(points, k, gains[k], gains[k + 1], last, first));
    }
    last[count - 1] =
        end(gains[count - 1], from(points, count - 1), points.snippet(count - 1), length);
    return result(points, gains, first, last, divisions, length);
  }

  private static int from(MarkedPoints points, int k) {
    return k == 0 ? 0 : points.snippet(k - 1);
  }

  /** Log odds of the action against background, from the point before it to that after it. */
  private double[] gains(FeatureRows rows, MarkedPoints points, int k, double[] row) {
    int from = from(points, k);
    int to = k + 1 == points.count() ? rows.count() : points.snippet(k + 1) + 1;
    double[] gains = new double[to - from];
    for (int t = from; t < to; t++) {
      rows.finiteSquaredNorm(t);
      Arrays.fill(row, 0);
      rows.addTo(t, 1, row);
      double most = 0;
      for (int label : points.points().get(k).labels()) {
        most = Math.max(most, row[label]);
      }
      gains[t - from] = StrictMath.log(Math.max(most, LEAST)) - background;
    }
    return gains;
  }

  /** The first snippet of the first action. */
  private int begin(double[] gains, int from, int point) {
    int best = point;
    double most = 0;
    double sum = 0;
    for (int t = point - 1; t >= Math.max(0, point - reach); t--) {
      sum += gains[t - from];
      if (sum > most + TIE) {
        most = sum;
        best = t;
      }
    }
    return best;
  }

  /** The last snippet of the last action. */
  private int end(double[] gains, int from, int point, int length) {
    int best = point;
    double most = 0;
    double sum = 0;
    for (int t = point + 1; t < length && t <= (long) point + reach; t++) {
      sum += gains[t - from];
      if (sum > most + TIE) {
        most = sum;
        best = t;
      }
    }
    return best;
  }

  /**
   * Finds where action k ends and the next begins.
   *
   * @return the last snippet that goes with the left one if there were no background
   */
  private int part(
      MarkedPoints points, int k, double[] left, double[] right, int[] last, int[] first) {
    int from = points.snippet(k);
    int to = points.snippet(k + 1);
    int leftFrom = from(points, k);
    boolean same = points.points().get(k).sharesLabel(points.points().get(k + 1));
    int apart = same && to - from > 1 ? 2 : 1;
    double after = 0; // what the right action gains from the snippet on
    for (int t = Math.max(from + 1, to - reach); t < to; t++) {
      after += right[t - from];
    }
    // The right action from t on, the left one to the best snippet that is far enough before.
    double before = 0;
    double mostBefore = 0;
    int bestBefore = from;
    int next = from + 1; // snippet that may be added to the left one
    double most = Double.NEGATIVE_INFINITY;
    for (int t = from + 1; t <= to; t++) {
      while (next <= t - apart && next <= (long) from + reach) {
        before += left[next - leftFrom];
        if (before > mostBefore + TIE) {
          mostBefore = before;
          bestBefore = next;
        }
        next++;
      }
      if (t >= to - reach && t >= from + apart && mostBefore + after > most + TIE) {
        most = mostBefore + after;
        last[k] = bestBefore;
        first[k + 1] = t;
      }
      if (t >= to - reach && t < to) {
        after -= right[t - from];
      }
    }
    double sum = 0;
    double best = 0;
    int division = from;
    for (int t = from + 1; t < to; t++) {
      sum += left[t - leftFrom] - right[t - from];
      if (sum > best + TIE) {
        best = sum;
        division = t;
      }
    }
    return division;
  }

  private static PseudoActions result(
      MarkedPoints points,
      double[][] gains,
      int[] first,
      int[] last,
      List<Integer> divisions,
      int length) {
    List<PseudoAction> actions = new ArrayList<>();
    List<BackgroundInstance> backgrounds = new ArrayList<>();
    int before = 0;
    for (int k = 0; k < points.count(); k++) {
      MarkedPoint point = points.points().get(k);
      if (first[k] > before) {
        backgrounds.add(new BackgroundInstance(new Interval(before, first[k]), before));
      }
      int from = from(points, k);
      int medoid = point.snippet();
      for (int t = first[k]; t <= last[k]; t++) {
        if (gains[k][t - from] > gains[k][medoid - from] + TIE) {
          medoid = t;
        }
      }
      before = last[k] + 1;
      actions.add(new PseudoAction(point, new Interval(first[k], before), medoid));
    }
    if (before < length) {
      backgrounds.add(new BackgroundInstance(new Interval(before, length), before));
    }
    return new PseudoActions(actions, backgrounds, divisions, 1);
  }
}
