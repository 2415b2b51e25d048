// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Proposal;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.ArrayList;
import java.util.List;

/**
 * Hard non-maximum suppression, class by class: the candidate with the highest score stays and all
 * others of its class with {@code IoU >= threshold} go, until none is left. Of equal scores the
 * later candidate comes first.
 *
 * <p>{@code plusOne} adds 1 to every length and intersection, as BaS-Net's code does: a habit of
 * pixel boxes. In seconds that is one second, so short candidates that do not touch may suppress
 * each other.
 *
 * @param threshold IoU from which on a candidate is suppressed, positive
 * @param plusOne whether 1 is added to lengths and intersections
 */
public record NonMaximumSuppression(double threshold, boolean plusOne) implements Suppression {
  /** Checks the threshold. */
  public NonMaximumSuppression {
    if (!(threshold > 0)) {
      throw new IllegalArgumentException("suppression: threshold must be positive: " + threshold);
    }
  }

  @Override
  public List<Detection> detections(List<Detection> candidates) {
    return pick(candidates, keep(TemporalOverlap.ofDetections(candidates, plusOne ? 1 : 0)));
  }

  @Override
  public List<Proposal> proposals(List<Proposal> candidates) {
    return pick(candidates, keep(TemporalOverlap.ofProposals(candidates, plusOne ? 1 : 0)));
  }

  private int[] keep(TemporalOverlap all) {
    int[] order = all.byDescendingScore();
    int kept = 0;
    for (int candidate : order) {
      boolean stays = true;
      for (int k = 0; k < kept && stays; k++) {
        stays =
            all.label[order[k]] != all.label[candidate] || all.iou(order[k], candidate) < threshold;
      }
      if (stays) {
        order[kept++] = candidate;
      }
    }
    return IntArrays.copy(order, 0, kept);
  }

  private static <T> List<T> pick(List<T> candidates, int[] indices) {
    List<T> kept = new ArrayList<>(indices.length);
    for (int i : indices) {
      kept.add(candidates.get(i));
    }
    return kept;
  }
}
