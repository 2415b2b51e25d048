// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import dev.kairos.methods.tal.Interval;

/**
 * Inner-outer contrast: how much a run stands out from what lies beside it. {@code mean(inner) -
 * mean(outer)}, where inner is the run {@code [a, e]}, outer joins {@code [max(0, trunc(a - m)), a
 * - 1]} and {@code [e + 1, min(T - 1, trunc(e + m))]}, and m is the {@link OuterMargin} of the run;
 * an empty outer part has mean 0. Constant time per run.
 *
 * <p>Source: AutoLoc, "Weakly-supervised Temporal Action Localization in Untrimmed Videos", outer-
 * inner-contrastive loss; BaS-Net uses it to score.
 */
final class InnerOuterContrast {
  private final PrefixSums series;
  private final OuterMargin margin;

  /**
   * Contrast on one series.
   *
   * @param series scores {@code [T]}
   * @param margin outer length on each side
   */
  public InnerOuterContrast(double[] series, OuterMargin margin) {
    this(new PrefixSums(series), margin);
  }

  /** Contrast on a series whose sums are at hand. */
  public InnerOuterContrast(PrefixSums series, OuterMargin margin) {
    this.series = series;
    this.margin = margin;
  }

  /** The contrast of a run, which must hold at least one position. */
  public double of(Interval run) {
    if (run.length() == 0) {
      throw new IllegalArgumentException("contrast: needs a run of at least one position: " + run);
    }
    double reach = margin.of(run.length());
    int last = run.end() - 1;
    int from = (int) Math.max(0, run.start() - reach);
    int to = (int) Math.min(series.length() - 1, last + reach) + 1;
    int beside = (run.start() - from) + (to - run.end());
    double sum = series.sum(from, run.start()) + series.sum(run.end(), to);
    return inner(run) - (beside > 0 ? sum / beside : 0);
  }

  /** The mean over a run alone. */
  double inner(Interval run) {
    return series.mean(run.start(), run.end());
  }
}
