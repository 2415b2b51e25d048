// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.tal.ActionInstance;
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
 * @param instances annotated actions in file order
 * @param points point labels in file order, empty where there are none
 */
public record Recording(
    String id,
    String subset,
    double duration,
    List<ActionInstance> instances,
    List<PointLabel> points) {
  /** Copies the lists and checks that the duration is positive or unknown. */
  public Recording {
    if (!(Double.isNaN(duration) || (duration > 0 && Double.isFinite(duration)))) {
      throw new IllegalArgumentException(
          "recording '" + id + "': duration must be positive and finite: " + duration);
    }
    instances = List.copyOf(instances);
    points = List.copyOf(points);
  }

  /** Whether the duration is known. */
  public boolean hasDuration() {
    return !Double.isNaN(duration);
  }

  /**
   * The recording-level label: the names of the classes that occur, from the instances and the
   * points, in order of first occurrence. Says nothing about where or how often.
   */
  public Set<String> labels() {
    Set<String> labels = new LinkedHashSet<>();
    instances.forEach(instance -> labels.add(instance.label()));
    points.forEach(point -> labels.add(point.label()));
    return Collections.unmodifiableSet(labels);
  }

  /** The same recording with these points instead of its own. */
  public Recording withPoints(List<PointLabel> newPoints) {
    return new Recording(id, subset, duration, instances, newPoints);
  }
}
