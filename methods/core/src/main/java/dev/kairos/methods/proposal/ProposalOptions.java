// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Options of the procedure from a CAS to detections. {@link #basnet()} and {@link #ptlr()} are the
 * published procedures.
 *
 * @param classThreshold smallest video score of a class that is searched for
 * @param bestIfNone whether the single best class is searched for when no class passes
 * @param upsampling positions per snippet, at least 1
 * @param thresholds scores at which runs are cut out, finite, at least one
 * @param runs whether a score at the threshold belongs to a run
 * @param margin outer length on each side of a run
 * @param outer which values the outer mean is taken of
 * @param classWeight what the video score adds to a proposal's score
 * @param gamma weight of that addition, finite
 * @param suppression what makes one detection of overlapping proposals, in seconds
 */
public record ProposalOptions(
    double classThreshold,
    boolean bestIfNone,
    int upsampling,
    List<Double> thresholds,
    Runs runs,
    OuterMargin margin,
    Outer outer,
    ClassWeight classWeight,
    double gamma,
    Suppression suppression) {

  /** Which scores a run is made of, at a threshold. */
  public enum Runs {
    /** Those that are at least the threshold, and positive. */
    AT_LEAST,
    /** Those above it. */
    ABOVE
  }

  /** Which values the outer mean of the inner-outer contrast is taken of. */
  public enum Outer {
    /** Those of the CAS after everything below the threshold was set to 0. */
    THRESHOLDED,
    /** Those of the CAS itself. */
    RAW
  }

  /** What the video score adds to a proposal's score, times gamma. */
  public enum ClassWeight {
    /** 1 for every class that is searched for. */
    ONE,
    /** The video score of the class. */
    VIDEO_SCORE
  }

  private static final double STEP = 0.025;
  private static final OuterMargin QUARTER = OuterMargin.fraction(0.25);
  private static final Suppression PUBLISHED = new NonMaximumSuppression(0.7, true);

  /** Checks the ranges and copies the thresholds. */
  public ProposalOptions {
    thresholds = List.copyOf(thresholds);
    require(!thresholds.isEmpty(), "at least one threshold", thresholds);
    require(thresholds.stream().allMatch(Double::isFinite), "finite thresholds", thresholds);
    require(!Double.isNaN(classThreshold), "a class threshold that is a number", classThreshold);
    require(upsampling >= 1, "an up-sampling of at least 1", upsampling);
    require(Double.isFinite(gamma), "a finite gamma", gamma);
  }

  private static void require(boolean holds, String what, Object found) {
    if (!holds) {
      throw new IllegalArgumentException("proposal options: need " + what + ": " + found);
    }
  }

  /**
   * BaS-Net's procedure: thresholds 0, 0.025, .. 0.225, the outer mean on thresholded values, a
   * constant class weight. Departs from its code for a recording without a class at 0.25, which is
   * searched for its best class.
   */
  public static ProposalOptions basnet() {
    return new ProposalOptions(
        0.25,
        true,
        24,
        steps(10),
        Runs.AT_LEAST,
        QUARTER,
        Outer.THRESHOLDED,
        ClassWeight.ONE,
        0.2,
        PUBLISHED);
  }

  /**
   * The procedure of progressive temporal label refinement: thresholds 0, 0.025, .. 0.5, the outer
   * mean on the CAS itself, the video score as class weight.
   */
  public static ProposalOptions ptlr() {
    return new ProposalOptions(
        0.25,
        true,
        24,
        steps(21),
        Runs.AT_LEAST,
        QUARTER,
        Outer.RAW,
        ClassWeight.VIDEO_SCORE,
        0.2,
        PUBLISHED);
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
        runs,
        margin,
        outer,
        classWeight,
        gamma,
        suppression);
  }

  /** The same with another up-sampling. */
  public ProposalOptions withUpsampling(int factor) {
    return new ProposalOptions(
        classThreshold,
        bestIfNone,
        factor,
        thresholds,
        runs,
        margin,
        outer,
        classWeight,
        gamma,
        suppression);
  }

  /** The same with other thresholds. */
  public ProposalOptions withThresholds(List<Double> values) {
    return new ProposalOptions(
        classThreshold,
        bestIfNone,
        upsampling,
        values,
        runs,
        margin,
        outer,
        classWeight,
        gamma,
        suppression);
  }

  /** The same with another kind of runs. */
  public ProposalOptions withRuns(Runs other) {
    return new ProposalOptions(
        classThreshold,
        bestIfNone,
        upsampling,
        thresholds,
        other,
        margin,
        outer,
        classWeight,
        gamma,
        suppression);
  }

  /** The same with another margin and class-weight factor. */
  public ProposalOptions withScoring(OuterMargin newMargin, double newGamma) {
    return new ProposalOptions(
        classThreshold,
        bestIfNone,
        upsampling,
        thresholds,
        runs,
        newMargin,
        outer,
        classWeight,
        newGamma,
        suppression);
  }

  /** The same with another suppression. */
  public ProposalOptions withSuppression(Suppression other) {
    return new ProposalOptions(
        classThreshold,
        bestIfNone,
        upsampling,
        thresholds,
        runs,
        margin,
        outer,
        classWeight,
        gamma,
        other);
  }
}
