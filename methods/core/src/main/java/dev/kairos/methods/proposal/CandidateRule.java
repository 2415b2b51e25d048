// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import dev.kairos.methods.tal.Interval;
import dev.kairos.methods.tal.Proposal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How candidates are cut from the snippet scores of one class: runs above each threshold, scored by
 * their inner mean less that of their surroundings. The published code counts one snippet more than
 * the run, and so does this: for a run {@code [s, e)} of n snippets the inner part is {@code [s,
 * e]} as far as there are snippets, the outer part {@code [trunc(s - m), s)} and {@code [e + 1,
 * trunc(e + m + 1))} without the last snippet, where m is the margin of n; and the candidate ends
 * at {@code e + 1}, which may lie behind the recording.
 *
 * <p>Source: the published code of RSKP (CVPR 2022), of "Bridging Train-Test Gap in Pseudo Labels"
 * (CVPR 2023) and of FAC-Net (ICCV 2021).
 *
 * @param thresholds scores at which runs are cut, in order; a score at a threshold is not above it
 * @param margin outer length on each side of a run
 * @param outerWeight what the outer mean is multiplied with
 * @param shortest runs of fewer positions are left out
 * @param upsampling positions per snippet, at least 1; lengths and margins count positions
 */
public record CandidateRule(
    List<Double> thresholds, OuterMargin margin, double outerWeight, int shortest, int upsampling) {
  /** Copies the thresholds and checks the ranges. */
  public CandidateRule {
    thresholds = List.copyOf(thresholds);
    if (thresholds.isEmpty() || shortest < 1 || upsampling < 1) {
      throw new IllegalArgumentException(
          "candidates: needs a threshold, runs and an up-sampling of at least 1: "
              + (thresholds + ", " + shortest + ", " + upsampling));
    }
  }

  /** The rule of RSKP: thresholds 0.001, 0.003, .. 0.039, a margin of a quarter of the run. */
  public static CandidateRule rskp() {
    return new CandidateRule(steps(0.001, 0.002, 20), OuterMargin.fraction(0.25), 1, 2, 1);
  }

  /** The rule of the published code of instance fusion: the same, and a margin of 0.0785 n^0.9. */
  public static CandidateRule fusion() {
    return new CandidateRule(steps(0.001, 0.002, 20), OuterMargin.shrinking(), 1, 2, 1);
  }

  /**
   * The same for class probabilities that attention weighs, which are larger: thresholds 0.01,
   * 0.02, .. 0.2. Not published.
   */
  public static CandidateRule weighed() {
    return new CandidateRule(steps(0.01, 0.01, 20), OuterMargin.shrinking(), 1, 2, 1);
  }

  private static List<Double> steps(double start, double step, int count) {
    return IntStream.range(0, count).mapToObj(i -> start + i * step).toList();
  }

  /**
   * All candidates of one class, threshold by threshold, from left to right; the same one comes
   * once for each threshold that cuts it.
   *
   * @param scores {@code [T]}, T at least 1
   * @param label the class index they get
   * @return boundaries in snippets; the inner mean beside the score
   */
  public List<Proposal> candidates(double[] scores, int label) {
    double[] fine = TimeUpsampling.linear(scores, upsampling);
    PrefixSums sums = new PrefixSums(fine);
    List<Proposal> found = new ArrayList<>();
    for (double threshold : thresholds) {
      for (Interval run : ThresholdRuns.above(fine, threshold)) {
        if (run.length() >= shortest) {
          found.add(candidate(sums, run, label));
        }
      }
    }
    return found;
  }

  private Proposal candidate(PrefixSums sums, Interval run, int label) {
    int length = sums.length();
    int start = run.start();
    int end = run.end();
    double reach = margin.of(run.length());
    double inner = sums.mean(start, Math.min(end + 1, length));
    int from = Math.max(0, (int) (start - reach));
    int after = Math.min(end + 1, length);
    int to = Math.max(after, Math.min(length - 1, (int) (end + reach + 1)));
    int beside = start - from + to - after;
    double outer = sums.sum(from, start) + sums.sum(after, to);
    double score = inner - outerWeight * (beside > 0 ? outer / beside : 0);
    return new Proposal(label, (double) start / upsampling, (end + 1.0) / upsampling, score, inner);
  }
}
