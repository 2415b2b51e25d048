// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import dev.kairos.methods.tal.Interval;

/**
 * Inner-outer contrast: how much a run stands out from what lies beside it. {@code mean(inner) -
 * mean(outer)}, where inner is the run {@code [a, e]} of n positions and outer joins {@code [max(0,
 * trunc(a - margin * n)), a - 1]} and {@code [e + 1, min(T - 1, trunc(e + margin * n))]}; an empty
 * outer part has mean 0. Constant time per run.
 *
 * <p>Source: AutoLoc, "Weakly-supervised Temporal Action Localization in Untrimmed Videos", outer-
 * inner-contrastive loss; BaS-Net uses it to score.
 */
public final class InnerOuterContrast {
  private final PrefixSums series;
  private final double margin;

  /**
   * Contrast on one series.
   *
   * @param series scores {@code [T]}
   * @param margin outer length on each side as a fraction of the run's, at least 0
   */
  public InnerOuterContrast(double[] series, double margin) {
    this(new PrefixSums(series), margin);
  }

  /** Contrast on a series whose sums are at hand. */
  public InnerOuterContrast(PrefixSums series, double margin) {
    if (!(margin >= 0 && Double.isFinite(margin))) {
      throw new IllegalArgumentException("contrast: margin must be at least 0: " + margin);
    }
    this.series = series;
    this.margin = margin;
  }

  /** The contrast of a run, which must hold at least one position. */
  public double of(Interval run) {
    if (run.length() == 0) {
      throw new IllegalArgumentException("contrast: needs a run of at least one position: " + run);
    }
    int n = run.length();
    int last = run.end() - 1;
    int from = (int) Math.max(0, run.start() - margin * n);
    int to = (int) Math.min(series.length() - 1, last + margin * n) + 1;
    int beside = (run.start() - from) + (to - run.end());
    double sum = series.sum(from, run.start()) + series.sum(run.end(), to);
    return series.mean(run.start(), run.end()) - (beside > 0 ? sum / beside : 0);
  }
}
