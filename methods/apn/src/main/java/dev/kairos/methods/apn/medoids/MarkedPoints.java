// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import dev.kairos.methods.apn.medoids.MarkedPoints.MarkedPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The points of one recording, those on the same snippet made one: a proposal can then hold exactly
 * one point although an action was annotated under two names.
 *
 * @param points by ascending snippet, of which each has one point at most
 */
public record MarkedPoints(List<MarkedPoint> points) {

  /**
   * A snippet that lies inside an action, and all classes of that action.
   *
   * @param snippet at least 0
   * @param labels class indices, ascending and distinct, at least one
   */
  public record MarkedPoint(int snippet, List<Integer> labels) {
    /** Checks the snippet and the order of the labels. */
    public MarkedPoint {
      labels = List.copyOf(labels);
      if (snippet < 0 || labels.isEmpty()) {
        throw new IllegalArgumentException(
            "points: needs a snippet from 0 on and a label: snippet " + snippet + " " + labels);
      }
      for (int i = 0; i < labels.size(); i++) {
        if (labels.get(i) < 0 || (i > 0 && labels.get(i) <= labels.get(i - 1))) {
          throw new IllegalArgumentException(
              "points: labels must be class indices in ascending order: " + labels);
        }
      }
    }

    /** Whether both have a label in common. */
    boolean sharesLabel(MarkedPoint other) {
      return labels.stream().anyMatch(other.labels::contains);
    }
  }

  /**
   * Two names for what may be one action.
   *
   * @param one a class index
   * @param other another
   */
  public record AliasPair(int one, int other) {
    /** Checks that the classes differ. */
    public AliasPair {
      if (one < 0 || other < 0 || one == other) {
        throw new IllegalArgumentException(
            "points: an alias pair needs two different classes: " + one + ", " + other);
      }
    }

    /** Whether each side holds exactly one of the two classes, and not the same one. */
    private boolean completes(SortedSet<Integer> left, SortedSet<Integer> right) {
      return left.contains(one) != left.contains(other)
          && right.contains(one) != right.contains(other)
          && left.contains(one) != right.contains(one);
    }
  }

  /** Checks that the snippets ascend. */
  public MarkedPoints {
    points = List.copyOf(points);
    for (int k = 1; k < points.size(); k++) {
      if (points.get(k).snippet() <= points.get(k - 1).snippet()) {
        throw new IllegalArgumentException(
            "points: snippets must ascend, one point each: "
                + points.get(k - 1).snippet()
                + " before "
                + points.get(k).snippet());
      }
    }
  }

  /**
   * Merges the points of one snippet into one with all their labels.
   *
   * @param snippets of the points, in any order
   * @param labels the class index of each
   * @throws IllegalArgumentException if there are not as many labels as snippets, or one of them is
   *     negative
   */
  public static MarkedPoints of(int[] snippets, int[] labels) {
    return of(snippets, labels, List.of(), 0);
  }

  /**
   * Merges the points of one snippet into one with all their labels, and then neighbours whose
   * labels are two names of one action: from left to right onto the earlier snippet, where each
   * holds exactly one name of a pair, and not the same. What was merged is compared with the next
   * again.
   *
   * @param snippets of the points, in any order
   * @param labels the class index of each
   * @param aliases which classes may be names of one action
   * @param aliasDistance up to how many snippets apart two neighbours are merged; 0 for never
   * @throws IllegalArgumentException if there are not as many labels as snippets, or a number is
   *     negative
   */
  public static MarkedPoints of(
      int[] snippets, int[] labels, List<AliasPair> aliases, int aliasDistance) {
    if (snippets.length != labels.length || aliasDistance < 0) {
      throw new IllegalArgumentException(
          "points: needs a label for each snippet and an alias distance from 0 on: "
              + snippets.length
              + " snippets, "
              + labels.length
              + " labels, distance "
              + aliasDistance);
    }
    TreeMap<Integer, SortedSet<Integer>> bySnippet = new TreeMap<>();
    for (int i = 0; i < snippets.length; i++) {
      bySnippet.computeIfAbsent(snippets[i], snippet -> new TreeSet<>()).add(labels[i]);
    }
    TreeMap<Integer, SortedSet<Integer>> merged = new TreeMap<>();
    bySnippet.forEach(
        (snippet, own) -> {
          Map.Entry<Integer, SortedSet<Integer>> before = merged.lastEntry();
          if (before != null
              && snippet - before.getKey() <= aliasDistance
              && aliases.stream().anyMatch(pair -> pair.completes(before.getValue(), own))) {
            before.getValue().addAll(own);
          } else {
            merged.put(snippet, own);
          }
        });
    List<MarkedPoint> points = new ArrayList<>();
    merged.forEach((snippet, own) -> points.add(new MarkedPoint(snippet, List.copyOf(own))));
    return new MarkedPoints(points);
  }

  /** How many there are. */
  public int count() {
    return points.size();
  }

  /** The snippet of a point, counted from 0. */
  public int snippet(int point) {
    return points.get(point).snippet();
  }
}
