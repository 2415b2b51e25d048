// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import dev.kairos.lp.linpro.Choice;
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
import java.util.Arrays;
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
   *     infinite; contrasts of means cost that for each of their inner snippets
   * @param choice which of several such labels is meant
   */
  public record Options(
      Weighting weighting,
      SignForm form,
      OuterMargin margin,
      OnInfeasible onInfeasible,
      double penalty,
      Choice choice) {
    /**
     * Those of the published code, slack for contradictions, and of several labels the one of least
     * norm.
     */
    public static Options defaults() {
      return new Options(
          Weighting.UNIT,
          SignForm.BOX,
          OuterMargin.shrinking(),
          OnInfeasible.SLACK,
          1000,
          Choice.LEAST_NORM);
    }

    /** Options for the solver. */
    LinProOptions solver() {
      boolean sums = weighting == Weighting.UNIT;
      LinProOptions options =
          onInfeasible != OnInfeasible.SLACK
              ? LinProOptions.strict(form)
              : sums ? LinProOptions.elastic(form, penalty) : LinProOptions.perInner(form, penalty);
      return options.withChoice(choice);
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

  private static void check(Proposal instance, int length) {
    if (!(instance.start() >= 0
        && instance.start() < length
        && instance.end() >= instance.start())) {
      throw new IllegalArgumentException(
          "LinPro: needs 0 <= start <= end and start < " + length + ": " + instance);
    }
  }

  private static int[] cuts(Proposal instance, int length, OuterMargin reach) {
    check(instance, length);
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
    solve(solver, instances, length, options);
    return solver.solution();
  }

  /**
   * Has a solver solve the program of one class.
   *
   * @param solver made with {@link Options#solver()}
   * @return how many instances were left out
   */
  static int solve(LinProSolver solver, List<Proposal> instances, int length, Options options) {
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
    return instances.size() - kept.size();
  }

  /**
   * The label that LinPro improves on: nothing is solved, snippets inside an instance, {@code [s,
   * min(e, T))}, have 1 and all others 0.
   *
   * @param instances instances of one class
   * @param length number of snippets, T
   * @return [T]
   * @throws IllegalArgumentException if an instance ends before it starts or does not start in
   *     {@code [0, T)}
   */
  public static double[] hard(List<Proposal> instances, int length) {
    double[] label = new double[length];
    for (Proposal instance : instances) {
      check(instance, length);
      int end = Math.min((int) instance.end(), length);
      Arrays.fill(label, (int) instance.start(), end, 1);
    }
    return label;
  }
}
