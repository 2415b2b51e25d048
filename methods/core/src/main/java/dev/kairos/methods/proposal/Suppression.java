// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.tal.SnippetGrid;
import java.util.ArrayList;
import java.util.List;

/** Suppression or fusion of overlapping candidates: class by class, best score first. */
public sealed interface Suppression permits NonMaximumSuppression, SoftNms, InstanceFusion {

  /** Whether lengths are to be counted in snippets; else in seconds. */
  default boolean countsSnippets() {
    return false;
  }

  /** What is left of detections in seconds, by descending score. */
  List<Detection> detections(List<Detection> candidates);

  /** What is left of proposals in snippets, by descending score. */
  List<Proposal> proposals(List<Proposal> candidates);

  /**
   * What is left of proposals as detections, by descending score.
   *
   * @param candidates of one class
   * @param grid on which they lie
   * @param label name of the class
   */
  default List<Detection> detections(List<Proposal> candidates, SnippetGrid grid, String label) {
    List<Proposal> proposals = countsSnippets() ? proposals(candidates) : candidates;
    List<Detection> timed = new ArrayList<>(proposals.size());
    for (Proposal p : proposals) {
      Segment segment = new Segment(grid.seconds(p.start()), grid.seconds(p.end()));
      timed.add(new Detection(label, segment, p.score()));
    }
    return countsSnippets() ? timed : detections(timed);
  }
}
