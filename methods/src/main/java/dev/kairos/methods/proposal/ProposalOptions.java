// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How a CAS becomes detections. {@link #basnet()} and {@link #ptlr()} are the published procedures.
 *
 * @param classThreshold smallest video score of a class that is searched for
 * @param bestIfNone whether the single best class is searched for when no class passes
 * @param upsampling positions per snippet, at least 1
 * @param thresholds scores at which runs are cut out, finite, at least one
 * @param margin outer length on each side as a fraction of the run's, at least 0
 * @param outer which values the outer mean is taken of
 * @param classWeight what the video's class score adds to a proposal's score
 * @param gamma weight of that addition, finite
 * @param nmsThreshold tIoU from which on a proposal is suppressed, positive
 * @param nmsPlusOne whether suppression adds one second to every length and intersection
 */
public record ProposalOptions(
    double classThreshold,
    boolean bestIfNone,
    int upsampling,
    List<Double> thresholds,
    double margin,
    Outer outer,
    ClassWeight classWeight,
    double gamma,
    double nmsThreshold,
    boolean nmsPlusOne) {

  /** Which values the outer mean of the inner-outer contrast is taken of. */
  public enum Outer {
    /** Those of the CAS after everything below the threshold was set to 0. */
    THRESHOLDED,
    /** Those of the CAS itself. */
    RAW
  }

  /** What the video's class score adds to a proposal's score, times gamma. */
  public enum ClassWeight {
    /** 1 for every class that is searched for. */
    ONE,
    /** The video score of the class. */
    VIDEO_SCORE
  }

  private static final double STEP = 0.025;

  /** Checks the ranges and copies the thresholds. */
  public ProposalOptions {
    thresholds = List.copyOf(thresholds);
    require(!thresholds.isEmpty(), "at least one threshold", thresholds);
    require(thresholds.stream().allMatch(Double::isFinite), "finite thresholds", thresholds);
    require(!Double.isNaN(classThreshold), "a class threshold that is a number", classThreshold);
    require(upsampling >= 1, "an up-sampling of at least 1", upsampling);
    require(margin >= 0 && Double.isFinite(margin), "a margin of at least 0", margin);
    require(Double.isFinite(gamma), "a finite gamma", gamma);
    require(nmsThreshold > 0, "a positive suppression threshold", nmsThreshold);
  }

  private static void require(boolean holds, String what, Object found) {
    if (!holds) {
      throw new IllegalArgumentException("proposal options: need " + what + ": " + found);
    }
  }

  /**
   * BaS-Net's procedure: thresholds 0, 0.025, .. 0.225, the outer mean on thresholded values, a
   * constant class weight. Departs from its code for a video without a class at 0.25, which is
   * searched for its best class.
   */
  public static ProposalOptions basnet() {
    return new ProposalOptions(
        0.25, true, 24, steps(10), 0.25, Outer.THRESHOLDED, ClassWeight.ONE, 0.2, 0.7, true);
  }

  /**
   * The procedure of progressive temporal label refinement: thresholds 0, 0.025, .. 0.5, the outer
   * mean on the CAS itself, the video score as class weight.
   */
  public static ProposalOptions ptlr() {
    return new ProposalOptions(
        0.25, true, 24, steps(21), 0.25, Outer.RAW, ClassWeight.VIDEO_SCORE, 0.2, 0.7, true);
  }

  private static List<Double> steps(int count) {
    return IntStream.range(0, count).mapToObj(i -> i * STEP).toList();
  }

  /** The same with another choice of classes. */
  public ProposalOptions withClassThreshold(double threshold, boolean orBest) {
    return new ProposalOptions(
        threshold,
        orBest,
        upsampling,
        thresholds,
        margin,
        outer,
        classWeight,
        gamma,
        nmsThreshold,
        nmsPlusOne);
  }

  /** The same with another up-sampling. */
  public ProposalOptions withUpsampling(int factor) {
    return new ProposalOptions(
        classThreshold,
        bestIfNone,
        factor,
        thresholds,
        margin,
        outer,
        classWeight,
        gamma,
        nmsThreshold,
        nmsPlusOne);
  }

  /** The same with other thresholds. */
  public ProposalOptions withThresholds(List<Double> values) {
    return new ProposalOptions(
        classThreshold,
        bestIfNone,
        upsampling,
        values,
        margin,
        outer,
        classWeight,
        gamma,
        nmsThreshold,
        nmsPlusOne);
  }

  /** The same with another margin and class-weight factor. */
  public ProposalOptions withScoring(double newMargin, double newGamma) {
    return new ProposalOptions(
        classThreshold,
        bestIfNone,
        upsampling,
        thresholds,
        newMargin,
        outer,
        classWeight,
        newGamma,
        nmsThreshold,
        nmsPlusOne);
  }

  /** The same with another suppression. */
  public ProposalOptions withNms(double threshold, boolean plusOne) {
    return new ProposalOptions(
        classThreshold,
        bestIfNone,
        upsampling,
        thresholds,
        margin,
        outer,
        classWeight,
        gamma,
        threshold,
        plusOne);
  }
}
