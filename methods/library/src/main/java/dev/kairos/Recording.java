// SPDX-License-Identifier: Apache-2.0
package dev.kairos;

import dev.kairos.methods.data.Dataset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is known of a recording beside its features. Most methods learn from {@link #labels} alone,
 * {@code apn} from {@link #points}; where actions are is used to score, never to learn, but by a
 * method that is told to learn from it.
 *
 * @param id its name, unique among the recordings; no slash and nothing else that a file name
 *     cannot have
 * @param part whether it is to learn from or to score on
 * @param duration seconds; NaN where that is not known
 * @param subject who or what is recorded, so that subjects can be kept apart; may be empty
 * @param labels the classes that occur in it
 * @param points one marked moment of each action, where there are such
 * @param actions where actions are, as far as that is annotated
 * @since 0.1.0
 */
public record Recording(
    String id,
    Part part,
    double duration,
    String subject,
    Set<String> labels,
    List<Point> points,
    List<Action> actions) {
  /** What a recording is for. */
  public enum Part {
    /** To learn from. */
    TRAIN,
    /** To score on. */
    TEST
  }

  /** Copies the lists and checks the duration. */
  public Recording {
    labels = Set.copyOf(labels);
    points = List.copyOf(points);
    actions = List.copyOf(actions);
    if (!(Double.isNaN(duration) || (duration > 0 && Double.isFinite(duration)))) {
      throw new IllegalArgumentException(
          "recording '" + id + "': duration must be positive and finite: " + duration);
    }
  }

  /** A recording to learn from, of which nothing else is known yet. */
  public static Recording of(String id) {
    return new Recording(id, Part.TRAIN, Double.NaN, "", Set.of(), List.of(), List.of());
  }

  /** The same, in which these classes occur. */
  public Recording labels(String... classes) {
    return new Recording(id, part, duration, subject, Set.of(classes), points, actions);
  }

  /** The same with these marked moments. */
  public Recording points(Point... marked) {
    return new Recording(id, part, duration, subject, labels, List.of(marked), actions);
  }

  /** The same with these actions. */
  public Recording actions(Action... annotated) {
    return new Recording(id, part, duration, subject, labels, points, List.of(annotated));
  }

  /** The same of so many seconds. */
  public Recording duration(double seconds) {
    return new Recording(id, part, seconds, subject, labels, points, actions);
  }

  /** The same of this subject. */
  public Recording subject(String name) {
    return new Recording(id, part, duration, name, labels, points, actions);
  }

  /** The same, to score on and not to learn from. */
  public Recording forTest() {
    return new Recording(id, Part.TEST, duration, subject, labels, points, actions);
  }

  /** All classes that occur, by the actions, the labels and the points. */
  Set<String> allLabels() {
    return inside().labels();
  }

  dev.kairos.methods.data.Recording inside() {
    return new dev.kairos.methods.data.Recording(
        id,
        part == Part.TRAIN ? Dataset.TRAIN : Dataset.TEST,
        duration,
        Double.NaN,
        subject,
        actions.stream().map(Action::inside).toList(),
        new LinkedHashSet<>(labels.stream().sorted().toList()),
        points.stream().map(Point::inside).toList());
  }
}
