// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Proposal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Soft non-maximum suppression, class by class: the remaining candidate with the highest current
 * score (the first of equals) is selected, and the scores of the others of its class are lowered by
 * their IoU with it; until the highest is below {@code floor}. What was selected keeps the score it
 * had then. Lengths are plain.
 *
 * <p>Source: Bodla et al., "Soft-NMS: Improving Object Detection With One Line of Code", ICCV 2017.
 *
 * @param decay how scores are lowered
 * @param parameter the divisor sigma of {@link Decay#GAUSSIAN}, or the IoU beyond which {@link
 *     Decay#LINEAR} begins; positive
 * @param floor lowest score that is selected, positive
 */
public record SoftNms(Decay decay, double parameter, double floor) implements Suppression {
  private static final double FLOOR = 0.001;

  /** How scores are lowered. */
  public enum Decay {
    /** By the factor {@code exp(-IoU^2 / sigma)}. */
    GAUSSIAN,
    /** By the factor {@code 1 - IoU} where IoU is larger than the parameter. */
    LINEAR
  }

  /** Checks the ranges. */
  public SoftNms {
    if (!(parameter > 0 && floor > 0)) {
      throw new IllegalArgumentException(
          "soft suppression: parameter and floor must be positive: " + parameter + ", " + floor);
    }
  }

  /** Gaussian decay with sigma 0.3. */
  public static SoftNms gaussian() {
    return new SoftNms(Decay.GAUSSIAN, 0.3, FLOOR);
  }

  /** Linear decay beyond an IoU of 0.25. */
  public static SoftNms linear() {
    return new SoftNms(Decay.LINEAR, 0.25, FLOOR);
  }

  @Override
  public List<Detection> detections(List<Detection> candidates) {
    TemporalOverlap all = TemporalOverlap.ofDetections(candidates, 0);
    return rescore(
        all,
        i -> new Detection(candidates.get(i).label(), candidates.get(i).segment(), all.score[i]));
  }

  @Override
  public List<Proposal> proposals(List<Proposal> candidates) {
    TemporalOverlap all = TemporalOverlap.ofProposals(candidates, 0);
    return rescore(
        all,
        i ->
            new Proposal(
                all.label[i],
                all.start[i],
                all.end[i],
                all.score[i],
                candidates.get(i).innerMean()));
  }

  private <T> List<T> rescore(TemporalOverlap all, IntFunction<T> result) {
    List<T> out = new ArrayList<>();
    boolean[] done = new boolean[all.count()];
    for (int best = highest(all, done); best >= 0; best = highest(all, done)) {
      done[best] = true;
      out.add(result.apply(best));
      for (int i = 0; i < done.length; i++) {
        if (!done[i] && all.label[i] == all.label[best]) {
          all.score[i] *= factor(all.iou(best, i));
        }
      }
    }
    return out;
  }

  /**
   * The first of the remaining candidates with the highest score, or -1 if it is below the floor.
   */
  private int highest(TemporalOverlap all, boolean[] done) {
    int best = -1;
    for (int i = 0; i < done.length; i++) {
      if (!done[i] && all.score[i] >= floor && (best < 0 || all.score[i] > all.score[best])) {
        best = i;
      }
    }
    return best;
  }

  private double factor(double iou) {
    return switch (decay) {
      case GAUSSIAN -> Math.exp(-iou * iou / parameter);
      case LINEAR -> iou > parameter ? 1 - iou : 1;
    };
  }
}
