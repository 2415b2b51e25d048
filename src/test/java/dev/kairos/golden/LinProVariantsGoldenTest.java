// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.lp.linpro.Choice;
import dev.kairos.lp.linpro.LinProSolution;
import dev.kairos.lp.linpro.LinProStatus;
import dev.kairos.lp.linpro.SignForm;
import dev.kairos.lp.linpro.Weighting;
import dev.kairos.methods.proposal.OuterMargin;
import dev.kairos.methods.pseudolabel.LinProLabels;
import dev.kairos.methods.pseudolabel.LinProLabels.OnInfeasible;
import dev.kairos.methods.tal.Proposal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * {@code gaufuse/linpro_variants.json}: both margins, weightings and forms, and what becomes of
 * contradictions. Of several optimal labels the one of least norm is compared.
 */
class LinProVariantsGoldenTest {
  private static final double TOLERANCE = 1e-6;
  private static final Map<String, OuterMargin> MARGINS =
      Map.of("CODE", OuterMargin.shrinking(), "QUARTER", OuterMargin.fraction(0.25));

  @TestFactory
  Stream<DynamicTest> everyVariant() throws IOException {
    JsonNode cases =
        Golden.get(
            GoldenFolder.json(
                GoldenFolder.present(GoldenFolder.of("gaufuse").resolve("linpro_variants.json"))),
            "cases");
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode one : cases) {
      String hard = Golden.get(one, "name").asText() + ", hard";
      tests.add(DynamicTest.dynamicTest(hard, () -> checkHard(one)));
      for (JsonNode variant : Golden.get(one, "variants")) {
        String name = Golden.get(one, "name").asText();
        for (String key : List.of("margin", "weighting", "form")) {
          name += ", " + Golden.get(variant, key).asText();
        }
        tests.add(DynamicTest.dynamicTest(name, () -> check(one, variant)));
      }
    }
    assertTrue(!tests.isEmpty(), "no variant");
    return tests.stream();
  }

  private static List<Proposal> instances(JsonNode one) {
    List<Proposal> instances = new ArrayList<>();
    for (JsonNode row : Golden.get(one, "instances_s_e_score")) {
      double[] r = Golden.doubles(row);
      instances.add(new Proposal(0, r[0], r[1], r[2]));
    }
    return instances;
  }

  private static void checkHard(JsonNode one) {
    assertArrayEquals(
        Golden.doubles(Golden.get(one, "y_hard")),
        LinProLabels.hard(instances(one), Golden.get(one, "T").intValue()));
  }

  private static void check(JsonNode one, JsonNode variant) {
    List<Proposal> instances = instances(one);
    int length = Golden.get(one, "T").intValue();
    LinProLabels.Options zero = options(variant, OnInfeasible.ZERO);
    LinProSolution found = LinProLabels.solve(instances, length, zero);
    JsonNode rows = Golden.get(Golden.get(one, "rows"), Golden.get(variant, "margin").asText());
    if (Golden.get(variant, "feasible").booleanValue()) {
      assertEquals(LinProStatus.OPTIMAL, found.status());
      checkLabel(variant, found);
      checkRows(rows, instances, zero, found.label());
      return;
    }
    assertEquals(LinProStatus.INFEASIBLE, found.status());
    LinProSolution dropped =
        LinProLabels.solve(instances, length, options(variant, OnInfeasible.DROP_LOWEST));
    checkLabel(Golden.get(variant, "drop_lowest"), dropped);
    if (variant.has("slack")) {
      double expected = Golden.get(variant.get("slack"), "objective").doubleValue();
      LinProSolution slack =
          LinProLabels.solve(instances, length, options(variant, OnInfeasible.SLACK));
      assertEquals(expected, slack.objective(), TOLERANCE * Math.max(1, expected));
    }
  }

  private static LinProLabels.Options options(JsonNode variant, OnInfeasible onInfeasible) {
    OuterMargin margin = MARGINS.get(Golden.get(variant, "margin").asText());
    return new LinProLabels.Options(
        Weighting.valueOf(Golden.get(variant, "weighting").asText()),
        SignForm.valueOf(Golden.get(variant, "form").asText()),
        margin,
        onInfeasible,
        1000,
        Choice.LEAST_NORM);
  }

  private static void checkLabel(JsonNode expected, LinProSolution found) {
    double objective = Golden.get(expected, "objective").doubleValue();
    assertEquals(objective, found.objective(), TOLERANCE * Math.max(1, objective), "objective");
    assertEquals(Choice.LEAST_NORM, found.choice());
    assertArrayEquals(
        Golden.doubles(Golden.get(expected, "y_least_norm")), found.label(), TOLERANCE);
  }

  /** The label meets each score, by the file's own rows. */
  private static void checkRows(
      JsonNode rows, List<Proposal> instances, LinProLabels.Options options, double[] label) {
    JsonNode matrix = Golden.get(rows, "W");
    int[] inner = Golden.ints(Golden.get(rows, "inner_count"));
    int[] outer = Golden.ints(Golden.get(rows, "outer_count"));
    for (int i = 0; i < instances.size(); i++) {
      double[] w = Golden.doubles(matrix.get(i));
      double sum = 0;
      for (int t = 0; t < w.length; t++) {
        double count = w[t] > 0 ? inner[i] : outer[i];
        double weight = options.weighting() == Weighting.UNIT || w[t] == 0 ? w[t] : w[t] / count;
        sum += weight * label[t];
      }
      assertEquals(instances.get(i).score(), sum, TOLERANCE, "row " + i);
    }
    if (options.form() == SignForm.BOX) {
      for (double y : label) {
        assertTrue(y >= 0 && y <= 1, "a label in [0, 1]: " + y);
      }
    }
  }
}
