// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.points;

import dev.kairos.methods.data.PointLabel;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.tal.ActionInstance;
import java.util.ArrayList;
import java.util.List;

/**
 * Point labels drawn by a rule from annotated actions. The random numbers of a point depend on the
 * seed, the recording's id and the number of the action in the recording alone: other recordings,
 * or actions after it, do not move it.
 *
 * @param rule how a moment is chosen
 * @param seed what random numbers come from
 */
public record DrawnPoints(PointRule rule, long seed) {
  /**
   * The recording with one point for each of its actions instead of the points it has. An action
   * that reaches beyond the recording keeps its point inside: before 0 s it is at 0 s, after the
   * end at the end.
   */
  public Recording label(Recording recording) {
    double end = recording.hasDuration() ? recording.duration() : Double.MAX_VALUE;
    List<PointLabel> points = new ArrayList<>();
    for (ActionInstance instance : recording.instances()) {
      PointRule.Draws draws = new KeyedDraws(seed, recording.id(), points.size());
      double moment = rule.moment(instance.segment(), draws);
      points.add(new PointLabel(instance.label(), Math.max(0, Math.min(end, moment))));
    }
    return recording.withPoints(points);
  }

  /** Where the points come from, as a data folder says it, for example {@code uniform, seed 7}. */
  public String source() {
    return rule.isRandom() ? rule.words() + ", seed " + seed : rule.words();
  }
}
