// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.tal.ActionInstance;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A recording of a data set, without its features.
 *
 * @param id its name, also of its feature files
 * @param subset for example {@code train} or {@code test}
 * @param duration seconds, or NaN where the annotation does not say
 * @param fps frames per second of its own, or NaN where it has those of its data set
 * @param subject who or what is recorded, so that folds can part subjects; may be empty
 * @param instances annotated actions in file order
 * @param labelsAlone classes that are said to occur, without saying where
 * @param points point labels in file order, empty where there are none
 */
public record Recording(
    String id,
    String subset,
    double duration,
    double fps,
    String subject,
    List<ActionInstance> instances,
    Set<String> labelsAlone,
    List<PointLabel> points) {
  /** Copies the lists and checks that duration and rate are positive or unknown. */
  public Recording {
    requirePositive(id, "duration", duration);
    requirePositive(id, "fps", fps);
    instances = List.copyOf(instances);
    labelsAlone = Collections.unmodifiableSet(new LinkedHashSet<>(labelsAlone));
    points = List.copyOf(points);
  }

  /** A recording of which nothing else is known. */
  public Recording(
      String id,
      String subset,
      double duration,
      List<ActionInstance> instances,
      List<PointLabel> points) {
    this(id, subset, duration, Double.NaN, "", instances, Set.of(), points);
  }

  /**
   * A recording of which nothing is annotated.
   *
   * @param duration seconds, or NaN
   * @param fps frames per second, or NaN
   */
  public static Recording unannotated(String id, double duration, double fps) {
    return new Recording(id, "", duration, fps, "", List.of(), Set.of(), List.of());
  }

  private static void requirePositive(String id, String what, double value) {
    if (!(Double.isNaN(value) || (value > 0 && Double.isFinite(value)))) {
      throw new IllegalArgumentException(
          "recording '" + id + "': " + what + " must be positive and finite: " + value);
    }
  }

  /** Whether the duration is known. */
  public boolean hasDuration() {
    return !Double.isNaN(duration);
  }

  /** Whether it has frames per second of its own. */
  public boolean hasFps() {
    return !Double.isNaN(fps);
  }

  /**
   * The recording-level label: the names of the classes that occur, from the instances, the labels
   * alone and the points, in order of first occurrence. Says nothing about where or how often.
   */
  public Set<String> labels() {
    Set<String> labels = new LinkedHashSet<>();
    instances.forEach(instance -> labels.add(instance.label()));
    labels.addAll(labelsAlone);
    points.forEach(point -> labels.add(point.label()));
    return Collections.unmodifiableSet(labels);
  }

  /** The same recording with these points instead of its own. */
  public Recording withPoints(List<PointLabel> newPoints) {
    return new Recording(id, subset, duration, fps, subject, instances, labelsAlone, newPoints);
  }

  /** The same recording with these actions instead of its own. */
  public Recording withActions(List<ActionInstance> newInstances, Collection<String> newLabels) {
    return new Recording(
        id, subset, duration, fps, subject, newInstances, new LinkedHashSet<>(newLabels), points);
  }

  /** The same recording of another name. */
  public Recording called(String newId) {
    return new Recording(newId, subset, duration, fps, subject, instances, labelsAlone, points);
  }

  /** The same recording in another subset. */
  public Recording withSubset(String newSubset) {
    return newSubset.equals(subset)
        ? this
        : new Recording(id, newSubset, duration, fps, subject, instances, labelsAlone, points);
  }

  /** The same recording with a frame rate of its own, NaN for none. */
  public Recording withFps(double newFps) {
    return new Recording(id, subset, duration, newFps, subject, instances, labelsAlone, points);
  }
}
