// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.methods.tal.Proposal;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores a proposal in its best classes: by the probabilities that an action begins and ends there,
 * the class, how complete it is, and the classes of its snippets; each to a power.
 *
 * <p>The paper names no fusion. BSN multiplies its confidence with both boundary probabilities.
 *
 * @param classes how many of a proposal, the best, are kept
 * @param startPower exponent of the probability of the start
 * @param endPower exponent of that of the end
 * @param classPower exponent of the class's score
 * @param confidencePower exponent of the confidence
 * @param snippetPower exponent of the mean probability of the class over the proposal's snippets,
 *     where there is a classifier of snippets; 0 in the paper
 */
record ProposalScores(
    int classes,
    double startPower,
    double endPower,
    double classPower,
    double confidencePower,
    double snippetPower) {

  /**
   * The scored proposals, in the order given, the better class of one first.
   *
   * @param proposals the chosen ones of {@code all}
   * @param all with first and last snippets
   * @param starts probabilities {@code [T]}
   * @param ends probabilities {@code [T]}
   * @param scores of classes, {@code [P,M]}
   * @param confidences {@code [P,M]}
   * @param snippets mean probability of the class over the snippets, {@code [P,M]}
   */
  List<Proposal> of(
      int[] proposals,
      BoundaryProposals all,
      double[] starts,
      double[] ends,
      double[] scores,
      double[] confidences,
      double[] snippets) {
    int each = proposals.length == 0 ? 0 : scores.length / proposals.length;
    List<Proposal> scored = new ArrayList<>();
    for (int p = 0; p < proposals.length; p++) {
      int first = all.first(proposals[p]);
      int last = all.last(proposals[p]);
      double place = power(starts[first], startPower) * power(ends[last], endPower);
      double[] ofClass = new double[each];
      for (int c = 0; c < each; c++) {
        int at = p * each + c;
        ofClass[c] = power(scores[at], classPower) * power(snippets[at], snippetPower);
      }
      boolean[] taken = new boolean[each];
      for (int k = 0; k < Math.min(classes, each); k++) {
        int best = -1;
        for (int c = 0; c < each; c++) {
          if (!taken[c] && (best < 0 || ofClass[c] > ofClass[best])) {
            best = c;
          }
        }
        taken[best] = true;
        double confidence = power(confidences[p * each + best], confidencePower);
        double score = place * ofClass[best] * confidence;
        scored.add(new Proposal(best, first, last + 1.0, score));
      }
    }
    return scored;
  }

  private static double power(double value, double exponent) {
    return exponent == 1 ? value : exponent == 0 ? 1 : Math.pow(value, exponent);
  }
}
