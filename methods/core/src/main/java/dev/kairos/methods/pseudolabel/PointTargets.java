// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import dev.kairos.methods.training.TrainingData.Point;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Snippet targets from one marked moment for each action. A marked snippet is of its class. Between
 * two marked snippets only their two classes can occur, so all others are ruled out there. With the
 * network's present scores, two more groups are guessed: an action reaches from its mark to both
 * sides as far as its class scores high; and snippets without a mark nearby at which every possible
 * class scores low are background, as is the lowest one between two marks of one class, where an
 * action must have ended and another begun.
 */
public final class PointTargets {
  private final Options options;
  private final int snippets;
  private final int classes;
  private final List<Point> points;

  /**
   * What is guessed, and what each group of entries weighs in all.
   *
   * @param growThreshold score down to which an action reaches from its mark
   * @param growWeight of snippets reached in that way
   * @param backgroundThreshold score below which a snippet is taken for background
   * @param backgroundWeight of those snippets
   * @param absentWeight of classes that cannot occur between two marks
   * @param radius snippets beside a mark that are never taken for background
   */
  public record Options(
      double growThreshold,
      double growWeight,
      double backgroundThreshold,
      double backgroundWeight,
      double absentWeight,
      int radius) {

    /** Actions of scores from 0.9 on, background below 0.3, all groups alike. */
    public static Options standard() {
      return new Options(0.9, 1, 0.3, 1, 1, 2);
    }
  }

  /**
   * Targets of one recording.
   *
   * @param points marks on its S snippets, at least one
   */
  public PointTargets(Options options, int snippets, int classes, List<Point> points) {
    this.options = options;
    this.snippets = snippets;
    this.classes = classes;
    this.points = points.stream().sorted(Comparator.comparingInt(Point::snippet)).toList();
  }

  /**
   * The targets with guesses.
   *
   * @param scores present probabilities {@code [S,C]}
   */
  public SnippetTargets of(double[] scores) {
    boolean[] possible = possible();
    int[] owner = grown(scores);
    boolean[] marked = new boolean[snippets];
    points.forEach(p -> marked[p.snippet()] = true);
    boolean[] background = background(scores, possible, owner);
    SnippetTargets targets = new SnippetTargets(snippets, classes);
    for (int s = 0; s < snippets; s++) {
      for (int c = 0; c < classes; c++) {
        if (!possible[s * classes + c]) {
          targets.set(s, c, 0, options.absentWeight() / snippets);
        }
      }
    }
    int guessed = count(s -> owner[s] >= 0 && !marked[s]);
    int empty = count(s -> background[s]);
    for (int s = 0; s < snippets; s++) {
      if (background[s]) {
        row(targets, s, -1, options.backgroundWeight() / empty);
      } else if (owner[s] >= 0 && !marked[s]) {
        row(targets, s, owner[s], options.growWeight() / guessed);
      }
    }
    double each = 1.0 / count(s -> marked[s]);
    for (int s = 0; s < snippets; s++) {
      if (marked[s]) {
        row(targets, s, -1, each);
      }
    }
    points.forEach(p -> targets.set(p.snippet(), p.label(), 1, each));
    return targets;
  }

  private int count(IntPredicate members) {
    return (int) IntStream.range(0, snippets).filter(members).count();
  }

  private void row(SnippetTargets targets, int snippet, int label, double weight) {
    for (int c = 0; c < classes; c++) {
      targets.set(snippet, c, c == label ? 1 : 0, weight);
    }
  }

  /** The classes of the marks on either side, {@code [S,C]}. */
  private boolean[] possible() {
    boolean[] possible = new boolean[snippets * classes];
    for (Point p : points) {
      int from =
          points.stream().mapToInt(Point::snippet).filter(s -> s < p.snippet()).max().orElse(0);
      int to =
          points.stream()
              .mapToInt(Point::snippet)
              .filter(s -> s > p.snippet())
              .min()
              .orElse(snippets - 1);
      for (int s = from; s <= to; s++) {
        possible[s * classes + p.label()] = true;
      }
    }
    return possible;
  }

  /** The class that reaches to each snippet from its mark, or -1. */
  private int[] grown(double[] scores) {
    int[] owner = new int[snippets];
    Arrays.fill(owner, -1);
    boolean[] marked = new boolean[snippets];
    for (Point p : points) {
      marked[p.snippet()] = true;
      owner[p.snippet()] = p.label();
    }
    for (Point p : points) {
      for (int step = -1; step <= 1; step += 2) {
        for (int s = p.snippet() + step; s >= 0 && s < snippets && !marked[s]; s += step) {
          double score = scores[s * classes + p.label()];
          if (score < options.growThreshold()
              || (owner[s] >= 0 && scores[s * classes + owner[s]] >= score)) {
            break;
          }
          owner[s] = p.label();
        }
      }
    }
    return owner;
  }

  private boolean[] background(double[] scores, boolean[] possible, int[] owner) {
    double[] highest = new double[snippets];
    for (int i = 0; i < scores.length; i++) {
      if (possible[i]) {
        highest[i / classes] = Math.max(highest[i / classes], scores[i]);
      }
    }
    boolean[] background = new boolean[snippets];
    for (int s = 0; s < snippets; s++) {
      int here = s;
      boolean far = points.stream().allMatch(p -> Math.abs(p.snippet() - here) > options.radius());
      background[s] = far && owner[s] < 0 && highest[s] < options.backgroundThreshold();
    }
    for (int i = 0; i + 1 < points.size(); i++) {
      Point left = points.get(i);
      Point right = points.get(i + 1);
      if (left.label() == right.label()) {
        IntStream.range(left.snippet() + 1, right.snippet())
            .boxed()
            .min(Comparator.comparingDouble(s -> scores[s * classes + left.label()]))
            .ifPresent(s -> background[s] = true);
      }
    }
    return background;
  }
}
