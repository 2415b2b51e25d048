// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.methods.proposal.InstanceFusion;
import dev.kairos.methods.proposal.RuleProposals;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Proposal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Candidates and fused instances of hosts whose attention weighs classes. */
public final class GoldenRule {
  private GoldenRule() {}

  /** The settings that such a part of a file names, and more. */
  public static List<String> settings(JsonNode one, String... more) {
    String thresholds =
        Arrays.stream(Golden.doubles(Golden.get(one, "thresholds")))
            .mapToObj(Double::toString)
            .collect(Collectors.joining(","));
    assertEquals("CODE", Golden.get(one, "margin").asText());
    return Stream.concat(
            Stream.of(
                "activationThresholds=" + thresholds,
                "classThreshold=" + Golden.get(one, "class_threshold").asText()),
            Arrays.stream(more))
        .toList();
  }

  /** The candidates of each class that is searched for, and what fusion makes of them. */
  public static void check(JsonNode one, RuleProposals rule, Prediction prediction) {
    int classes = Golden.get(one, "classes").intValue();
    JsonNode candidates = Golden.get(one, "candidates");
    JsonNode fused = Golden.get(one, "fused_T0.03");
    List<Proposal> instances =
        rule.instances(prediction, classes, InstanceFusion.gaussian().withTemperature(0.03));
    assertEquals(classes, candidates.size(), "classes");
    for (int c = 0; c < classes; c++) {
      int label = c;
      double[][] found =
          instances.stream()
              .filter(p -> p.label() == label)
              .map(p -> new double[] {p.start(), p.end(), p.score()})
              .toArray(double[][]::new);
      compare(GoldenJson.rows(fused.get(c)), found, "fused, class " + c);
      if (!candidates.get(c).isNull()) {
        double[][] cut =
            rule.candidates(prediction, c).stream()
                .map(p -> new double[] {p.start(), p.end(), p.score(), p.innerMean()})
                .toArray(double[][]::new);
        compare(GoldenJson.rows(candidates.get(c)), cut, "class " + c);
      }
    }
  }

  private static void compare(double[][] expected, double[][] found, String what) {
    assertEquals(expected.length, found.length, what);
    for (int i = 0; i < found.length; i++) {
      Golden.assertClose(expected[i], found[i], what + ", " + i);
    }
  }
}
