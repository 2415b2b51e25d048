// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import dev.kairos.methods.apn.medoids.PseudoActions.PseudoAction;
import dev.kairos.methods.evaluation.BoundaryErrors;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Interval;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.tal.SnippetGrid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How good the pseudo actions of one recording are, held against its annotated instances. Serves
 * reports; no training may depend on it.
 */
public final class PseudoActionQuality {
  private final List<String> classNames;
  private final SnippetGrid grid;
  private final double duration;

  /**
   * For one recording.
   *
   * @param classNames classes in the order of their indices
   * @param grid how its snippets lie in time
   * @param duration of the recording in seconds, at which the last snippet is cut; infinity if it
   *     is not known
   */
  public PseudoActionQuality(List<String> classNames, SnippetGrid grid, double duration) {
    if (!(duration > 0)) {
      throw new IllegalArgumentException(
          "pseudo actions: the duration must be positive: " + duration);
    }
    this.classNames = List.copyOf(classNames);
    this.grid = grid;
    this.duration = duration;
  }

  /**
   * The pseudo actions as detections, one for each label, for an evaluation to score.
   *
   * @param rows the features of which they were made {@code [T, D]}
   * @throws IllegalArgumentException if rows and grid differ in length, or a label is no class
   */
  public List<Detection> detections(FeatureRows rows, PseudoActions found) {
    if (rows.count() != grid.length()) {
      throw new IllegalArgumentException(
          "pseudo actions: as many rows as snippets: " + rows.count() + " != " + grid.length());
    }
    double[] scores = scores(rows, found);
    List<Detection> detections = new ArrayList<>();
    for (int k = 0; k < scores.length; k++) {
      PseudoAction action = found.actions().get(k);
      for (int label : action.labels()) {
        detections.add(new Detection(name(label), segment(action.snippets()), scores[k]));
      }
    }
    return detections;
  }

  /**
   * How alike the snippets of each pseudo action are: the mean cosine to its medoid, where a row of
   * zeros has 0 with every row.
   *
   * @param rows the features of which they were made {@code [T, D]}
   * @return a score for each action
   */
  static double[] scores(FeatureRows rows, PseudoActions found) {
    DistanceMeasure cosine = FrameDistance.COSINE.on(rows);
    double[] medoid = new double[rows.width()];
    double[] scores = new double[found.actions().size()];
    for (int k = 0; k < scores.length; k++) {
      PseudoAction action = found.actions().get(k);
      cosine.prepare(action.medoid(), medoid);
      double sum = 0;
      for (int t = action.snippets().start(); t < action.snippets().end(); t++) {
        sum += cosine.distance(t, medoid);
      }
      scores[k] = 1 - sum / action.snippets().length();
    }
    return scores;
  }

  /**
   * How far the boundaries of pseudo actions are from those of the annotated instances that hold
   * their points. As a point is known to a snippet, the instance is the one of its class that
   * covers most of that snippet, of equal ones the first; a label without such an instance is
   * counted and left out.
   *
   * @param truth the annotated instances of the recording
   */
  public BoundaryErrors boundaryErrors(PseudoActions found, List<ActionInstance> truth) {
    BoundaryErrors errors = BoundaryErrors.NONE;
    for (PseudoAction action : found.actions()) {
      Segment segment = segment(action.snippets());
      for (int label : action.labels()) {
        Segment instance = instanceOf(action.point().snippet(), name(label), truth);
        errors =
            errors.plus(
                instance == null ? BoundaryErrors.missed(1) : BoundaryErrors.of(segment, instance));
      }
    }
    return errors;
  }

  private @Nullable Segment instanceOf(int snippet, String label, List<ActionInstance> truth) {
    double start = grid.seconds(snippet);
    double end = grid.seconds(snippet + 1);
    Segment best = null;
    double most = 0;
    for (ActionInstance each : truth) {
      Segment segment = each.segment();
      double covered = Math.min(end, segment.end()) - Math.max(start, segment.start());
      if (covered > most && each.label().equals(label)) {
        best = segment;
        most = covered;
      }
    }
    return best;
  }

  private String name(int label) {
    if (label >= classNames.size()) {
      throw new IllegalArgumentException(
          "pseudo actions: label "
              + label
              + " is not one of the "
              + classNames.size()
              + " classes");
    }
    return classNames.get(label);
  }

  /** A stretch of snippets in seconds, cut at the duration. */
  public Segment segment(Interval snippets) {
    return new Segment(seconds(snippets.start()), seconds(snippets.end()));
  }

  /** Where a snippet begins in seconds, at most the duration. */
  public double seconds(int snippet) {
    return Math.min(grid.seconds(snippet), duration);
  }
}
