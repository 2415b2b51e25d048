// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.lp.linpro.Choice;
import dev.kairos.lp.linpro.LinProProblem;
import dev.kairos.lp.linpro.LinProSolution;
import dev.kairos.lp.linpro.LinProStatus;
import dev.kairos.lp.linpro.SignForm;
import dev.kairos.lp.linpro.Weighting;
import dev.kairos.methods.proposal.OuterMargin;
import dev.kairos.methods.pseudolabel.LinProLabels.OnInfeasible;
import dev.kairos.methods.pseudolabel.LinProLabels.Options;
import dev.kairos.methods.tal.Proposal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinProLabelsTest {
  private static final List<Proposal> CONTRADICTION =
      List.of(
          new Proposal(0, 10.2, 20.7, 0.6),
          new Proposal(0, 10.8, 20.1, 0.4),
          new Proposal(0, 30, 35, 0.5));

  private static int[] cuts(double start, double end, int length) {
    LinProProblem problem =
        LinProLabels.problem(
            List.of(new Proposal(0, start, end, 1)),
            length,
            Weighting.UNIT,
            OuterMargin.shrinking());
    return new int[] {problem.cut(0, 0), problem.cut(0, 1), problem.cut(0, 2), problem.cut(0, 3)};
  }

  @Test
  void areasAreThoseOfThePublishedCode() {
    // 0.0785 * 35^0.9 = 1.93: outer is [int(11.07), 13) and [48, int(50.93) but below T - 1).
    assertArrayEquals(new int[] {11, 13, 48, 50}, cuts(13.5, 48.9, 60));
    assertArrayEquals(new int[] {11, 13, 48, 48}, cuts(13.5, 48.9, 48));
    assertArrayEquals(new int[] {11, 13, 48, 49}, cuts(13.5, 48.9, 50));
    assertArrayEquals(new int[] {0, 0, 4, 5}, cuts(0, 4, 48));
    // An end past the recording is cut off, and nothing beside it is left.
    assertArrayEquals(new int[] {25, 26, 30, 30}, cuts(26.4, 31, 30));
    assertArrayEquals(new int[] {5, 5, 5, 6}, cuts(5.2, 5.8, 30));
  }

  @Test
  void contradictions() {
    Options slack = Options.defaults();
    LinProSolution found = LinProLabels.solve(CONTRADICTION, 40, slack);
    assertEquals(LinProStatus.OPTIMAL, found.status());
    double missed = Arrays.stream(found.missed()).map(Math::abs).sum();
    assertEquals(0.2, missed, 1e-12);
    Options zero =
        new Options(
            slack.weighting(),
            slack.form(),
            slack.margin(),
            OnInfeasible.ZERO,
            1000,
            slack.choice());
    assertEquals(LinProStatus.INFEASIBLE, LinProLabels.solve(CONTRADICTION, 40, zero).status());
    Options drop =
        new Options(
            slack.weighting(),
            slack.form(),
            slack.margin(),
            OnInfeasible.DROP_LOWEST,
            1000,
            slack.choice());
    LinProSolution kept = LinProLabels.solve(CONTRADICTION, 40, drop);
    assertEquals(LinProStatus.OPTIMAL, kept.status());
    assertEquals(1.1, Arrays.stream(kept.label()).sum(), 1e-12);
  }

  @Test
  void aPenaltyForMeansCountsSnippets() {
    List<Proposal> wide = List.of(new Proposal(0, 100, 2900, 0.5));
    Options options =
        new Options(
            Weighting.NORMALIZED,
            SignForm.BOX,
            OuterMargin.shrinking(),
            OnInfeasible.SLACK,
            1000,
            Choice.LEAST_NORM);
    LinProSolution found = LinProLabels.solve(wide, 3000, options);
    assertEquals(1400, found.objective(), 1e-9);
    assertEquals(0, found.residual(), 1e-12);
  }

  @Test
  void zeroIsTheLabelOfNoInstance() {
    assertArrayEquals(new double[7], LinProLabels.solve(List.of(), 7, Options.defaults()).label());
  }

  @Test
  void hardLabelsAreTheInsides() {
    List<Proposal> instances = List.of(new Proposal(0, 1.9, 3.9, 0.2), new Proposal(0, 6, 9, -1));
    assertArrayEquals(new double[] {0, 1, 1, 0, 0, 0, 1, 1}, LinProLabels.hard(instances, 8));
    assertThrows(
        IllegalArgumentException.class,
        () -> LinProLabels.hard(List.of(new Proposal(0, 8, 9, 1)), 8));
  }

  @Test
  void refusesWhatIsOutside() {
    for (double[] bad : new double[][] {{-1, 3}, {5, 4}, {10, 12}, {Double.NaN, 3}}) {
      assertThrows(IllegalArgumentException.class, () -> cuts(bad[0], bad[1], 10));
    }
  }
}
