// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import dev.kairos.methods.tal.Interval;
import java.util.Arrays;

/**
 * A stretch of snippets with the one that is most like all others, its medoid. Distances to the
 * medoid are computed when they are first asked for and kept until it moves, as most medoids stay
 * after the first rounds.
 */
final class MedoidCluster {
  /** Values this close are equal, so that rounding does not choose among equal snippets. */
  private static final double TIE = 1e-9;

  private final DistanceMeasure measure;
  private final int from;
  private final double[] known; // of the snippets from "from" on, NaN where not computed
  private final double[] prepared; // [D], the medoid
  private int medoid = -1;
  private int first = -1;
  private int last = -1;
  private boolean isStale; // whether the medoid may not be that of the stretch

  /**
   * A cluster without snippets.
   *
   * @param from the first snippet whose distance may be asked for
   * @param to the last, included
   */
  MedoidCluster(DistanceMeasure measure, int from, int to) {
    this.measure = measure;
    this.from = from;
    this.known = new double[to - from + 1];
    this.prepared = new double[measure.rows.width()];
  }

  /** The first snippet. */
  int first() {
    return first;
  }

  /** The last snippet, included. */
  int last() {
    return last;
  }

  /** The snippet that stands for all. */
  int medoid() {
    return medoid;
  }

  Interval snippets() {
    return new Interval(first, last + 1);
  }

  /** Makes a snippet the medoid. */
  void begin(int snippet) {
    medoid = snippet;
    measure.prepare(snippet, prepared);
    Arrays.fill(known, Double.NaN);
  }

  /**
   * Gives the cluster the snippets {@code [newFirst, newLast]}; the medoid stays.
   *
   * @return whether that changes it
   */
  boolean hold(int newFirst, int newLast) {
    boolean changes = newFirst != first || newLast != last;
    first = newFirst;
    last = newLast;
    isStale |= changes;
    return changes;
  }

  /**
   * Moves the medoid to the snippet to which the distances of all sum to least.
   *
   * @param scratch at least as long as the cluster, overwritten
   */
  void updateMedoid(double[] scratch) {
    if (isStale) {
      isStale = false;
      measure.costs(first, last, scratch);
      int best = first + smallest(scratch, last - first + 1);
      if (best != medoid) {
        begin(best);
      }
    }
  }

  /** The distance of a snippet to the medoid. */
  double distance(int snippet) {
    int i = snippet - from;
    if (Double.isNaN(known[i])) {
      known[i] = measure.distance(snippet, prepared);
    }
    return known[i];
  }

  /** The sum of the distances of all snippets to the medoid. */
  double cost() {
    double sum = 0;
    for (int t = first; t <= last; t++) {
      sum += distance(t);
    }
    return sum;
  }

  /** The first of the values that is the smallest, but for rounding. */
  static int smallest(double[] values, int count) {
    double least = values[0];
    for (int i = 1; i < count; i++) {
      least = Math.min(least, values[i]);
    }
    int i = 0;
    while (values[i] > least + TIE) {
      i++;
    }
    return i;
  }
}
