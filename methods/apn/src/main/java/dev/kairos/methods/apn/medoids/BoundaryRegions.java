// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import dev.kairos.methods.tal.Interval;
import java.util.List;

/**
 * The snippets that count as start or end of an action: its first or last one, and those within a
 * tenth of its length of that. The label of boundary probabilities, and where features of starts
 * and ends are gathered.
 *
 * <p>A region {@code |t - a| < h} is around the boundary's snippet, not its edge: around the edge,
 * the smallest region would cover two snippets by half and neither by more, and short actions would
 * have no label.
 *
 * <p>Source: the paper; Lin et al., "BSN", ECCV 2018.
 *
 * @param least the smallest h in snippets, positive: 0.5 for the boundary's snippet alone, 1.5 for
 *     three
 */
public record BoundaryRegions(double least) {
  private static final double PART = 10; // of an action's length
  private static final double ROUNDING = 1e-12;

  /** Regions of at least the boundary's snippet. */
  public static final BoundaryRegions DEFAULT = new BoundaryRegions(0.5);

  /** Checks that the size is positive. */
  public BoundaryRegions {
    if (!(least > 0 && least < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "boundary regions: the smallest must be positive: " + least);
    }
  }

  /**
   * The snippets around the first one of an action.
   *
   * @param length number of snippets, T
   * @throws IllegalArgumentException if the action is empty or not in {@code [0, T)}
   */
  public Interval start(Interval action, int length) {
    return around(action.start(), action, length);
  }

  /**
   * The snippets around the last one of an action.
   *
   * @param length number of snippets, T
   * @throws IllegalArgumentException if the action is empty or not in {@code [0, T)}
   */
  public Interval end(Interval action, int length) {
    return around(action.end() - 1, action, length);
  }

  private Interval around(int snippet, Interval action, int length) {
    if (action.length() == 0 || action.end() > length) {
      throw new IllegalArgumentException(
          "boundary regions: an action must hold a snippet and lie in [0, "
              + length
              + "): "
              + action);
    }
    double half = Math.max(least, action.length() / PART);
    int beside = (int) Math.min(length, Math.ceil(half - ROUNDING) - 1); // the last below h
    return new Interval(Math.max(0, snippet - beside), Math.min(length, snippet + beside + 1));
  }

  /**
   * Which snippets are the start of an action.
   *
   * @param length number of snippets, T
   * @return {@code [T]}, 1 or 0
   * @throws IllegalArgumentException if an action is empty or not in {@code [0, T)}
   */
  public float[] startLabels(List<Interval> actions, int length) {
    return labels(actions.stream().map(action -> start(action, length)).toList(), length);
  }

  /**
   * Which snippets are the end of an action.
   *
   * @param length number of snippets, T
   * @return {@code [T]}, 1 or 0
   * @throws IllegalArgumentException if an action is empty or not in {@code [0, T)}
   */
  public float[] endLabels(List<Interval> actions, int length) {
    return labels(actions.stream().map(action -> end(action, length)).toList(), length);
  }

  private static float[] labels(List<Interval> regions, int length) {
    float[] labels = new float[length];
    for (Interval region : regions) {
      for (int t = region.start(); t < region.end(); t++) {
        labels[t] = 1;
      }
    }
    return labels;
  }
}
