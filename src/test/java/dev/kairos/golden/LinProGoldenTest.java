// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.lp.linpro.LinProBatch;
import dev.kairos.lp.linpro.LinProOptions;
import dev.kairos.lp.linpro.LinProProblem;
import dev.kairos.lp.linpro.LinProSolution;
import dev.kairos.lp.linpro.LinProStatus;
import dev.kairos.lp.linpro.SignForm;
import dev.kairos.lp.linpro.Weighting;
import dev.kairos.methods.proposal.OuterMargin;
import dev.kairos.methods.pseudolabel.LinProLabels;
import dev.kairos.methods.tal.Proposal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code gaufuse/linpro.json}: matrices, strict and penalised programs of fused instances. */
class LinProGoldenTest {
  private static final double OBJECTIVE = 1e-6;
  private static final double RANGE = 1e-5;

  @TestFactory
  Stream<DynamicTest> everyCase() throws IOException {
    JsonNode cases =
        Golden.get(GoldenFolder.json(GoldenFolder.of("gaufuse").resolve("linpro.json")), "cases");
    assertTrue(!cases.isEmpty(), "no case");
    List<DynamicTest> tests = new ArrayList<>();
    for (int k = 0; k < cases.size(); k++) {
      JsonNode one = cases.get(k);
      for (Weighting weighting : Weighting.values()) {
        String key = weighting.name().toLowerCase(java.util.Locale.ROOT);
        String name = k + ", " + key + ": " + Golden.get(one, "note").asText();
        tests.add(DynamicTest.dynamicTest(name, () -> check(one, Golden.get(one, key), weighting)));
      }
    }
    return tests.stream();
  }

  private static void check(JsonNode one, JsonNode expected, Weighting weighting) {
    int length = Golden.get(one, "T").intValue();
    List<Proposal> instances = new ArrayList<>();
    for (JsonNode row : Golden.get(one, "instances_s_e_score")) {
      double[] r = Golden.doubles(row);
      instances.add(new Proposal(0, r[0], r[1], r[2]));
    }
    LinProProblem problem =
        LinProLabels.problem(instances, length, weighting, OuterMargin.shrinking());
    checkMatrix(problem, expected);
    double[] bounds = Golden.doubles(Golden.get(expected, "bounds"));
    assertArrayEquals(new double[] {0, 1}, bounds);
    checkStrict(problem, expected);
    checkPenalised(problem, Golden.get(expected, "slack"));
  }

  private static LinProSolution solve(LinProProblem problem, LinProOptions options) {
    return LinProBatch.solve(List.of(problem), options, 1).get(0);
  }

  private static double entry(LinProProblem problem, int i, int t) {
    boolean inside = t >= problem.cut(i, 0) && t < problem.cut(i, 3);
    boolean inner = t >= problem.cut(i, 1) && t < problem.cut(i, 2);
    return inner ? problem.innerWeight(i) : inside ? problem.outerWeight(i) : 0;
  }

  private static void checkMatrix(LinProProblem problem, JsonNode expected) {
    JsonNode matrix = Golden.get(expected, "W");
    int[] inner = Golden.ints(Golden.get(expected, "inner_count"));
    int[] outer = Golden.ints(Golden.get(expected, "outer_count"));
    for (int i = 0; i < problem.rows(); i++) {
      assertEquals(inner[i], problem.cut(i, 2) - problem.cut(i, 1), "inner of row " + i);
      int around = problem.cut(i, 3) - problem.cut(i, 0);
      assertEquals(outer[i], around - inner[i], "outer of row " + i);
      if (!matrix.isNull()) {
        double[] row = new double[problem.length()];
        for (int t = 0; t < row.length; t++) {
          row[t] = entry(problem, i, t);
        }
        assertArrayEquals(Golden.doubles(matrix.get(i)), row, "row " + i);
      }
    }
  }

  private static void checkStrict(LinProProblem problem, JsonNode expected) {
    LinProSolution found = solve(problem, LinProOptions.strict(SignForm.BOX));
    assertEquals(groups(expected), found.groups(), "groups");
    if (!Golden.get(expected, "feasible").booleanValue()) {
      assertEquals(LinProStatus.INFEASIBLE, found.status());
      return;
    }
    assertEquals(LinProStatus.OPTIMAL, found.status());
    assertEquals(
        Golden.get(expected, "objective").doubleValue(), found.objective(), OBJECTIVE, "objective");
    double[] label = found.label();
    for (int i = 0; i < problem.rows(); i++) {
      double sum = 0;
      for (int t = 0; t < label.length; t++) {
        sum += entry(problem, i, t) * label[t];
      }
      assertEquals(problem.target(i), sum, OBJECTIVE, "row " + i);
    }
    checkClasses(expected, label);
  }

  /** Distinct columns that are not 0. */
  private static int groups(JsonNode expected) {
    int groups = 0;
    for (JsonNode column : Golden.get(expected, "class_column")) {
      groups += Arrays.stream(Golden.doubles(column)).anyMatch(a -> a != 0) ? 1 : 0;
    }
    return groups;
  }

  private static void checkClasses(JsonNode expected, double[] label) {
    int[] classOf = Golden.ints(Golden.get(expected, "class_of_snippet"));
    JsonNode ranges = Golden.get(expected, "class_range");
    double[] sums = new double[ranges.size()];
    double[] values = new double[sums.length];
    for (int t = 0; t < label.length; t++) {
      sums[classOf[t]] += label[t];
      values[classOf[t]] = label[t];
    }
    for (int t = 0; t < label.length; t++) {
      assertEquals(values[classOf[t]], label[t], "equal columns, snippet " + t);
    }
    if (Golden.get(expected, "unique").booleanValue()) {
      assertArrayEquals(
          Golden.doubles(Golden.get(expected, "solution_y_averaged")), label, OBJECTIVE);
      return;
    }
    JsonNode columns = Golden.get(expected, "class_column");
    for (int k = 0; k < sums.length; k++) {
      boolean zero = Arrays.stream(Golden.doubles(columns.get(k))).allMatch(a -> a == 0);
      double[] range = Golden.doubles(ranges.get(k));
      assertTrue(
          zero || (sums[k] >= range[0] - RANGE && sums[k] <= range[1] + RANGE),
          "class " + k + ": " + sums[k] + " in " + Arrays.toString(range));
    }
  }

  private static void checkPenalised(LinProProblem problem, JsonNode slack) {
    double penalty = Golden.get(slack, "M").doubleValue();
    LinProSolution found = solve(problem, LinProOptions.elastic(SignForm.BOX, penalty));
    assertEquals(LinProStatus.OPTIMAL, found.status());
    double objective = Golden.get(slack, "objective").doubleValue();
    assertEquals(objective, found.objective(), OBJECTIVE * Math.max(1, objective));
    double missed = Arrays.stream(found.missed()).map(Math::abs).sum();
    assertEquals(Golden.get(slack, "total_abs_residual").doubleValue(), missed, OBJECTIVE);
  }
}
