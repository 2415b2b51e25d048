// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import dev.kairos.methods.apn.medoids.MarkedPoints.MarkedPoint;
import dev.kairos.methods.tal.Interval;
import java.util.List;

/**
 * What clusters around points say of a recording: one action for each point, and the background
 * between them. Together they hold each snippet exactly once; a recording without points has
 * neither.
 *
 * @param actions in time order, one for each point
 * @param background in time order; none without mining it
 * @param divisions for each two neighbouring points the last snippet that goes with the left one,
 *     before any background is mined
 * @param rounds how many it took, that which confirmed the result included; 0 without points
 */
public record PseudoActions(
    List<PseudoAction> actions,
    List<BackgroundInstance> background,
    List<Integer> divisions,
    int rounds) {

  /** For a recording without points. */
  public static final PseudoActions NONE = new PseudoActions(List.of(), List.of(), List.of(), 0);

  /** Keeps the lists from change. */
  public PseudoActions {
    actions = List.copyOf(actions);
    background = List.copyOf(background);
    divisions = List.copyOf(divisions);
  }

  /**
   * The stretch around a point that is taken for its action.
   *
   * @param point which lies inside
   * @param snippets from the first on, the end excluded
   * @param medoid the snippet inside that is most like all others
   */
  public record PseudoAction(MarkedPoint point, Interval snippets, int medoid) {
    /** Checks that the point and the medoid lie inside. */
    public PseudoAction {
      if (!holds(snippets, point.snippet()) || !holds(snippets, medoid)) {
        throw new IllegalArgumentException(
            "pseudo action: point and medoid must lie in it: "
                + (snippets + ", point " + point.snippet() + ", medoid " + medoid));
      }
    }

    /** Its classes, ascending. */
    public List<Integer> labels() {
      return point.labels();
    }
  }

  /**
   * A stretch that is taken for background.
   *
   * @param snippets from the first on, the end excluded
   * @param medoid the snippet inside that is most like all others
   */
  public record BackgroundInstance(Interval snippets, int medoid) {}

  private static boolean holds(Interval snippets, int snippet) {
    return snippets.start() <= snippet && snippet < snippets.end();
  }

  /** Where the actions are. */
  public List<Interval> intervals() {
    return actions.stream().map(PseudoAction::snippets).toList();
  }
}
