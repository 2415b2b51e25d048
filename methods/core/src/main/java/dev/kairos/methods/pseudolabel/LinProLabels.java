// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import dev.kairos.lp.linpro.LinProOptions;
import dev.kairos.lp.linpro.LinProProblem;
import dev.kairos.lp.linpro.LinProSolution;
import dev.kairos.lp.linpro.LinProSolver;
import dev.kairos.lp.linpro.LinProStatus;
import dev.kairos.lp.linpro.SignForm;
import dev.kairos.lp.linpro.Weighting;
import dev.kairos.methods.proposal.OuterMargin;
import dev.kairos.methods.tal.Proposal;
import java.util.ArrayList;
import java.util.List;

/**
 * LinPro: the label of least L1 norm that gives each instance of a class its score, as the contrast
 * between its inside and what lies beside it.
 *
 * <p>Source: "Improving Weakly Supervised Temporal Action Localization by Bridging Train-Test Gap
 * in Pseudo Labels" (CVPR 2023), equations 5 and 6, with the areas of its published code.
 */
public final class LinProLabels {
  private LinProLabels() {}

  /** What to do where no label gives all instances their scores. */
  public enum OnInfeasible {
    /** A score may be missed, at a price. */
    SLACK,
    /** The label is 0. */
    ZERO,
    /** The instance with the lowest score is left out, until there is a label. */
    DROP_LOWEST
  }

  /**
   * Which label is meant.
   *
   * @param weighting whether contrasts are of sums (published code) or of means (the paper's words)
   * @param form whether a label is within [0, 1] (published code) or of any sign (equation 6)
   * @param margin how far the surroundings of an instance reach
   * @param onInfeasible what to do with contradictions
   * @param penalty what missing a contrast of sums costs per unit, of which 1000 is as good as
   *     infinite; contrasts of means cost that for each of their snippets
   */
  public record Options(
      Weighting weighting,
      SignForm form,
      OuterMargin margin,
      OnInfeasible onInfeasible,
      double penalty) {
    /** Those of the published code, and slack for contradictions. */
    public static Options defaults() {
      return new Options(
          Weighting.UNIT, SignForm.BOX, OuterMargin.shrinking(), OnInfeasible.SLACK, 1000);
    }

    /** Options for the solver. */
    LinProOptions solver() {
      if (onInfeasible != OnInfeasible.SLACK) {
        return LinProOptions.strict(form);
      }
      return weighting == Weighting.UNIT
          ? LinProOptions.elastic(form, penalty)
          : new LinProOptions(form, 0, penalty);
    }
  }

  /**
   * The program of one class. With s and e the ends of an instance cut to whole snippets and m the
   * margin of {@code e - s}, inner is {@code [s, min(e, T))} and outer is {@code [max(0, trunc(s -
   * m)), s)} and {@code [e, min(T - 1, trunc(e + m + 1)))}.
   *
   * @param instances instances of one class
   * @param length number of snippets, T
   * @param weighting the entries of the rows
   * @param reach how far surroundings reach
   * @throws IllegalArgumentException if an instance ends before it starts or does not start in
   *     {@code [0, T)}
   */
  public static LinProProblem problem(
      List<Proposal> instances, int length, Weighting weighting, OuterMargin reach) {
    int[][] cuts = new int[instances.size()][];
    double[] scores = new double[cuts.length];
    for (int n = 0; n < cuts.length; n++) {
      cuts[n] = cuts(instances.get(n), length, reach);
      scores[n] = instances.get(n).score();
    }
    return new LinProProblem(length, cuts, scores, weighting);
  }

  private static int[] cuts(Proposal instance, int length, OuterMargin reach) {
    if (!(instance.start() >= 0
        && instance.start() < length
        && instance.end() >= instance.start())) {
      throw new IllegalArgumentException(
          "LinPro: needs 0 <= start <= end and start < " + length + ": " + instance);
    }
    int s = (int) instance.start();
    int e = (int) instance.end();
    double margin = reach.of(e - s);
    int end = Math.min(e, length);
    int outerEnd = Math.max(end, (int) Math.min(length - 1.0, Math.floor(e + margin + 1)));
    return new int[] {(int) Math.max(0, s - margin), s, end, outerEnd};
  }

  /**
   * The label of one class.
   *
   * @param instances instances of one class
   * @param length number of snippets, T
   * @param options which label is meant
   * @return the label and how good it is; with {@link OnInfeasible#ZERO} possibly {@link
   *     LinProStatus#INFEASIBLE} and not to be used
   */
  public static LinProSolution solve(List<Proposal> instances, int length, Options options) {
    LinProSolver solver = new LinProSolver(options.solver());
    List<Proposal> kept = new ArrayList<>(instances);
    while (solver.solve(problem(kept, length, options.weighting(), options.margin()))
            != LinProStatus.OPTIMAL
        && options.onInfeasible() == OnInfeasible.DROP_LOWEST) {
      int lowest = 0;
      for (int n = 1; n < kept.size(); n++) {
        if (kept.get(n).score() <= kept.get(lowest).score()) {
          lowest = n;
        }
      }
      kept.remove(lowest);
    }
    return solver.solution();
  }
}
